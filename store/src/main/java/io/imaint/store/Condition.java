package io.imaint.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a document must fulfil to be found. Values are compared as kept (see {@link Document}); a field that is absent
 * is null, and null fulfils no comparison but {@link Equal} with null.
 */
public sealed interface Condition {
    Condition ALL = new All();

    record All() implements Condition {}

    record Equal(String field, @Nullable Object value) implements Condition {
        public Equal {
            value = Values.kept(value);
        }
    }

    /** Any of the values; none of them may be null. */
    record In(String field, List<?> values) implements Condition {
        public In {
            values = values.stream().map(Values::kept).toList();
        }
    }

    /** {@code from <= field < to}; a bound that is null is open. */
    record Range(
            String field, @Nullable Object from, @Nullable Object to) implements Condition {
        public Range {
            from = Values.kept(from);
            to = Values.kept(to);
        }
    }

    /** A text that starts so, letters' case and all. */
    record Prefix(String field, String start) implements Condition {}

    /**
     * Each word of the text is the beginning of a word in one of the collection's searched fields. Case and accents do
     * not count; a number is also found without its leading zeros. A blank text asks for nothing and so holds everywhere; one
     * of punctuation alone is found nowhere.
     */
    record Text(String words) implements Condition {}

    record And(List<Condition> all) implements Condition {
        public And {
            all = List.copyOf(all);
        }
    }

    record Or(List<Condition> any) implements Condition {
        public Or {
            any = List.copyOf(any);
        }
    }

    record Not(Condition condition) implements Condition {}

    /** Not expired at a time; the store adds it to each question to a collection whose documents expire. */
    record Unexpired(String field, Instant at) implements Condition {
        /** Without the time, so that a cursor is good for the same question later on. */
        @Override
        public String toString() {
            return "Unexpired[field=" + field + "]";
        }
    }

    static Condition equal(String field, @Nullable Object value) {
        return new Equal(field, value);
    }

    /**
     * Equality with what was typed, or, when that ends in {@code *}, a beginning, as in SAP's selection screens. With {@code
     * **} it is the label of an object and of all below it: those that go on with a separator, so that {@code A-1**} finds
     * A-1 and A-1-2 but not A-10.
     */
    static Condition matching(String field, String typed) {
        if (typed.endsWith("**")) {
            var label = typed.substring(0, typed.length() - 2);
            // The separators of SAP's labels, - . and /, follow each other; the beginning lets an index find them.
            var below = new Range(field, label + "-", label + "0");
            return and(new Prefix(field, label), new Or(List.of(new Equal(field, label), below)));
        }
        return typed.endsWith("*")
                ? new Prefix(field, typed.substring(0, typed.length() - 1))
                : new Equal(field, typed);
    }

    static Condition and(Condition... all) {
        return new And(List.of(all));
    }
}
