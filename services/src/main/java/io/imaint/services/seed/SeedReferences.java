package io.imaint.services.seed;

import io.imaint.services.seed.SeedPlan.Action;
import io.imaint.services.seed.SeedPlanner.Draft;
import io.imaint.store.Document;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;

/**
 * Makes sure that what a plan leaves refers to nothing that is not there. Each document that refers into nothing gives
 * way in turn, until none is left:
 *
 * <ul>
 *   <li>a merged one stays as the customer has it
 *   <li>what it refers to is not deleted after all
 *   <li>a new one whose target the customer has removed is not inserted
 *   <li>a new one whose target never was is a mistake of the release
 * </ul>
 *
 * <p>What referred into nothing before is left as it is.
 */
final class SeedReferences {
    private final SequencedMap<String, SequencedMap<String, Draft>> drafts;
    private final List<SeedFinding> findings;

    /** @param findings to which mistakes of the release are added */
    SeedReferences(SequencedMap<String, SequencedMap<String, Draft>> drafts, List<SeedFinding> findings) {
        this.drafts = drafts;
        this.findings = findings;
    }

    private record Dangling(Draft from, String pointer, String collection, String key) {
        String reason() {
            return collection.isEmpty()
                    ? "names the text '%s', which does not exist".formatted(key)
                    : "refers to the %s '%s', which does not exist".formatted(collection, key);
        }
    }

    void settle() {
        // Each round changes a draft or ends, and a draft changes twice at most.
        for (boolean changed = true; changed; ) {
            changed = false;
            for (var dangling : dangling()) {
                changed |= giveWay(dangling);
            }
        }
        for (var dangling : dangling()) {
            if (dangling.from.action == Action.INSERT) {
                findings.add(new SeedFinding(
                        dangling.from.collection + ".json", dangling.from.key, dangling.pointer, dangling.reason()));
            }
        }
    }

    private boolean giveWay(Dangling dangling) {
        var from = dangling.from;
        if (from.action == Action.UPDATE) {
            from.refuse("the merged document would be invalid: " + dangling.pointer + " " + dangling.reason());
            return true;
        }
        var target = drafts.getOrDefault(dangling.collection, new LinkedHashMap<>()).get(dangling.key);
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

    private List<Dangling> dangling() {
        var found = new ArrayList<Dangling>();
        var texts = texts();
        for (var all : drafts.values()) {
            for (var draft : all.values()) {
                if (draft.result != null) {
                    SeedCollections.schemaOf(draft.collection)
                            .references(Objects.requireNonNull(draft.result), (pointer, collection, key) -> {
                                if (!(collection.isEmpty() ? texts.containsKey(key) : exists(collection, key))) {
                                    found.add(new Dangling(draft, pointer, collection, key));
                                }
                            });
                }
            }
        }
        return found;
    }

    private boolean exists(String collection, String key) {
        var target = drafts.getOrDefault(collection, new LinkedHashMap<>()).get(key);
        return target != null && target.result != null;
    }

    /** Texts of the interface in any language. */
    private Map<String, Boolean> texts() {
        var texts = new LinkedHashMap<String, Boolean>();
        drafts.getOrDefault(SeedCollections.TEXTS, new LinkedHashMap<>()).values().forEach(language -> {
            if (language.result != null && language.result.get("texts") instanceof Document all) {
                all.forEach((key, text) -> texts.put(key, true));
            }
        });
        return texts;
    }
}
