package io.imaint.gateway.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** Goal: every spelling of a condition means its tree, and no text breaks the parser. Method: an oracle that works on the tree. */
class ConditionPropertyTest {
    private static final Map<String, Object> VALUES =
            Map.of("a", "x", "b", "true", "n", 5, "m", 7L, "f", 5.0f, "d", 7.5d, "t", true, "u", false, "five", "5");

    /** A condition as it is written, and what it must give. */
    record Known(String text, boolean expected) {}

    /** An operand as it is written, and its value. */
    private record Operand(String text, @Nullable Object value) {}

    private static Arbitrary<Operand> operands() {
        var variables = Arbitraries.of("a", "b", "n", "m", "f", "d", "t", "u", "five", "none", "no-thing")
                .map(name -> new Operand(name, VALUES.get(name)));
        var quoted = Arbitraries.of("a", "n", "none").map(name -> new Operand("'" + name + "'", VALUES.get(name)));
        var literals = Arbitraries.of(
                new Operand("5", 5),
                new Operand("-7", -7),
                new Operand("7l", 7L),
                new Operand("5.0F", 5.0f),
                new Operand("7.5", 7.5d),
                new Operand("7.5D", 7.5d),
                new Operand("\"x\"", "x"),
                new Operand("\"5\"", "5"),
                new Operand("\"a and (b\"", "a and (b"),
                new Operand("true", true),
                new Operand("False", false),
                new Operand("null", null));
        return Arbitraries.oneOf(variables, quoted, literals);
    }

    private static final Map<String, List<String>> SPELLINGS = Map.of(
            "=", List.of("=", "==", " is ", " equals ", " EQUALS "),
            "!=", List.of("!=", " isnot ", " is not ", " NotEquals "),
            ":=", List.of(":=", " equalsCaseInsensitive "),
            ">", List.of(">", " greaterthan "),
            ">=", List.of(">=", " GreaterThanOrEquals "),
            "<", List.of("<", " LesserThan "),
            "<=", List.of("<=", " lesserThanOrEquals "),
            "=|", List.of("=|", " startswith "));

    private static final Map<String, String> NULLS =
            Map.of("=", "FFT", ":=", "FFT", "=|", "FFF", "!=", "TTF", ">", "TFF", ">=", "FTT", "<", "TFF", "<=", "TFT");

    private static Arbitrary<Known> comparisons() {
        return Combinators.combine(
                        operands(),
                        Arbitraries.of(SPELLINGS.keySet()),
                        Arbitraries.integers().between(0, 9),
                        operands(),
                        Arbitraries.of("", " ", "\n\t"))
                .as((left, operator, pick, right, blank) -> {
                    var spellings = SPELLINGS.get(operator);
                    assert spellings != null;
                    // A blank keeps a name apart from a colon.
                    var gap = operator.equals(":=") ? " " : blank;
                    var text = left.text + gap + spellings.get(pick % spellings.size()) + gap + right.text;
                    return new Known(text, compared(operator, left.value, right.value));
                });
    }

