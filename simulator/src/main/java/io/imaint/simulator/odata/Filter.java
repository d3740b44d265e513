package io.imaint.simulator.odata;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A condition on a row. A text that is null in the row counts as empty; another null satisfies only {@code eq null} and {@code ne}. */
sealed interface Filter {
    boolean matches(@Nullable Object[] row);

    /** A text of a row: SAP knows no null texts. */
    static String text(@Nullable Object value) {
        return value == null ? "" : (String) value;
    }

    enum Operator {
        EQ,
        NE,
        GT,
        GE,
        LT,
        LE;

        boolean holds(int order) {
            return switch (this) {
                case EQ -> order == 0;
                case NE -> order != 0;
                case GT -> order > 0;
                case GE -> order >= 0;
                case LT -> order < 0;
                case LE -> order <= 0;
            };
        }

        /** The operator that holds when the sides change places. */
        Operator mirrored() {
            return switch (this) {
                case EQ, NE -> this;
                case GT -> LT;
                case GE -> LE;
                case LT -> GT;
                case LE -> GE;
            };
        }
    }

    enum Kind {
        CONTAINS,
        STARTS,
        ENDS;

        boolean holds(String text, String wanted) {
            return switch (this) {
                case CONTAINS -> text.contains(wanted);
                case STARTS -> text.startsWith(wanted);
                case ENDS -> text.endsWith(wanted);
            };
        }
    }

    record Everything() implements Filter {
        @Override
        public boolean matches(@Nullable Object[] row) {
            return true;
        }
    }

    record And(List<Filter> terms) implements Filter {
        @Override
        public boolean matches(@Nullable Object[] row) {
            for (int i = 0; i < terms.size(); i++) {
                if (!terms.get(i).matches(row)) {
                    return false;
                }
            }
            return true;
        }
    }

    record Or(List<Filter> terms) implements Filter {
        @Override
        public boolean matches(@Nullable Object[] row) {
            for (int i = 0; i < terms.size(); i++) {
                if (terms.get(i).matches(row)) {
                    return true;
                }
            }
            return false;
        }
    }

    record Not(Filter term) implements Filter {
        @Override
        public boolean matches(@Nullable Object[] row) {
            return !term.matches(row);
        }
    }

    /**
     * A property compared with a literal.
     *
     * @param value of the Java type that the property's type has in a row, but {@link LocalDateTime} for dates; null
     *     for the literal null of any type but text
     */
    record Comparison(
            int place, Operator operator, @Nullable Object value) implements Filter {
        @Override
        public boolean matches(@Nullable Object[] row) {
            var found = row[place];
            if (value instanceof String wanted) {
                return operator.holds(text(found).compareTo(wanted));
            }
            if (found == null || value == null) {
                boolean same = found == null && value == null;
                return same ? operator == Operator.EQ : operator == Operator.NE;
            }
            return operator.holds(order(found, value));
        }

        private static int order(Object found, Object wanted) {
            return switch (wanted) {
                case LocalDateTime moment -> ((LocalDate) found).atStartOfDay().compareTo(moment);
                case LocalTime time -> ((LocalTime) found).compareTo(time);
                case Instant instant -> ((Instant) found).compareTo(instant);
                case BigDecimal decimal -> ((BigDecimal) found).compareTo(decimal);
                case Integer number -> ((Integer) found).compareTo(number);
                case Double number -> ((Double) found).compareTo(number);
                case UUID id -> ((UUID) found).compareTo(id);
                default -> throw new AssertionError(wanted.getClass());
            };
        }
    }

    /** A text that holds, begins with or ends with another. */
    record Match(int place, Kind kind, String wanted) implements Filter {
        @Override
        public boolean matches(@Nullable Object[] row) {
            return kind.holds(text(row[place]), wanted);
        }
    }

    /** A condition on values that are computed from the row. */
    record Calculated(Condition condition) implements Filter {
        @Override
        public boolean matches(@Nullable Object[] row) {
            return condition.holds(row);
        }
    }

    interface Condition {
        boolean holds(@Nullable Object[] row);
    }
}
