package io.imaint.services.seed;

import io.imaint.services.seed.SeedPlan.Action;
import io.imaint.store.Document;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Makes sure that what a plan leaves refers to nothing that is not there. Each document that refers into nothing gives
 * way in turn, until none is left:
 *
 * <ul>
 *   <li>a merged one stays as the customer has it
 *   <li>what it refers to is not deleted after all
 *   <li>a new one whose target the customer has removed is not inserted
 * </ul>
 *
 * <p>What referred into nothing before is left as it is. A release that by itself refers into nothing is a mistake.
 */
final class SeedReferences {
    private final SequencedMap<String, SequencedMap<String, SeedDraft>> drafts;
    private final List<SeedFinding> findings;

    /** @param findings to which mistakes of the release are added */
    SeedReferences(SequencedMap<String, SequencedMap<String, SeedDraft>> drafts, List<SeedFinding> findings) {
        this.drafts = drafts;
        this.findings = findings;
    }

    private record Reference(SeedDraft from, String pointer, String collection, String key) {
        String reason() {
            return collection.isEmpty()
                    ? "names the text '%s', which does not exist".formatted(key)
                    : "refers to the %s '%s', which does not exist".formatted(collection, key);
        }
    }

    void settle() {
        verifyRelease();
        // Each round changes a draft or ends, and a draft changes twice at most.
        for (boolean changed = true; changed; ) {
            changed = false;
            for (var dangling : dangling()) {
                changed |= giveWay(dangling);
            }
        }
    }

    /** Adds what the release refers to and neither has itself nor leaves where it is. */
    private void verifyRelease() {
        var texts = texts();
        for (var all : drafts.values()) {
            for (var draft : all.values()) {
                if (draft.theirs == null) {
                    continue;
                }
                references(draft, draft.theirs, reference -> {
                    boolean there = reference.collection.isEmpty()
                            ? texts.contains(reference.key)
                            : target(reference)
                                    .map(target -> target.theirs != null || target.action == null)
                                    .orElse(false);
                    if (!there) {
                        findings.add(new SeedFinding(
                                draft.collection + ".json", draft.key, reference.pointer, reference.reason()));
                    }
                });
            }
        }
    }

    private boolean giveWay(Reference dangling) {
        var from = dangling.from;
        if (from.action == Action.UPDATE) {
            from.refuse("the merged document would be invalid: " + dangling.pointer + " " + dangling.reason());
            return true;
        }
        var target = target(dangling).orElse(null);
        if (target != null && target.action == Action.DELETE) {
            target.refuse("the release removes it, and %s %s refers to it".formatted(from.collection, from.key));
            return true;
        }
        boolean removedHere = target != null && target.stored == null && target.theirs != null;
        if (from.action == Action.INSERT && removedHere) {
            from.refuse("%s %s".formatted(dangling.pointer, dangling.reason()));
            from.becomes(null, null);
            return true;
        }
        return false;
    }

    private List<Reference> dangling() {
        var found = new ArrayList<Reference>();
        var texts = texts();
        for (var all : drafts.values()) {
            for (var draft : all.values()) {
                if (draft.result != null) {
                    references(draft, draft.result, reference -> {
                        boolean there = reference.collection.isEmpty()
                                ? texts.contains(reference.key)
                                : target(reference)
                                        .map(target -> target.result != null)
                                        .orElse(false);
                        if (!there) {
                            found.add(reference);
                        }
                    });
                }
            }
        }
        return found;
    }

    private static void references(SeedDraft from, Document document, Consumer<Reference> sink) {
        SeedCollections.schemaOf(from.collection)
                .references(
                        document,
                        (pointer, collection, key) -> sink.accept(new Reference(from, pointer, collection, key)));
    }

    private Optional<SeedDraft> target(Reference reference) {
        return Optional.ofNullable(drafts.get(reference.collection)).map(all -> all.get(reference.key));
    }

    /** The keys of the interface's texts in any language. */
    private Set<String> texts() {
        var texts = new HashSet<String>();
        Optional.ofNullable(drafts.get(SeedCollections.TEXTS)).stream()
                .flatMap(languages -> languages.values().stream())
                .forEach(language -> {
                    if (language.result != null && language.result.get("texts") instanceof Document all) {
                        all.forEach((key, text) -> texts.add(key));
                    }
                });
        return texts;
    }
}
