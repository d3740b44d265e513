package io.imaint.gateway.expression;

/**
 * Compares two values after it has made them alike: with a text, both are texts; else the wider number wins (boolean, integer,
 * long, float, double). Other objects compare with their own kind; what can't be compared makes every operator false.
 */
final class Comparisons {
    private static final int BOOLEAN = 0;
    private static final int INTEGRAL = 1;
    private static final int FLOAT = 2;
    private static final int DOUBLE = 3;
    private static final int TEXT = 4;
    private static final int COMPARABLE = 5;
    private static final int OBJECT = 6;

    private Comparisons() {}

    static boolean hold(Operator operator, Object left, Object right) {
        int kind = Math.max(kind(left), kind(right));
        if (kind == OBJECT || (kind == COMPARABLE && left.getClass() != right.getClass())) {
            return false;
        }
        return switch (operator) {
            case EQUALS -> equal(kind, left, right);
            case NOT_EQUALS -> !equal(kind, left, right);
            case EQUALS_CASE_INSENSITIVE ->
                kind == TEXT ? left.toString().equalsIgnoreCase(right.toString()) : equal(kind, left, right);
            case GREATER -> order(kind, left, right) > 0;
            case GREATER_OR_EQUALS -> order(kind, left, right) >= 0;
            case LESSER -> order(kind, left, right) < 0;
            case LESSER_OR_EQUALS -> order(kind, left, right) <= 0;
            case STARTS_WITH -> left.toString().startsWith(right.toString());
            case JAVA_REGEX, MATCHES_PATH, MATCHES, NOT_MATCHES ->
                throw new AssertionError("a pattern is compiled: " + operator);
        };
    }

    /** Whether a value can be read as a text. */
    static boolean isPlain(Object value) {
        return kind(value) != OBJECT;
    }

    private static int kind(Object value) {
        return switch (value) {
            case String _ -> TEXT;
            case Boolean _ -> BOOLEAN;
            case Integer _, Long _, Short _, Byte _ -> INTEGRAL;
            case Float _ -> FLOAT;
            case Number _ -> DOUBLE;
            case Comparable<?> _ -> COMPARABLE;
            default -> OBJECT;
        };
    }

    private static boolean equal(int kind, Object left, Object right) {
        if (kind != TEXT) {
            return order(kind, left, right) == 0;
        }
        if (left instanceof String text) {
            return isTextOf(text, right);
        }
        return right instanceof String text && isTextOf(text, left);
    }

    /** As {@code value.toString().equals(text)}, but a number such as a status isn't written for it. */
    private static boolean isTextOf(String text, Object value) {
        return switch (value) {
            case String same -> same.equals(text);
            case Integer number -> isDecimalOf(text, number);
            case Long number -> isDecimalOf(text, number);
            default -> value.toString().equals(text);
        };
    }

    private static boolean isDecimalOf(String text, long value) {
        if (value < 0) {
            return Long.toString(value).equals(text);
        }
        int at = text.length() - 1;
        long rest = value;
        do {
            if (at < 0 || text.charAt(at--) != '0' + rest % 10) {
                return false;
            }
            rest /= 10;
        } while (rest != 0);
        return at < 0;
    }

    @SuppressWarnings("unchecked") // Both have the same class.
    private static int order(int kind, Object left, Object right) {
        return switch (kind) {
            case BOOLEAN, INTEGRAL -> Long.compare(integral(left), integral(right));
            case FLOAT -> Float.compare(number(left).floatValue(), number(right).floatValue());
            case DOUBLE ->
                Double.compare(number(left).doubleValue(), number(right).doubleValue());
            case TEXT -> left.toString().compareTo(right.toString());
            default -> ((Comparable<Object>) left).compareTo(right);
        };
    }

    private static long integral(Object value) {
        return value instanceof Boolean truth ? (truth ? 1 : 0) : ((Number) value).longValue();
    }

    private static Number number(Object value) {
        return value instanceof Number number ? number : (Number) integral(value);
    }
}
