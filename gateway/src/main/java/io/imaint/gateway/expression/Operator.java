package io.imaint.gateway.expression;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** An operator between two operands, with its spellings and what it says of operands that have no value. */
enum Operator {
    EQUALS(Kind.EQUALITY, false, false, true, List.of("=", "=="), List.of("Equals", "Is")),
    NOT_EQUALS(Kind.EQUALITY, true, true, false, List.of("!="), List.of("NotEquals", "IsNot")),
    EQUALS_CASE_INSENSITIVE(Kind.EQUALITY, false, false, true, List.of(":="), List.of("EqualsCaseInsensitive")),
    // The documents of SAP and of Apigee agree on this row, though it makes nothing greater than everything.
    GREATER(Kind.RELATION, true, false, false, List.of(">"), List.of("GreaterThan")),
    GREATER_OR_EQUALS(Kind.RELATION, false, true, true, List.of(">="), List.of("GreaterThanOrEquals")),
    LESSER(Kind.RELATION, true, false, false, List.of("<"), List.of("LesserThan")),
    LESSER_OR_EQUALS(Kind.RELATION, true, false, true, List.of("<="), List.of("LesserThanOrEquals")),
    STARTS_WITH(Kind.RELATION, false, false, false, List.of("=|"), List.of("StartsWith")),
    JAVA_REGEX(Kind.PATTERN, false, false, false, List.of("~~"), List.of("JavaRegex")),
    MATCHES_PATH(Kind.PATTERN, false, false, false, List.of("~/"), List.of("MatchesPath", "LikePath")),
    MATCHES(Kind.PATTERN, false, false, false, List.of("~"), List.of("Matches", "Like")),
    NOT_MATCHES(Kind.PATTERN, true, false, false, List.of("!~"), List.of());

    /** How tight an operator binds, and what may be on its right. */
    enum Kind {
        EQUALITY,
        RELATION,
        /** Binds like a relation; on the right is a pattern in quotes. */
        PATTERN
    }

    private static final Map<String, Operator> BY_SPELLING = bySpelling();

    /** The symbols of operators. */
    static final List<String> SYMBOLS =
            Arrays.stream(values()).flatMap(one -> one.symbols.stream()).toList();

    private final Kind kind;
    private final boolean leftNull;
    private final boolean rightNull;
    private final boolean bothNull;
    private final List<String> symbols;
    private final List<String> words;

    Operator(
            Kind kind,
            boolean leftNull,
            boolean rightNull,
            boolean bothNull,
            List<String> symbols,
            List<String> words) {
        this.kind = kind;
        this.leftNull = leftNull;
        this.rightNull = rightNull;
        this.bothNull = bothNull;
        this.symbols = symbols;
        this.words = words;
    }

    private static Map<String, Operator> bySpelling() {
        var map = new HashMap<String, Operator>();
        for (var operator : values()) {
            operator.spellings().forEach(spelling -> map.put(spelling.toLowerCase(Locale.ROOT), operator));
        }
        return Map.copyOf(map);
    }

    /** The operator of a symbol or a word; null for none. */
    static @Nullable Operator of(String spelling) {
        return BY_SPELLING.get(spelling.toLowerCase(Locale.ROOT));
    }

    /** All symbols and words. */
    Stream<String> spellings() {
        return Stream.concat(symbols.stream(), words.stream());
    }

    Kind kind() {
        return kind;
    }

    /** What it says when at least one operand has no value. */
    boolean ofNull(boolean left, boolean right) {
        if (left && right) {
            return bothNull;
        }
        return left ? leftNull : rightNull;
    }
}
