package io.imaint.integration.references;

import io.imaint.integration.definition.RowMapping;
import io.imaint.store.Document;
import io.imaint.store.replica.Replicas;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Fields with the key of another document, the parent, and the fields that are copied from it. A field with a list refers
 * to several parents; its copied field is a list in the same order, in which an orphan's key stands for itself.
 *
 * @param by the fields that make the parent's key, in the order of its parts
 * @param mayBeEmpty those of them that may be absent; the reference is set when all others are there
 * @param to where the parents are
 * @param when restricts the reference to documents with one value in one field; null for all
 */
record Reference(
        String name,
        List<String> by,
        List<String> mayBeEmpty,
        Target to,
        @Nullable When when,
        List<CopiedField> copies) implements ReferenceRule {
    /** @param match the field that holds the key, usually {@code id}; of several matches the first by id counts */
    record Target(String collection, String match) {
        boolean byId() {
            return match.equals(Replicas.ID);
        }
    }

    record When(String field, String is) {}

    /** @param from the parent's field; {@code to} is the child's */
    record CopiedField(String from, String to) {}

    Reference {
        by = List.copyOf(by);
        mayBeEmpty = List.copyOf(mayBeEmpty);
        copies = List.copyOf(copies);
    }

    @Override
    public List<String> fills() {
        return copies.stream().map(CopiedField::to).toList();
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
