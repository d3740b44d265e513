package io.imaint.services.seed;

import io.imaint.kernel.problem.Failure;
import io.imaint.store.Document;
import io.imaint.store.Documents.Written;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts a value at the place of a conflict into the customer's document: the release's or one that somebody gives. */
final class SeedResolving {
    private static final int ATTEMPTS_MAX = 5;

    private final Store store;
    private final Map<String, SeedDocuments> collections;
    private final SeedDocuments in;
    private final SeedConflict conflict;
    private final @Nullable Object value;
    private final SeedProblem refusal;

    private SeedResolving(
            Store store,
            Map<String, SeedDocuments> collections,
            SeedConflict conflict,
            @Nullable Object value,
            SeedProblem refusal) {
        this.store = store;
        this.collections = collections;
        this.in = Objects.requireNonNull(collections.get(conflict.collection()));
        this.conflict = conflict;
        this.value = value;
        this.refusal = refusal;
    }

    /** Takes the release's value. */
    static SeedResolving theirs(Store store, Map<String, SeedDocuments> collections, SeedConflict conflict) {
        return new SeedResolving(store, collections, conflict, conflict.theirs(), SeedProblem.SEED_CONFLICT_STALE);
    }

    /** Takes what somebody gives. */
    static SeedResolving given(
            Store store, Map<String, SeedDocuments> collections, SeedConflict conflict, Object value) {
        return new SeedResolving(store, collections, conflict, value, SeedProblem.SEED_VALUE_INVALID);
    }

    void take() {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            if (takenNow()) {
                return;
            }
        }
        throw SeedProblem.SEED_BUSY.because(conflict.collection() + " " + conflict.document());
    }

    private boolean takenNow() {
        var documents = in.in(store);
        var stored = documents.find(conflict.document());
        if (conflict.path().isEmpty() && value == null) {
            return stored.isEmpty()
                    || documents.remove(conflict.document(), stored.get().rev());
        }
        var standing = stored.map(Stored::value).orElse(null);
        var changed = conflict.path().isEmpty() ? whole() : standing == null ? null : changed(in.seeded(standing));
        if (changed == null) {
            throw stale("the place is gone");
        }
        verify(changed, standing);
        var base = standing == null ? changed : in.base(standing).orElse(null);
        var result = in.written(changed, standing, base, conflict.version());
        var written = stored.isEmpty()
                ? documents.insert(result)
                : documents.replace(result, stored.get().rev());
        return written instanceof Written.Done;
    }

    private Document whole() {
        if (value instanceof Document document) {
            return document;
        }
        throw refused("the conflict is of the whole document, which is an object");
    }

    private void verify(Document changed, @Nullable Document standing) {
        var schema = SeedCollections.schemaOf(conflict.collection());
        if (!conflict.document().equals(changed.get(schema.keyField()))) {
            throw refused("%s has to stay '%s'".formatted(schema.keyField(), conflict.document()));
        }
        var wrong = schema.findings("", "", SeedJson.node(changed));
        if (!wrong.isEmpty()) {
            throw refused(wrong.getFirst().line());
        }
        try {
            in.seeded(changed);
        } catch (IllegalArgumentException unfit) {
            throw refused(String.valueOf(unfit.getMessage()));
        }
        // What led nowhere before is not this decision's mistake.
        var before = new HashSet<List<String>>();
        if (standing != null) {
            schema.references(in.seeded(standing), (pointer, to, key) -> before.add(List.of(to, key)));
        }
        schema.references(changed, (pointer, to, key) -> {
            if (!before.contains(List.of(to, key)) && !isThere(to, key)) {
                throw refused("%s refers to the %s '%s', which does not exist"
                        .formatted(pointer, to.isEmpty() ? "text" : to, key));
            }
        });
    }

    private boolean isThere(String collection, String key) {
        if (!collection.isEmpty()) {
            return Objects.requireNonNull(collections.get(collection))
                    .in(store)
                    .find(key)
                    .isPresent();
        }
        return Objects.requireNonNull(collections.get(SeedCollections.TEXTS)).all(store).values().stream()
                .anyMatch(language -> language.value().get("texts") instanceof Document texts && texts.has(key));
    }

    private Failure stale(String reason) {
        return because(SeedProblem.SEED_CONFLICT_STALE, reason);
    }

    private Failure refused(String reason) {
        return because(refusal, reason);
    }

    private Failure because(SeedProblem problem, String reason) {
        return problem.because(
                "%s %s %s: %s".formatted(conflict.collection(), conflict.document(), conflict.path(), reason));
    }

    /** The document with the value at the path; null when there is no such place any more. */
    private @Nullable Document changed(Document document) {
        var segments = Arrays.stream(conflict.path().substring(1).split("/", -1))
                .map(segment -> segment.replace("~1", "/").replace("~0", "~"))
                .toList();
        return (Document) put(
                document,
                segments,
                SeedCollections.schemaOf(conflict.collection()).shape(document));
    }

    private @Nullable Object put(@Nullable Object into, List<String> path, Shape shape) {
        if (path.isEmpty()) {
            return value;
        }
        var name = path.getFirst();
        var rest = path.subList(1, path.size());
        if (into instanceof Document document) {
            var inner = put(document.get(name), rest, shape.field(name));
            if (inner == null && !rest.isEmpty()) {
                return null;
            }
            var changed = new Document();
            document.forEach((field, old) -> {
                if (!field.equals(name)) {
                    changed.putKept(field, old);
                } else if (inner != null) {
                    changed.putKept(field, inner);
                }
            });
            return inner == null ? changed : changed.putKept(name, inner);
        }
        if (into instanceof List<?> list && shape.itemKey().isPresent()) {
            return item(list, shape.itemKey().get(), path, shape);
        }
        return null;
    }

    private @Nullable Object item(List<?> list, String key, List<String> path, Shape shape) {
        var rest = path.subList(1, path.size());
        var changed = new ArrayList<Object>();
        boolean found = false;
        for (var item : list) {
            boolean meant =
                    item instanceof Document document && path.getFirst().equals(String.valueOf(document.get(key)));
            var kept = meant ? put(item, rest, shape.item()) : item;
            if (kept != null) {
                changed.add(kept);
            } else if (!rest.isEmpty()) {
                return null;
            }
            found |= meant;
        }
        if (!found && rest.isEmpty() && value != null) {
            changed.add(value);
        }
        return found || rest.isEmpty() ? changed : null;
    }
}