    private static boolean compared(String operator, @Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            int column = left != null ? 1 : right != null ? 0 : 2;
            return Objects.requireNonNull(NULLS.get(operator)).charAt(column) == 'T';
        }
        if (operator.equals("=|")) {
            return left.toString().startsWith(right.toString());
        }
        int order;
        if (left instanceof String || right instanceof String) {
            order = operator.equals(":=")
                    ? left.toString().compareToIgnoreCase(right.toString())
                    : left.toString().compareTo(right.toString());
        } else {
            order = Double.compare(number(left), number(right));
        }
        return switch (operator) {
            case "=", ":=" -> order == 0;
            case "!=" -> order != 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            case "<" -> order < 0;
            default -> order <= 0;
        };
    }

    /** All numbers here are exact as a double. */
    private static double number(Object value) {
        return value instanceof Boolean truth ? (truth ? 1 : 0) : ((Number) value).doubleValue();
    }

    private static Arbitrary<Known> leaves() {
        var alone = operands()
                .map(operand ->
                        new Known(operand.text, Boolean.TRUE.equals(operand.value) || "true".equals(operand.value)));
        return Arbitraries.frequencyOf(Tuple.of(1, alone), Tuple.of(4, comparisons()));
    }

    @Provide
    Arbitrary<Known> conditions() {
        return Arbitraries.recursive(ConditionPropertyTest::leaves, ConditionPropertyTest::grown, 0, 4);
    }

    /** A condition around others. Parentheses keep every part together; and and or also go without, by their precedence. */
    private static Arbitrary<Known> grown(Arbitrary<Known> inner) {
        var negated = Combinators.combine(inner, Arbitraries.of("!", "not ", "NOT", "! "))
                .as((of, not) -> new Known(not + "(" + of.text + ")", !of.expected));
        var joined = Combinators.combine(
                        inner.list().ofMinSize(2).ofMaxSize(3),
                        Arbitraries.of("&&", "||", "and", "OR", " AND ", " or "))
                .as((all, word) -> {
                    boolean or =
                            word.contains("|") || word.toLowerCase(Locale.ROOT).contains("or");
                    return new Known(
                            all.stream().map(one -> "(" + one.text + ")").collect(Collectors.joining(word)),
                            or
                                    ? all.stream().anyMatch(Known::expected)
                                    : all.stream().allMatch(Known::expected));
                });
        var precedence = Combinators.combine(comparisons(), comparisons(), comparisons())
                .as((x, y, z) -> new Known(
                        x.text + " or " + y.text + " && " + z.text, x.expected || (y.expected && z.expected)));
        return Arbitraries.oneOf(List.of(negated, joined, precedence));
    }

    @Property(tries = 2000)
    void meansItsTree(@ForAll("conditions") Known known) throws ExpressionInvalid {
        assertThat(Condition.parse(known.text).test(VALUES::get)).as(known.text).isEqualTo(known.expected);
    }

    @Provide
    Arbitrary<String> noise() {
        var parts = Arbitraries.of(
                "a",
                "and",
                "or",
                "not",
                "is",
                "null",
                "true",
                "(",
                ")",
                "\"",
                "'",
                "=",
                "!",
                "~",
                "~/",
                "~~",
                ":",
                "|",
                "&&",
                "<",
                ">",
                "5",
                "-",
                ".",
                "f",
                "%",
                "*",
                "[",
                "{",
                "\\",
                " ",
                "\u0000",
                "\uD800",
                "é",
                "like",
                "\"a*\"",
                "\"(a+)+\"",
                "#",
                ",",
                "/");
        return Arbitraries.oneOf(
                parts.list().ofMaxSize(30).map(all -> String.join("", all)),
                Arbitraries.strings().ofMaxLength(60));
    }

    @Property(tries = 3000)
    void neverFailsOtherwiseThanAsInvalid(@ForAll("noise") String text) {
        var values = new HashMap<String, Object>(Map.of("a", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "f", 5));
        assertThatCode(() -> {
                    try {
                        Condition.parse(text).test(values::get);
                    } catch (ExpressionInvalid expected) {
                        assertThat(expected).hasMessageStartingWith("The condition ");
                    }
                })
                .doesNotThrowAnyException();
    }

    @Property(tries = 500)
    void everyTextEqualsItself(@ForAll String text) throws ExpressionInvalid {
        var plain = text.replace("\"", "");
        assertThat(Condition.parse("v=\"" + plain + "\"").test(name -> plain)).isTrue();
        var escaped = plain.replace("%", "%%").replace("*", "%*").replace("{", "%{");
        assertThat(Condition.parse("v~\"" + escaped + "\"").test(name -> plain)).isTrue();
        assertThat(Condition.parse("v~/\"" + escaped + "\"").test(name -> plain))
                .isTrue();
    }
}
