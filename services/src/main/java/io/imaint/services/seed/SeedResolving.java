package io.imaint.services.seed;

import io.imaint.store.Document;
import io.imaint.store.Documents.Written;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Puts the release's value of a conflict into the customer's document. */
final class SeedResolving {
    private static final int ATTEMPTS_MAX = 5;

    private final Store store;
    private final SeedDocuments in;
    private final SeedConflict conflict;

    SeedResolving(Store store, SeedDocuments in, SeedConflict conflict) {
        this.store = store;
        this.in = in;
        this.conflict = conflict;
    }

    void takeTheirs() {
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
        if (conflict.path().isEmpty() && conflict.theirs() == null) {
            return stored.isEmpty() || documents.remove(conflict.document(), stored.get().rev());
        }
        var standing = stored.map(Stored::value).orElse(null);
        var changed = conflict.path().isEmpty()
                ? (Document) Objects.requireNonNull(conflict.theirs())
                : standing == null ? null : changed(in.seeded(standing));
        if (changed == null) {
            throw stale("the place is gone");
        }
        verify(changed);
        var base = standing == null ? changed : in.base(standing).orElse(null);
        var result = in.written(changed, standing, base, conflict.version());
        var written = stored.isEmpty()
                ? documents.insert(result)
                : documents.replace(result, stored.get().rev());
        return written instanceof Written.Done;
    }

    private void verify(Document changed) {
        var key = conflict.collection() + " " + conflict.document();
        var wrong = SeedCollections.schemaOf(conflict.collection()).findings("", key, SeedJson.node(changed));
        if (!wrong.isEmpty()) {
            throw stale(wrong.getFirst().line());
        }
    }

    private io.imaint.kernel.problem.Failure stale(String reason) {
        return SeedProblem.SEED_CONFLICT_STALE.because("%s %s %s: %s"
                .formatted(conflict.collection(), conflict.document(), conflict.path(), reason));
    }

    /** The document with the release's value at the path; null when there is no such place any more. */
    private @Nullable Document changed(Document document) {
        var segments = Arrays.stream(conflict.path().substring(1).split("/", -1))
                .map(segment -> segment.replace("~1", "/").replace("~0", "~"))
                .toList();
        return (Document) put(
                document, segments, SeedCollections.schemaOf(conflict.collection()).shape(document));
    }

    private @Nullable Object put(@Nullable Object value, List<String> path, Shape shape) {
        if (path.isEmpty()) {
            return conflict.theirs();
        }
        var name = path.getFirst();
        var rest = path.subList(1, path.size());
        if (value instanceof Document document) {
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
        if (value instanceof List<?> list && shape.itemKey().isPresent()) {
            return item(list, shape.itemKey().get(), path, shape);
        }
        return null;
    }

    private @Nullable Object item(List<?> list, String key, List<String> path, Shape shape) {
        var rest = path.subList(1, path.size());
        var changed = new ArrayList<Object>();
        boolean found = false;
        for (var item : list) {
            boolean meant = item instanceof Document document
                    && path.getFirst().equals(String.valueOf(document.get(key)));
            var kept = meant ? put(item, rest, shape.item()) : item;
            if (kept != null) {
                changed.add(kept);
            } else if (!rest.isEmpty()) {
                return null;
            }
            found |= meant;
        }
        if (!found && rest.isEmpty() && conflict.theirs() != null) {
            changed.add(conflict.theirs());
        }
        return found || rest.isEmpty() ? changed : null;
    }
}
