package io.imaint.services.command;

import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Whether a document that no collection has fulfils a condition, so that lists filter it like the others. */
final class Fulfilled {
    private Fulfilled() {}

    static boolean by(Document document, CollectionType<Document> type, Condition condition) {
        return switch (condition) {
            case Condition.All ignored -> true;
            case Condition.Equal equal -> same(document.get(equal.field()), equal.value());
            case Condition.In in -> in.values().stream().anyMatch(value -> same(document.get(in.field()), value));
            case Condition.Range range -> within(document.get(range.field()), range);
            case Condition.Prefix prefix ->
                document.get(prefix.field()) instanceof String text && text.startsWith(prefix.start());
            case Condition.Text text -> type.finds(document, text.words());
            case Condition.And and -> and.all().stream().allMatch(part -> by(document, type, part));
            case Condition.Or or -> or.any().stream().anyMatch(part -> by(document, type, part));
            case Condition.Not not -> !by(document, type, not.condition());
            case Condition.Unexpired ignored -> true;
        };
    }

    /** Whether two values are the same; numbers are by what they are worth. */
    static boolean same(@Nullable Object value, @Nullable Object wanted) {
        if (value == null || wanted == null) {
            return value == null && wanted == null;
        }
        var one = number(value);
        var other = number(wanted);
        return (one == null || other == null) ? value.equals(wanted) : one.compareTo(other) == 0;
    }

    private static @Nullable BigDecimal number(Object value) {
        return switch (value) {
            case BigDecimal decimal -> decimal;
            case Long whole -> BigDecimal.valueOf(whole);
            case Double measured when Double.isFinite(measured) -> BigDecimal.valueOf(measured);
            default -> null;
        };
    }

    private static boolean within(@Nullable Object value, Condition.Range range) {
        if (value == null) {
            return false;
        }
        return (range.from() == null || compared(value, range.from()) >= 0)
                && (range.to() == null || compared(value, range.to()) < 0);
    }

    private static int compared(Object value, @Nullable Object bound) {
        var number = number(value);
        var limit = bound == null ? null : number(bound);
        return number != null && limit != null
                ? number.compareTo(limit)
                : value.toString().compareTo(String.valueOf(bound));
    }
}
