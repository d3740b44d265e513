package io.imaint.store;

import io.imaint.kernel.identifiers.Identifier;
import io.imaint.store.RecordCodec.Unfit;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.AnnotatedParameterizedType;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How one kind of component is stored:
 *
 * <ul>
 *   <li>text, whole numbers, {@link BigDecimal} and flags as they are; dates, times, instants and durations in ISO 8601
 *   <li>an enum by its {@code toString()}, as in the API; an {@link Identifier} by its value
 *   <li>an {@link Optional} by what it holds, a {@link List} and a {@link Map} by text, enum or identifier with what they
 *       hold, other records as documents, {@link Document} as it is and {@link Object} as one of the kept kinds
 *   <li>one of the records of a sealed interface with the field {@code type}, its simple name with a small first letter
 * </ul>
 */
abstract class Form {
    /** What the document keeps of a value. */
    abstract @Nullable Object kept(Object value);

    /** The value that was kept; any runtime exception of the language or java.time when it does not fit. */
    abstract Object read(Object kept);

    /** Whether the value at a place of a document's bytes, as kept, is what the API writes. */
    boolean passes(Jsonb kept, int place) {
        return false;
    }

    /** What it is, for the message to whom it does not fit. */
    abstract String name();

    /** The value of an absent field. */
    @Nullable
    Object absent() {
        throw new Unfit("", "is missing", null);
    }

    /** The value of a field, {@link Unfit} when what is stored there is not one. */
    final @Nullable Object value(String field, @Nullable Object kept) {
        try {
            return kept == null ? absent() : read(kept);
        } catch (Unfit unfit) {
            throw unfit.in(field);
        } catch (IllegalArgumentException | ClassCastException | ArithmeticException | DateTimeException not) {
            throw new Unfit(field, "is " + Unfit.shown(kept) + ", not " + name(), not);
        }
    }

    /** Adds to a document what an older one has and this form does not know. */
    void merge(Document before, Document after) {}

    /** The form of a component, or of what a component holds. */
    static Form of(AnnotatedType annotated) {
        var form = form(annotated);
        boolean nullable = annotated.isAnnotationPresent(Nullable.class);
        return nullable ? new Absent(form, null) : form;
    }

    private static Form form(AnnotatedType annotated) {
        var type = annotated.getType();
        var plain = plain(type);
        if (plain != null) {
            return plain;
        }
        if (type instanceof ParameterizedType generic && annotated instanceof AnnotatedParameterizedType parts) {
            var held = parts.getAnnotatedActualTypeArguments();
            if (generic.getRawType() == Optional.class) {
                return new Absent(new Maybe(of(held[0])), Optional.empty());
            }
            if (generic.getRawType() == List.class) {
                return new Absent(new CompoundForm.Items(of(held[0])), List.of());
            }
            if (generic.getRawType() == Map.class) {
                return new Absent(new CompoundForm.Entries(of(held[0]), of(held[1])), Map.of());
            }
        }
        if (type instanceof Class<?> named) {
            if (named.isEnum()) {
                return constants(named);
            }
            if (Identifier.class.isAssignableFrom(named) && named.isRecord()) {
                return IDENTIFIERS.get(named);
            }
            if (named.isRecord()) {
                return new CompoundForm.Nested(named.asSubclass(Record.class));
            }
            if (named.isSealed() && named.isInterface()) {
                return new CompoundForm.OneOf(named);
            }
        }
        throw new AssertionError("a component cannot be stored as a document's field when it is a " + type);
    }

    private static @Nullable Form plain(Type type) {
        return switch (type instanceof Class<?> named ? named.getName() : "") {
            case "java.lang.String" -> new Plain("a text", same(), String.class::cast, Jsonb::isText);
            case "long" -> new Absent(whole(), 0L);
            case "java.lang.Long" -> whole();
            case "int" -> new Absent(small(), 0);
            case "java.lang.Integer" -> small();
            case "boolean" -> new Absent(flag(), false);
            case "java.lang.Boolean" -> flag();
            case "java.math.BigDecimal" ->
                new Plain(
                        "a number",
                        same(),
                        kept -> kept instanceof Long whole ? BigDecimal.valueOf(whole) : (BigDecimal) kept,
                        Jsonb::isNumber);
            case "java.time.LocalDate" ->
                new Plain("a date", Object::toString, kept -> Values.date((String) kept), Jsonb::isText);
            case "java.time.LocalTime" ->
                new Plain(
                        "a time",
                        time -> Values.text((LocalTime) time),
                        kept -> Values.time((String) kept),
                        Jsonb::isText);
            case "java.time.Instant" ->
                new Plain(
                        "an instant", instant -> Values.text((Instant) instant), kept -> Values.instant((String) kept));
            case "java.time.Duration" ->
                new Plain("a duration", Object::toString, kept -> Duration.parse((String) kept), Jsonb::isText);
            case "io.imaint.store.Document" -> new Plain("a document", same(), Document.class::cast);
            case "java.lang.Object" -> new Plain("a value", value -> Values.present(value), same());
            default -> null;
        };
    }

