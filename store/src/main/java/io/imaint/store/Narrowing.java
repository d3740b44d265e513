package io.imaint.store;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A condition that is made of what a request asks for: each part narrows it, and a part that is absent asks nothing. */
public final class Narrowing {
    private final List<Condition> parts = new ArrayList<>();

    /** A field has any of these values; an empty list asks nothing. */
    public Narrowing anyOf(String field, List<?> values) {
        if (values.size() == 1) {
            return and(Condition.equal(field, values.getFirst()));
        }
        return values.isEmpty() ? this : and(new Condition.In(field, values));
    }

    public Narrowing equal(String field, @Nullable Object value) {
        return value == null ? this : and(Condition.equal(field, value));
    }

    /** As {@link Condition#matching}. */
    public Narrowing matching(String field, @Nullable String typed) {
        return typed == null ? this : and(Condition.matching(field, typed));
    }

    /** A date lies on these days or between them. */
    public Narrowing days(String field, @Nullable LocalDate first, @Nullable LocalDate last) {
        return first == null && last == null
                ? this
                : and(new Condition.Range(field, first, last == null ? null : last.plusDays(1)));
    }

    /** As {@link Condition.Text}. */
    public Narrowing text(@Nullable String words) {
        return words == null ? this : and(new Condition.Text(words));
    }

    public Narrowing and(Condition part) {
        parts.add(part);
        return this;
    }

    /** What all parts ask together; everything where there are none. */
    public Condition condition() {
        return parts.isEmpty() ? Condition.ALL : new Condition.And(parts);
    }
}
