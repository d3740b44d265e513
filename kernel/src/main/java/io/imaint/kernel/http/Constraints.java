package io.imaint.kernel.http;

import java.lang.reflect.AnnotatedElement;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the annotations of a component demand of its values: checked, said to people and published in one place. */
final class Constraints {
    private final @Nullable Range range;
    private final @Nullable Length length;
    private final @Nullable Size size;
    private final @Nullable Pattern pattern;
    private final java.util.regex.@Nullable Pattern compiled;

    private Constraints(AnnotatedElement declared) {
        this.range = declared.getAnnotation(Range.class);
        this.length = declared.getAnnotation(Length.class);
        this.size = declared.getAnnotation(Size.class);
        this.pattern = declared.getAnnotation(Pattern.class);
        this.compiled = pattern == null ? null : java.util.regex.Pattern.compile(pattern.regexp());
    }

    static Constraints of(AnnotatedElement declared) {
        return new Constraints(declared);
    }

    /** Fails, as an error in the code, where an annotation makes no sense for the values of a component. */
    void requireFitting(Class<?> component, ValueKind kind) {
        boolean fits = (range == null || kind.number())
                && (length == null || kind.type() == String.class)
                && (pattern == null || kind.json() == ValueKind.JsonForm.TEXT)
                && (size == null || component == List.class);
        if (!fits) {
            throw new AssertionError("a limit does not fit a component of type " + component + " of " + kind.type());
        }
    }

    /** True when a value is within the limits; for a list, one of its items. */
    boolean allow(Object value) {
        return withinRange(value) && withinLength(value) && (compiled == null || matches(compiled, value));
    }

    private boolean withinRange(Object value) {
        if (range == null) {
            return true;
        }
        var number = value instanceof BigDecimal decimal ? decimal : BigDecimal.valueOf(((Number) value).longValue());
        return (Double.isInfinite(range.min()) || number.compareTo(BigDecimal.valueOf(range.min())) >= 0)
                && (Double.isInfinite(range.max()) || number.compareTo(BigDecimal.valueOf(range.max())) <= 0);
    }

    private boolean withinLength(Object value) {
        if (length == null) {
            return true;
        }
        var text = (String) value;
        int characters = text.codePointCount(0, text.length());
        return characters >= length.min() && characters <= length.max();
    }

    private static boolean matches(java.util.regex.Pattern compiled, Object value) {
        return compiled.matcher(value.toString()).matches();
    }

    /** True when a list has a number of items that is allowed. */
    boolean allowCount(int items) {
        return size == null || (items >= size.min() && items <= size.max());
    }

    /** What the number of items must be, for people. */
    String countWords() {
        return size == null ? "items" : "%d to %d items".formatted(size.min(), size.max());
    }

    /** What a value must be, for people. */
    String words(ValueKind kind) {
        if (pattern != null) {
            return pattern.description();
        }
        if (length != null) {
            return "text of %d to %d characters".formatted(length.min(), length.max());
        }
        if (range == null) {
            return kind.words();
        }
        var words = new StringBuilder(kind.words());
        if (!Double.isInfinite(range.min()) && !Double.isInfinite(range.max())) {
            return words.append(" from %s to %s".formatted(plain(range.min()), plain(range.max())))
                    .toString();
        }
        return Double.isInfinite(range.min())
                ? words.append(" of at most ").append(plain(range.max())).toString()
                : words.append(" of at least ").append(plain(range.min())).toString();
    }

    /** Adds the limits of a value to its schema. */
    void publish(Map<String, Object> schema) {
        if (range != null && !Double.isInfinite(range.min())) {
            schema.put("minimum", plain(range.min()));
        }
        if (range != null && !Double.isInfinite(range.max())) {
            schema.put("maximum", plain(range.max()));
        }
        if (length != null) {
            schema.put("minLength", length.min());
            schema.put("maxLength", length.max());
        }
        if (pattern != null) {
            schema.put("pattern", "^(?:%s)$".formatted(pattern.regexp()));
        }
    }

    /** Adds the limits of a list to its schema. */
    void publishCount(Map<String, Object> schema) {
        if (size != null) {
            schema.put("minItems", size.min());
            schema.put("maxItems", size.max());
        }
    }

    /** Whole numbers without a fraction. */
    private static Number plain(double limit) {
        return limit == Math.rint(limit) && Math.abs(limit) < 1e15 ? (Number) (long) limit : BigDecimal.valueOf(limit);
    }
}