    private static Function<Object, Object> same() {
        return Function.identity();
    }

    private static Form whole() {
        return new Plain("a whole number", same(), Long.class::cast, Jsonb::isWhole);
    }

    private static Form small() {
        return new Plain(
                "a whole number of 32 bits",
                value -> ((Integer) value).longValue(),
                kept -> Math.toIntExact((Long) kept));
    }

    private static Form flag() {
        return new Plain("true or false", same(), Boolean.class::cast, Jsonb::isFlag);
    }

    /** Read by the constant's own name too, which was stored before its text was. */
    private static Form constants(Class<?> type) {
        var byText = new HashMap<Object, Object>();
        for (var constant : type.getEnumConstants()) {
            byText.put(((Enum<?>) constant).name(), constant);
        }
        for (var constant : type.getEnumConstants()) {
            byText.put(constant.toString(), constant);
        }
        return new Plain("one of " + List.of(type.getEnumConstants()), Object::toString, kept -> {
            var constant = byText.get(kept);
            if (constant == null) {
                throw new IllegalArgumentException("no such constant");
            }
            return constant;
        });
    }

    /** One for each class of identifiers, which many records have. */
    private static final ClassValue<Form> IDENTIFIERS = new ClassValue<>() {
        @Override
        protected Form computeValue(Class<?> type) {
            return identifier(type);
        }
    };

    private static Form identifier(Class<?> type) {
        try {
            var lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
            var made = function(lookup, lookup.findConstructor(type, MethodType.methodType(void.class, String.class)));
            return new Plain(
                    "a " + type.getSimpleName(),
                    value -> ((Identifier) value).value(),
                    kept -> Objects.requireNonNull(made.apply((String) kept)),
                    Jsonb::isText);
        } catch (ReflectiveOperationException missing) {
            throw new LinkageError(type + " is not made of one text", missing);
        }
    }

    /** A method or constructor of one argument as a function, which the compiler can inline. */
    @SuppressWarnings("unchecked")
    static Function<Object, @Nullable Object> function(MethodHandles.Lookup lookup, MethodHandle method) {
        try {
            var site = LambdaMetafactory.metafactory(
                    lookup,
                    "apply",
                    MethodType.methodType(Function.class),
                    MethodType.methodType(Object.class, Object.class),
                    method,
                    method.type().wrap());
            return (Function<Object, @Nullable Object>) site.getTarget().invoke();
        } catch (Error defect) {
            throw defect;
        } catch (Throwable impossible) {
            throw new AssertionError("cannot call " + method, impossible);
        }
    }

    private interface Passing {
        boolean test(Jsonb kept, int place);
    }

    /** A value that is one text, number or flag. */
    private static final class Plain extends Form {
        private final String name;
        private final Function<Object, Object> write;
        private final Function<Object, Object> read;
        private final Passing passing;

        private Plain(String name, Function<Object, Object> write, Function<Object, Object> read) {
            this(name, write, read, (kept, place) -> false);
        }

        private Plain(String name, Function<Object, Object> write, Function<Object, Object> read, Passing passing) {
            this.name = name;
            this.write = write;
            this.read = read;
            this.passing = passing;
        }

        @Override
        boolean passes(Jsonb kept, int place) {
            return passing.test(kept, place);
        }

        @Override
        Object kept(Object value) {
            return write.apply(value);
        }

        @Override
        Object read(Object kept) {
            return read.apply(kept);
        }

        @Override
        String name() {
            return name;
        }
    }

    /** A form whose absence is a value. */
    private static final class Absent extends Form {
        private final Form form;
        private final @Nullable Object absent;

        private Absent(Form form, @Nullable Object absent) {
            this.form = form;
            this.absent = absent;
        }

        @Override
        @Nullable
        Object kept(Object value) {
            return form.kept(value);
        }

        @Override
        Object read(Object kept) {
            return form.read(kept);
        }

        @Override
        boolean passes(Jsonb kept, int place) {
            return form.passes(kept, place);
        }

        @Override
        String name() {
            return form.name();
        }

        @Override
        @Nullable
        Object absent() {
            return absent;
        }

        @Override
        void merge(Document before, Document after) {
            form.merge(before, after);
        }
    }

    private static final class Maybe extends Form {
        private final Form held;

        private Maybe(Form held) {
            this.held = held;
        }

        @Override
        @Nullable
        Object kept(Object value) {
            return ((Optional<?>) value).map(held::kept).orElse(null);
        }

        @Override
        Object read(Object kept) {
            return Optional.of(held.read(kept));
        }

        @Override
        boolean passes(Jsonb kept, int place) {
            return held.passes(kept, place);
        }

        @Override
        String name() {
            return held.name();
        }

        @Override
        void merge(Document before, Document after) {
            held.merge(before, after);
        }
    }
}
