package io.imaint.kernel.http;

import io.imaint.kernel.problem.Finding;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One parameter of a route, as a component of its input declares it.
 *
 * @param absence what the component becomes when the parameter is absent
 * @param standard the value of an absent parameter as a client would write it; empty where there is none
 */
record Parameter(
        String name,
        Place place,
        ValueKind kind,
        Constraints constraints,
        Absence absence,
        String standard,
        RecordComponent declared) {
    /** Values of one list; more would make the store's queries longer than it takes. */
    static final int LIST_SIZE_MAX = 100;

    /** Characters of one text; no key, code or search word of SAP PM comes near. */
    static final int TEXT_LENGTH_MAX = 1_000;

    /** Characters of a refused value that are repeated to the caller. */
    private static final int ECHO_LENGTH_MAX = 60;

    /** Where a parameter stands in a request. */
    enum Place {
        PATH,
        QUERY,
        HEADER;

        /** The word of OpenAPI. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a component holds when its parameter is absent. */
    enum Absence {
        REFUSED,
        NULL,
        EMPTY_OPTIONAL,
        EMPTY_LIST
    }

    static Parameter of(RecordComponent declared) {
        var header = declared.getAnnotation(Header.class);
        var place = declared.isAnnotationPresent(Path.class) ? Place.PATH : header == null ? Place.QUERY : Place.HEADER;
        var absence = absence(declared);
        var annotation = declared.getAnnotation(Default.class);
        if (place == Place.PATH && (absence != Absence.REFUSED || annotation != null)) {
            throw new AssertionError(declared + " is part of the path, so it is never absent");
        }
        var parameter = new Parameter(
                header == null ? declared.getName() : header.value(),
                place,
                ValueKind.of(valueType(declared.getGenericType())),
                Constraints.of(declared),
                absence,
                annotation == null ? "" : annotation.value(),
                declared);
        parameter.requireSensible();
        return parameter;
    }

    private void requireSensible() {
        constraints.requireFitting(declared.getType(), kind);
        var findings = new ArrayList<Finding>();
        read(List.of(), findings);
        if (!standard.isEmpty() && !findings.isEmpty()) {
            throw new AssertionError(declared + " has a default that it refuses: " + findings);
        }
    }

    private static Absence absence(RecordComponent declared) {
        if (declared.getType() == Optional.class) {
            return Absence.EMPTY_OPTIONAL;
        } else if (declared.getType() == List.class) {
            return RecordReader.mayBeEmpty(declared) ? Absence.EMPTY_LIST : Absence.REFUSED;
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
        return declared.getType() == List.class;
    }

    boolean required() {
        return absence == Absence.REFUSED && standard.isEmpty();
    }

    /**
     * The component's value. An empty value is as good as none: a form sends its empty fields as well.
     *
     * @param given decoded, as often as the parameter was sent
     * @param findings takes what is wrong; the returned value then means nothing
     */
    @Nullable
    Object read(List<String> given, List<Finding> findings) {
        var sent = given.stream().filter(text -> !text.isBlank()).toList();
        var texts = sent.isEmpty() && !standard.isEmpty() ? List.of(standard) : sent;
        if (isList()) {
            return readList(texts, findings);
        }
        if (texts.size() > 1) {
            findings.add(new Finding(name, "is given %d times but takes one value".formatted(texts.size())));
            return null;
        }
        if (texts.isEmpty()) {
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
                findings.add(new Finding(name, "is required: " + constraints.words(kind)));
                yield null;
            }
        };
    }

    private @Nullable Object readList(List<String> texts, List<Finding> findings) {
        var values = new ArrayList<Object>();
        boolean refused = false;
        for (var text : texts) {
            for (var word : text.split(",", -1)) {
                if (word.isBlank()) {
                    continue;
                }
                var value = readOne(word.strip(), findings);
                refused |= value == null;
                if (value != null) {
                    values.add(value);
                }
                if (values.size() > LIST_SIZE_MAX) {
                    findings.add(new Finding(name, "takes at most %d values".formatted(LIST_SIZE_MAX)));
                    return List.of();
                }
            }
        }
        if (values.isEmpty() && !refused) {
            return absent(findings);
        }
        if (!refused && !constraints.allowCount(values.size())) {
            findings.add(new Finding(
                    name, "has %d values but must have %s".formatted(values.size(), constraints.countWords())));
        }
        return List.copyOf(values);
    }

    private @Nullable Object readOne(String text, List<Finding> findings) {
        if (text.length() > TEXT_LENGTH_MAX) {
            findings.add(new Finding(name, "is longer than %,d characters".formatted(TEXT_LENGTH_MAX)));
            return null;
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            findings.add(new Finding(name, "has a control character"));
            return null;
        }
        var value = kind.read(text).filter(constraints::allow);
        if (value.isEmpty()) {
            var echo = text.length() > ECHO_LENGTH_MAX ? text.substring(0, ECHO_LENGTH_MAX) + "…" : text;
            findings.add(new Finding(name, "is '%s' but must be %s".formatted(echo, constraints.words(kind))));
        }
        return value.orElse(null);
    }
}
