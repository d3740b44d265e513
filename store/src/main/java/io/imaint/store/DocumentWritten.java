package io.imaint.store;

import io.imaint.kernel.facts.Fact;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A caller created, changed or removed a document: the fact from which the audit trail is made.
 *
 * @param changes the fields that are not what they were, in the order of the document
 */
public record DocumentWritten(Operation operation, List<FieldChange> changes) implements Fact {
    /** What stands for the value of a masked field. */
    static final String MASK = "***";

    /** Fields of such names are the platform's own, such as what a seed delivered; no fact shows them. */
    private static final String PRIVATE = "_";

    /** Fields of such names are masked though nobody declared it; a declaration that was forgotten must not cost a secret. */
    private static final Pattern SECRET =
            Pattern.compile(".*(password|passphrase|secret|privatekey|token|apikey).*", Pattern.CASE_INSENSITIVE);

    /** What was done to the document. */
    public enum Operation {
        CREATED,
        CHANGED,
        REMOVED
    }

    /** One field's value before and after; null where it was absent. */
    public record FieldChange(
            String field, @Nullable Object before, @Nullable Object after) {}

    public DocumentWritten {
        changes = List.copyOf(changes);
    }

    /** What a write did; one of both documents is there. */
    static DocumentWritten of(CollectionType<?> type, @Nullable Document before, @Nullable Document after) {
        var operation = before == null ? Operation.CREATED : after == null ? Operation.REMOVED : Operation.CHANGED;
        var changes = new ArrayList<FieldChange>();
        if (after != null) {
            after.forEach(
                    (field, value) -> add(changes, type, field, before == null ? null : before.get(field), value));
        }
        if (before != null) {
            before.forEach((field, value) -> {
                if (after == null || !after.has(field)) {
                    add(changes, type, field, value, null);
                }
            });
        }
        return new DocumentWritten(operation, changes);
    }

    private static void add(
            List<FieldChange> changes,
            CollectionType<?> type,
            String field,
            @Nullable Object before,
            @Nullable Object after) {
        if (!field.startsWith(PRIVATE) && !Objects.equals(before, after)) {
            boolean masked = type.masked().contains(field);
            changes.add(new FieldChange(field, shown(field, masked, before), shown(field, masked, after)));
        }
    }

    private static @Nullable Object shown(String field, boolean masked, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (masked || SECRET.matcher(field).matches()) {
            return MASK;
        }
        return switch (value) {
            case Document document -> {
                var shown = new Document();
                document.forEach((name, inner) -> shown.putKept(name, shown(name, false, inner)));
                yield shown;
            }
            case List<?> list ->
                list.stream().map(item -> shown("", false, item)).toList();
            default -> value;
        };
    }
}
