package io.imaint.simulator.console;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What an operation is told, checked against the fields it has; every error names the field. */
final class Arguments {
    /** More values than the widest entity has properties. */
    private static final int VALUES_MAX = 500;

    private static final int NUMBER_DIGITS_MAX = 18;

    /** Lists by the name of the field. */
    private final Map<String, List<String>> lists;

    private final Map<String, Map<String, @Nullable String>> pairs;

    private Arguments(Map<String, List<String>> lists, Map<String, Map<String, @Nullable String>> pairs) {
        this.lists = lists;
        this.pairs = pairs;
    }

    /**
     * Arguments from an address or a form.
     *
     * @param given values by name; those of pairs have the names of field and pair with a dot between
     */
    static Arguments of(Operation operation, Map<String, List<String>> given) {
        var lists = new LinkedHashMap<String, List<String>>();
        var pairs = new LinkedHashMap<String, Map<String, @Nullable String>>();
        given.forEach((name, values) -> {
            int dot = name.indexOf('.');
            var field = known(operation, dot < 0 ? name : name.substring(0, dot));
            if (field.kind() == Field.Kind.PAIRS && dot > 0) {
                pairs.computeIfAbsent(field.name(), unused -> new LinkedHashMap<>())
                        .put(name.substring(dot + 1), values.getFirst());
            } else if (field.kind() == Field.Kind.PAIRS || dot >= 0) {
                throw new WrongUse("'%s' is written %s.NAME".formatted(field.name(), field.name()));
            } else if (field.required() || values.stream().anyMatch(value -> !value.isBlank())) {
                lists.put(field.name(), values);
            }
        });
        return checked(operation, new Arguments(lists, pairs));
    }

    /** Arguments from a JSON object. */
    static Arguments of(Operation operation, JsonNode object) {
        if (!object.isObject()) {
            throw new WrongUse("the body must be a JSON object");
        }
        var lists = new LinkedHashMap<String, List<String>>();
        var pairs = new LinkedHashMap<String, Map<String, @Nullable String>>();
        for (var property : object.properties()) {
            var field = known(operation, property.getKey());
            var value = property.getValue();
            if (field.kind() == Field.Kind.PAIRS) {
                pairs.put(field.name(), pairs(field, value));
            } else if (field.kind() == Field.Kind.WORDS && value.isArray()) {
                var words = new ArrayList<String>();
                value.forEach(word -> words.add(scalar(field, word)));
                lists.put(field.name(), words);
            } else {
                lists.put(field.name(), List.of(scalar(field, value)));
            }
        }
        return checked(operation, new Arguments(lists, pairs));
    }

    private static Map<String, @Nullable String> pairs(Field field, JsonNode object) {
        if (!object.isObject()) {
            throw new WrongUse("'%s' must be an object of names and values".formatted(field.name()));
        }
        var values = new LinkedHashMap<String, @Nullable String>();
        object.properties()
                .forEach(pair ->
                        values.put(pair.getKey(), pair.getValue().isNull() ? null : scalar(field, pair.getValue())));
        return values;
    }

    private static String scalar(Field field, JsonNode value) {
        if (!value.isString() && !value.isNumber() && !value.isBoolean()) {
            throw new WrongUse("'%s' must be a text, a number or true or false".formatted(field.name()));
        }
        return value.asString();
    }

    private static Field known(Operation operation, String name) {
        return operation
                .field(name)
                .orElseThrow(() -> new WrongUse(
                        operation.fields().isEmpty()
                                ? "'%s' takes no '%s', nor anything else".formatted(operation.command(), name)
                                : "'%s' takes no '%s', but %s"
                                        .formatted(
                                                operation.command(),
                                                name,
                                                operation.fields().stream()
                                                        .map(Field::name)
                                                        .collect(Collectors.joining(", ")))));
    }

    private static Arguments checked(Operation operation, Arguments arguments) {
        for (var field : operation.fields()) {
            var values = arguments.lists.getOrDefault(field.name(), List.of());
            boolean many = field.kind() == Field.Kind.WORDS || field.kind() == Field.Kind.PAIRS;
            if (!many && field.required() && values.isEmpty()) {
                throw new WrongUse("'%s' is missing".formatted(field.name()));
            }
            if (!many && values.size() > 1) {
                throw new WrongUse("'%s' stands here %d times".formatted(field.name(), values.size()));
            }
            int pairs = arguments.pairs.getOrDefault(field.name(), Map.of()).size();
            if (values.size() > VALUES_MAX || pairs > VALUES_MAX) {
                throw new WrongUse("'%s' has more than %d values".formatted(field.name(), VALUES_MAX));
            }
            if (!many && !values.isEmpty()) {
                check(field, values.getFirst());
            }
        }
        return arguments;
    }

    private static void check(Field field, String value) {
        if (!field.choices().isEmpty() && !field.choices().contains(value)) {
            throw new WrongUse(
                    "'%s' is %s, not '%s'".formatted(field.name(), String.join(" or ", field.choices()), value));
        }
        switch (field.kind()) {
            case NUMBER -> {
                if (!value.matches("[0-9]{1," + NUMBER_DIGITS_MAX + "}")) {
                    throw new WrongUse("'%s' must be a whole number, not '%s'".formatted(field.name(), value));
                }
            }
            case DATE -> {
                try {
                    LocalDate.parse(value);
                } catch (DateTimeException refused) {
                    throw new WrongUse("'%s' must be a day such as 2027-12-31".formatted(field.name()));
                }
            }
            case FLAG -> {
                if (!value.equals("true") && !value.equals("false")) {
                    throw new WrongUse("'%s' must be true or false, not '%s'".formatted(field.name(), value));
                }
            }
            case TEXT, SECRET, LINE, WORDS, PAIRS -> {}
        }
    }

    /** A required text. */
    String text(String name) {
        return optional(name).orElseThrow(() -> new AssertionError(name + " is not required"));
    }

    Optional<String> optional(String name) {
        return words(name).stream().findFirst();
    }

    boolean flag(String name) {
        return optional(name).filter("true"::equals).isPresent();
    }

    long number(String name, long standard) {
        return optional(name).map(Long::parseLong).orElse(standard);
    }

    /** A number with bounds. */
    int number(String name, int standard, int max) {
        long number = number(name, standard);
        if (number < 1 || number > max) {
            throw new WrongUse("'%s' is 1 to %d, not %d".formatted(name, max, number));
        }
        return (int) number;
    }

    Optional<LocalDate> date(String name) {
        return optional(name).map(LocalDate::parse);
    }

    List<String> words(String name) {
        return lists.getOrDefault(name, List.of());
    }

    Map<String, @Nullable String> pairs(String name) {
        return pairs.getOrDefault(name, Map.of());
    }
}
