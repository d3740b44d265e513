package io.imaint.services.seed;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** An expression of the form language, taken apart as its reference says; what it names is for the test to look up. */
final class Expression {
    private static final Pattern TOKEN =
            Pattern.compile("\\s*('(?:[^']|'')*'|\\d+(?:\\.\\d+)?|@\\w+|\\w+|!=|<=|>=|[-+*/&=<>(),])");
    private static final Set<String> COMPARING = Set.of("=", "!=", "<", "<=", ">", ">=");
    private static final Set<String> WORDS = Set.of("true", "false", "empty", "this");
    private static final Set<String> CONTEXT =
            Set.of("@now", "@today", "@user", "@plant", "@location", "@asset", "@assetClass", "@shift");
    private static final Set<String> OVER_ROWS =
            Set.of("count", "sum", "min", "max", "avg", "any", "all", "first", "last");
    private static final Set<String> FUNCTIONS = Set.of(
            "if",
            "coalesce",
            "round",
            "abs",
            "least",
            "greatest",
            "length",
            "contains",
            "addDays",
            "daysBetween",
            "minutesBetween");

    /** A code with which a field, or {@code this}, is compared. */
    record Code(String field, String code) {}

    /** The keys of fields. */
    final Set<String> fields = new HashSet<>();

    /** The keys of sections. */
    final Set<String> sections = new HashSet<>();

    final Set<Code> codes = new HashSet<>();
    private final String text;
    private final List<String> tokens = new ArrayList<>();
    private int at;

    /** An {@link IllegalArgumentException} for what is no expression. */
    Expression(String text) {
        this.text = text;
        var matcher = TOKEN.matcher(text);
        int end = 0;
        while (matcher.find(end) && matcher.start() == end) {
            tokens.add(matcher.group(1));
            end = matcher.end();
        }
        if (!text.substring(end).isBlank()) {
            throw wrong();
        }
        alternative();
        if (at < tokens.size()) {
            throw wrong();
        }
    }

    private IllegalArgumentException wrong() {
        return new IllegalArgumentException("'%s' cannot be read at part %d".formatted(text, at));
    }

    private String next() {
        return at < tokens.size() ? tokens.get(at) : "";
    }

    private boolean take(String token) {
        boolean there = next().equals(token);
        at += there ? 1 : 0;
        return there;
    }

    private void require(String token) {
        if (!take(token)) {
            throw wrong();
        }
    }

    private String alternative() {
        var first = conjunction();
        while (take("or")) {
            conjunction();
        }
        return first;
    }

    private String conjunction() {
        var first = negation();
        while (take("and")) {
            negation();
        }
        return first;
    }

    private String negation() {
        return take("not") ? negation() : comparison();
    }

    private String comparison() {
        var left = sum();
        if (COMPARING.contains(next())) {
            at++;
            compared(left, sum());
        } else if (take("includes")) {
            compared(left, sum());
        } else if (take("in")) {
            require("(");
            do {
                compared(left, sum());
            } while (take(","));
            require(")");
        } else if (take("is")) {
            take("not");
            require("empty");
        }
        return left;
    }

    private void compared(String left, String right) {
        if (right.startsWith("'") && (fields.contains(left) || left.equals("this"))) {
            codes.add(new Code(left, right.substring(1, right.length() - 1).replace("''", "'")));
        }
    }

    private String sum() {
        var first = product();
        while (Set.of("+", "-", "&").contains(next())) {
            at++;
            product();
        }
        return first;
    }

    private String product() {
        var first = value();
        while (Set.of("*", "/", "mod").contains(next())) {
            at++;
            value();
        }
        return first;
    }

    /** The token of a single value; of several it says nothing. */
    private String value() {
        var token = next();
        at++;
        if (token.equals("-")) {
            return value();
        }
        if (token.equals("(")) {
            alternative();
            require(")");
            return "";
        }
        if (take("(")) {
            called(token);
            return "";
        }
        if (token.startsWith("@") && !CONTEXT.contains(token)) {
            throw wrong();
        }
        if (!token.matches("'.*'|\\d.*|@.*|\\w+")) {
            throw wrong();
        }
        if (token.matches("[A-Za-z]\\w*") && !WORDS.contains(token)) {
            fields.add(token);
        }
        return token;
    }

    private void called(String function) {
        if (OVER_ROWS.contains(function)) {
            sections.add(next());
            at++;
        } else if (FUNCTIONS.contains(function)) {
            alternative();
        } else {
            throw wrong();
        }
        while (take(",")) {
            alternative();
        }
        require(")");
    }
}
