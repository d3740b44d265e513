package io.imaint.integration.references;

import io.imaint.integration.definition.RowMapping;
import io.imaint.store.Document;
import io.imaint.store.replica.Replicas;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fields by which a document refers to another one, its parent, and what it copies from there. A field that holds a list
 * refers to several; a copy is a list then, in the same order, in which what is not found stands for itself.
 *
 * @param by the fields that make the parent's key, in the order of its parts
 * @param mayBeEmpty those of them that may be absent; the reference is set when all others are there
 * @param to the parent's collection
 * @param match the parent's field that holds the key, usually {@code id}; of several matches the first by id counts
 * @param when restricts the reference to documents with one value in one field; null for all
 */
record Reference(
        String name,
        List<String> by,
        List<String> mayBeEmpty,
        String to,
        String match,
        @Nullable When when,
        List<Taken> take)
        implements Line {
    record When(String field, String is) {}

    Reference {
        by = List.copyOf(by);
        mayBeEmpty = List.copyOf(mayBeEmpty);
        take = List.copyOf(take);
    }

    @Override
    public List<String> fills() {
        return take.stream().map(Taken::to).toList();
    }

    boolean byId() {
        return match.equals(Replicas.ID);
    }

    /** Whether a document refers to several parents. */
    boolean isList(Document document) {
        return by.size() == 1 && document.get(by.getFirst()) instanceof List<?>;
    }

    /** The keys of a document's parents; none when the reference is not set. */
    List<String> keys(Document document) {
        if (when != null && !when.is.equals(document.get(when.field))) {
            return List.of();
        }
        if (by.size() == 1) {
            return switch (document.get(by.getFirst())) {
                case null -> List.of();
                case List<?> several -> several.stream().map(Object::toString).toList();
                case Object one -> List.of(one.toString());
            };
        }
        var parts = new ArrayList<String>(by.size());
        for (var field : by) {
            var value = document.get(field);
            if (value == null && !mayBeEmpty.contains(field)) {
                return List.of();
            }
            parts.add(value == null ? "" : value.toString());
        }
        return List.of(RowMapping.joined(parts.toArray(String[]::new)));
    }

    /** The value that children of a parent have in one of the fields of {@link #by}. */
    String part(String key, String field) {
        if (by.size() == 1) {
            return key;
        }
        return key.split("/", -1)[by.indexOf(field)].replace("%2F", "/").replace("%25", "%");
    }
}
