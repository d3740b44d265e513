package io.imaint.services.alert;

import io.imaint.kernel.http.Description;
import io.imaint.store.Document;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a field of a fact must fulfil for a rule to apply. */
record FactCondition(
        @Description("A field of the fact, such as priority")
        String field,

        Operator operator,

        @Description("One value; for 'in' any number of them")
        List<String> values) {

    /** A fact that reports changes carries them in this field, each with {@code field}, {@code before}, {@code after}. */
    private static final String CHANGES = "changes";

    private static final int VALUES_MAX = 100;

    enum Operator {
        EQUAL,
        IN,
        /** The lower end of a range, inclusive. */
        AT_LEAST,
        /** The upper end of a range, exclusive. */
        BELOW,
        /** The field has the value now and did not before. */
        CHANGED_TO;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    FactCondition {
        values = List.copyOf(values);
        if (field.isBlank()) {
            throw new IllegalArgumentException("names no field");
        }
        boolean several = operator == Operator.IN;
        if (values.isEmpty() || values.size() > (several ? VALUES_MAX : 1)) {
            throw new IllegalArgumentException(several ? "must have 1 to 100 values" : "must have exactly one value");
        }
    }

    boolean holds(Document fact) {
        var actual = text(fact, field);
        return switch (operator) {
            case EQUAL, IN -> among(actual);
            case AT_LEAST -> actual != null && compare(actual, values.getFirst()) >= 0;
            case BELOW -> actual != null && compare(actual, values.getFirst()) < 0;
            case CHANGED_TO ->
                fact.get(CHANGES) instanceof List<?> changes && changes.stream().anyMatch(this::leadsToIt);
        };
    }

    private boolean leadsToIt(@Nullable Object change) {
        return change instanceof Document document
                && field.equals(document.get("field"))
                && among(text(document, "after"))
                && !among(text(document, "before"));
    }

    private boolean among(@Nullable String actual) {
        return actual != null && values.stream().anyMatch(value -> compare(actual, value) == 0);
    }

    private static @Nullable String text(Document document, String field) {
        var value = document.get(field);
        return value == null ? null : value.toString();
    }

    /** Numbers by their value, everything else as text; dates and times are ISO 8601, which sorts like what it means. */
    private static int compare(String one, String other) {
        try {
            return new BigDecimal(one).compareTo(new BigDecimal(other));
        } catch (NumberFormatException text) {
            return one.compareTo(other);
        }
    }
}
