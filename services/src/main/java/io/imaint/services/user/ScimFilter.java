package io.imaint.services.user;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A filter of SCIM, such as {@code userName eq "anna" and not (active eq false)}. {@code and} binds more than {@code
 * or}; names and operators are the same in capitals. Source: RFC 7644 section 3.4.2.2.
 */
sealed interface ScimFilter {
    /** Whether a resource, or one of the values of an attribute, is one that is asked for. */
    boolean holds(JsonNode resource);

    record And(ScimFilter one, ScimFilter other) implements ScimFilter {
        @Override
        public boolean holds(JsonNode resource) {
            return one.holds(resource) && other.holds(resource);
        }
    }

    record Or(ScimFilter one, ScimFilter other) implements ScimFilter {
        @Override
        public boolean holds(JsonNode resource) {
            return one.holds(resource) || other.holds(resource);
        }
    }

    record Not(ScimFilter filter) implements ScimFilter {
        @Override
        public boolean holds(JsonNode resource) {
            return !filter.holds(resource);
        }
    }

    /** One of the values of an attribute fulfils a filter of its own, as in {@code emails[type eq "work"]}. */
    record AnyOf(ScimPath path, ScimFilter filter) implements ScimFilter {
        @Override
        public boolean holds(JsonNode resource) {
            return path.values(resource).stream().anyMatch(filter::holds);
        }
    }

    /**
     * One of the values of an attribute compares so.
     *
     * @param value null for {@code pr}
     */
    record Compared(
            ScimPath path, String operator, @Nullable JsonNode value) implements ScimFilter {
        @Override
        public boolean holds(JsonNode resource) {
            var found = path.values(resource);
            var with = value;
            if (with == null) {
                return found.stream().anyMatch(ScimPath::present);
            }
            return switch (operator) {
                case "ne" -> found.stream().noneMatch(one -> compares("eq", one, with));
                default ->
                    with.isNull()
                            ? operator.equals("eq") && found.stream().noneMatch(ScimPath::present)
                            : found.stream().anyMatch(one -> compares(operator, one, with));
            };
        }

        private static boolean compares(String operator, JsonNode one, JsonNode with) {
            if (one.isObject() && one.has("value")) { // A complex attribute stands for its value.
                return compares(operator, one.get("value"), with);
            }
            if (one.isBoolean() || with.isBoolean()) {
                return operator.equals("eq") && one.equals(with);
            }
            var left = one.asString("").toLowerCase(Locale.ROOT);
            var right = with.asString("").toLowerCase(Locale.ROOT);
            return switch (operator) {
                case "eq" -> left.equals(right);
                case "co" -> left.contains(right);
                case "sw" -> left.startsWith(right);
                case "ew" -> left.endsWith(right);
                case "gt" -> left.compareTo(right) > 0;
                case "ge" -> left.compareTo(right) >= 0;
                case "lt" -> left.compareTo(right) < 0;
                case "le" -> left.compareTo(right) <= 0;
                default -> throw new AssertionError(operator);
            };
        }
    }

    /** The value with which the whole filter demands that an attribute is equal; empty for any other filter. */
    default Optional<String> equal(String attribute) {
        return this instanceof Compared compared
                        && compared.operator.equals("eq")
                        && compared.path.is(attribute)
                        && compared.value != null
                        && compared.value.isString()
                ? Optional.of(compared.value.asString())
                : Optional.empty();
    }

    static ScimFilter of(String text) {
        return new Parser(text).whole();
    }

    /** Reads a filter by recursive descent. */
    final class Parser {
        /** More is no question but an attack; each is asked of each user. */
        private static final int COMPARISONS_MAX = 20;

        private static final int DEPTH_MAX = 10;
        private static final Pattern TOKEN =
                Pattern.compile("\\s*(?:([()\\[\\]])|(\"(?:[^\"\\\\]|\\\\.)*\")|([^\\s()\\[\\]\"]+))", Pattern.DOTALL);
        private static final Pattern OPERATOR = Pattern.compile("eq|ne|co|sw|ew|gt|ge|lt|le");
        private static final JsonMapper JSON = new JsonMapper();

        private final List<String> tokens = new ArrayList<>();
        private int at;
        private int comparisons;
        private int depth;

        Parser(String text) {
            Matcher token = TOKEN.matcher(text);
            int end = 0;
            while (token.lookingAt()) {
                tokens.add(token.group().strip());
                end = token.end();
                token.region(end, text.length());
            }
            if (!text.substring(end).isBlank()) {
                throw invalid("a quotation mark is not closed");
            }
        }

        ScimFilter whole() {
            var filter = or();
            if (at < tokens.size()) {
                throw invalid("'%s' is out of place".formatted(tokens.get(at)));
            }
            return filter;
        }

        private ScimFilter or() {
            if (++depth > DEPTH_MAX) {
                throw invalid("it is nested too deep");
            }
            var filter = and();
            while (taken("or")) {
                filter = new Or(filter, and());
            }
            depth--;
            return filter;
        }

        private ScimFilter and() {
            var filter = single();
            while (taken("and")) {
                filter = new And(filter, single());
            }
            return filter;
        }

        private ScimFilter single() {
            if (taken("not")) {
                require("(");
                return new Not(inner(")"));
            }
            if (taken("(")) {
                return inner(")");
            }
            if (++comparisons > COMPARISONS_MAX) {
                throw invalid("it has more than %d comparisons".formatted(COMPARISONS_MAX));
            }
            var path = ScimPath.plain(next());
            if (taken("[")) {
                return new AnyOf(path, inner("]"));
            }
            if (taken("pr")) {
                return new Compared(path, "pr", null);
            }
            var operator = next().toLowerCase(Locale.ROOT);
            if (!OPERATOR.matcher(operator).matches()) {
                throw invalid("'%s' is no operator".formatted(operator));
            }
            return new Compared(path, operator, literal(next()));
        }

        private ScimFilter inner(String close) {
            var filter = or();
            require(close);
            return filter;
        }

        private static JsonNode literal(String token) {
            try {
                var value = JSON.readTree(
                        token.equalsIgnoreCase("true") || token.equalsIgnoreCase("false")
                                ? token.toLowerCase(Locale.ROOT)
                                : token);
                if (value.isValueNode()) {
                    return value;
                }
            } catch (JacksonException refused) {
                throw ScimProblems.invalidFilter("'%s' is no value".formatted(token));
            }
            throw ScimProblems.invalidFilter("'%s' is no value".formatted(token));
        }

        private String next() {
            if (at == tokens.size()) {
                throw invalid("it ends too early");
            }
            return tokens.get(at++);
        }

        private boolean taken(String word) {
            boolean there = at < tokens.size() && tokens.get(at).equalsIgnoreCase(word);
            at += there ? 1 : 0;
            return there;
        }

        private void require(String word) {
            if (!taken(word)) {
                throw invalid("'%s' is missing".formatted(word));
            }
        }

        private static RuntimeException invalid(String reason) {
            return ScimProblems.invalidFilter(reason);
        }
    }
}
