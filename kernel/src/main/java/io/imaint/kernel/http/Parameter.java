package io.imaint.kernel.http;

import io.imaint.kernel.problem.Finding;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of a route, as a component of a record declares it.
 *
 * @param inPath true for a variable of the path, false for the query
 * @param absence what the component becomes when the parameter is absent
 * @param standard the value of an absent parameter as a client would write it; empty where there is none
 */
record Parameter(
        String name, ValueKind kind, boolean inPath, Absence absence, String standard, RecordComponent declared) {
    /** Values of one list; more would make the store's queries longer than it takes. */
    private static final int LIST_SIZE_MAX = 100;

    /** Characters of one text; no key, code or search word of SAP PM comes near. */
    private static final int TEXT_LENGTH_MAX = 1_000;

    /** Characters of a refused value that are repeated to the caller. */
    private static final int ECHO_LENGTH_MAX = 60;

    /** What a component holds when its parameter is absent. */
    enum Absence {
        REFUSED,
        NULL,
        EMPTY_OPTIONAL,
        EMPTY_LIST
    }

    static Parameter of(RecordComponent declared, boolean inPath) {
        var type = declared.getGenericType();
        var absence = absence(declared);
        var annotation = declared.getAnnotation(Default.class);
        var standard = annotation == null ? "" : annotation.value();
        if (inPath && (absence != Absence.REFUSED || annotation != null)) {
            throw new AssertionError(declared + " is part of the path, so it is never absent");
        }
        var kind = ValueKind.of(valueType(type));
        var parameter = new Parameter(declared.getName(), kind, inPath, absence, standard, declared);
        if (declared.isAnnotationPresent(Range.class) && !kind.number()) {
            throw new AssertionError(declared + " has a range but is no integer");
        }
        var findings = new ArrayList<Finding>();
        parameter.read(List.of(), findings);
        if (annotation != null && !findings.isEmpty()) {
            throw new AssertionError(declared + " has a default that it refuses: " + findings);
        }
        return parameter;
    }

    private static Absence absence(RecordComponent declared) {
        if (declared.getType() == Optional.class) {
            return Absence.EMPTY_OPTIONAL;
        } else if (declared.getType() == List.class) {
            return Absence.EMPTY_LIST;
        }
        return declared.getAnnotatedType().isAnnotationPresent(Nullable.class) ? Absence.NULL : Absence.REFUSED;
    }

    private static Class<?> valueType(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType wrapped
                && wrapped.getActualTypeArguments()[0] instanceof Class<?> inner) {
            return inner;
        }
        throw new AssertionError(type + " cannot be a parameter");
    }

    boolean isList() {
        return absence == Absence.EMPTY_LIST;
    }

    boolean required() {
        return absence == Absence.REFUSED && standard.isEmpty();
    }

    /** What a value must be, for people. */
    String words() {
        var range = declared.getAnnotation(Range.class);
        return range == null ? kind.words() : "a whole number from %d to %d".formatted(range.min(), range.max());
    }

    /**
     * The component's value.
     *
     * @param given decoded, as often as the parameter was sent
     * @param findings takes what is wrong; the returned value then means nothing
     */
    @Nullable
    Object read(List<String> given, List<Finding> findings) {
        var texts = given.isEmpty() && !standard.isEmpty() ? List.of(standard) : given;
        if (isList()) {
            return readList(texts, findings);
        }
        if (texts.size() > 1) {
            findings.add(new Finding(name, "is given %d times but takes one value".formatted(texts.size())));
            return null;
        }
        // A form sends its empty fields as well; they are as good as absent.
        if (texts.isEmpty() || texts.getFirst().isBlank()) {
            return absent(findings);
        }
        var value = readOne(texts.getFirst(), findings);
        return absence == Absence.EMPTY_OPTIONAL ? Optional.ofNullable(value) : value;
    }

    private @Nullable Object absent(List<Finding> findings) {
        return switch (absence) {
            case NULL -> null;
            case EMPTY_OPTIONAL -> Optional.empty();
            case EMPTY_LIST -> List.of();
            case REFUSED -> {
                findings.add(new Finding(name, "is required: " + words()));
                yield null;
            }
        };
    }

    private List<Object> readList(List<String> texts, List<Finding> findings) {
        var values = new ArrayList<Object>();
        for (var text : texts) {
            for (var word : text.split(",", -1)) {
                if (!word.isBlank()) {
                    Optional.ofNullable(readOne(word.strip(), findings)).ifPresent(values::add);
                }
                if (values.size() > LIST_SIZE_MAX) {
                    findings.add(new Finding(name, "takes at most %d values".formatted(LIST_SIZE_MAX)));
                    return List.of();
                }
            }
        }
        return List.copyOf(values);
    }

    private @Nullable Object readOne(String text, List<Finding> findings) {
        if (text.length() > TEXT_LENGTH_MAX) {
            findings.add(new Finding(name, "is longer than %,d characters".formatted(TEXT_LENGTH_MAX)));
            return null;
        }
        var value = kind.read(text).filter(this::withinRange);
        if (value.isEmpty()) {
            var echo = text.length() > ECHO_LENGTH_MAX ? text.substring(0, ECHO_LENGTH_MAX) + "…" : text;
            findings.add(new Finding(name, "is '%s' but must be %s".formatted(echo, words())));
        }
        return value.orElse(null);
    }

    private boolean withinRange(Object value) {
        var range = declared.getAnnotation(Range.class);
        if (range == null) {
            return true;
        }
        long number = ((Number) value).longValue();
        return number >= range.min() && number <= range.max();
    }
}
