package io.imaint.simulator.odata;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.odata.Expression.OfCondition;
import io.imaint.simulator.odata.Filter.And;
import io.imaint.simulator.odata.Filter.Not;
import io.imaint.simulator.odata.Filter.Operator;
import io.imaint.simulator.odata.Filter.Or;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads a filter by recursive descent.
 *
 * <pre>
 * or       = and { "or" and }
 * and      = not { "and" not }
 * not      = "not" not | equality
 * equality = order { ("eq" | "ne") order }
 * order    = sum { ("gt" | "ge" | "lt" | "le") sum }
 * sum      = product { ("add" | "sub") product }
 * product  = single { ("mul" | "div" | "mod") single }
 * single   = "-" single | "(" or ")" | function "(" [ or { "," or } ] ")" | literal | property
 * </pre>
 */
final class FilterParser {
    /** The deepest nesting of parentheses and negations: far beyond what people write, short of the stack's end. */
    private static final int DEPTH_MAX = 100;

    /** More than any function has. */
    private static final int PARAMETERS_MAX = 4;

    private static final String[] ORDERS = {"gt", "ge", "lt", "le"};
    private static final String[] PRODUCTS = {"mul", "div", "mod"};

    private final EntitySet set;
    private final String text;
    private int at;
    private int depth;

    private FilterParser(String text, EntitySet set) {
        this.text = text;
        this.set = set;
    }

    static Filter parse(String text, EntitySet set) {
        var parser = new FilterParser(text, set);
        var filter = parser.or().condition();
        parser.skipSpaces();
        if (parser.at < text.length()) {
            throw parser.unexpected();
        }
        return filter;
    }

    private Expression or() {
        var first = and();
        if (!nextIs("or")) {
            return first;
        }
        var terms = new ArrayList<Filter>();
        addOr(terms, first.condition());
        while (word("or")) {
            addOr(terms, and().condition());
        }
        return new OfCondition(new Or(List.copyOf(terms)));
    }

    private static void addOr(List<Filter> terms, Filter term) {
        if (term instanceof Or inner) {
            terms.addAll(inner.terms());
        } else {
            terms.add(term);
        }
    }

    private Expression and() {
        var first = not();
        if (!nextIs("and")) {
            return first;
        }
        var terms = new ArrayList<Filter>();
        addAnd(terms, first.condition());
        while (word("and")) {
            addAnd(terms, not().condition());
        }
        return new OfCondition(new And(List.copyOf(terms)));
    }

    private static void addAnd(List<Filter> terms, Filter term) {
        if (term instanceof And inner) {
            terms.addAll(inner.terms());
        } else {
            terms.add(term);
        }
    }

    private Expression not() {
        if (++depth > DEPTH_MAX) {
            throw tooDeep();
        }
        try {
            return word("not") ? new OfCondition(new Not(not().condition())) : equality();
        } finally {
            depth--;
        }
    }

    private Expression equality() {
        var left = order();
        for (var operator = operator("eq", "ne"); operator != null; operator = operator("eq", "ne")) {
            left = compared(left, operator, order());
        }
        return left;
    }

    private Expression order() {
        var left = sum();
        for (var operator = operator(ORDERS); operator != null; operator = operator(ORDERS)) {
            left = compared(left, operator, sum());
        }
        return left;
    }

    private static Expression compared(Expression left, String operator, Expression right) {
        var parsed = Operator.valueOf(operator.toUpperCase(Locale.ROOT));
        return new OfCondition(Expression.compared(left, parsed, right));
    }

    private Expression sum() {
        var left = product();
        for (var operator = operator("add", "sub"); operator != null; operator = operator("add", "sub")) {
            left = Functions.arithmetic(left, operator, product());
        }
        return left;
    }

    private Expression product() {
        var left = single();
        for (var operator = operator(PRODUCTS); operator != null; operator = operator(PRODUCTS)) {
            left = Functions.arithmetic(left, operator, single());
        }
        return left;
    }

    private Expression single() {
        boolean negative = false;
        while (nextIsSign()) {
            at++;
            negative = !negative;
        }
        var positive = unsigned();
        return negative ? Functions.negative(positive) : positive;
    }

    /** A sign that is not part of a number. */
    private boolean nextIsSign() {
        skipSpaces();
        return charAt(at) == '-' && !isDigit(charAt(at + 1));
    }

    private Expression unsigned() {
        if (symbol('(')) {
            var inner = or();
            expect(')');
            return inner;
        }
        char next = charAt(at);
        if (next == '\'') {
            return new Expression.Literal("", quotedText());
        }
        if (next == '-' || isDigit(next)) {
            return new Expression.Literal(numeral(), null);
        }
        var name = name();
        if (charAt(at) == '\'') {
            return new Expression.Literal(name, quotedText());
        }
        return switch (name) {
            case "null", "true", "false" -> new Expression.Literal(name, null);
            default -> symbol('(') ? function(name) : property(name);
        };
    }

    private Expression function(String name) {
        var arguments = new ArrayList<Expression>();
        if (!symbol(')')) {
            do {
                arguments.add(or());
            } while (symbol(',') && arguments.size() < PARAMETERS_MAX);
            expect(')');
        }
        return Functions.of(name, arguments);
    }

    private Expression property(String name) {
        var property = set.find(name);
        if (property == null) {
            throw ODataFault.noProperty(name, set.typeName());
        }
        return new Expression.OfProperty(property, set.place(property.name()));
    }

    private static ODataFault tooDeep() {
        return ODataFault.expression("The filter is nested deeper than %d levels".formatted(DEPTH_MAX));
    }

    /** A number with its suffix, as it is written. */
    private String numeral() {
        int start = at++;
        while (at < text.length() && isWordPart(start, text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private boolean isWordPart(int start, char c) {
        boolean sign = (c == '-' || c == '+') && at > start && "eE".indexOf(text.charAt(at - 1)) >= 0;
        return isNamePart(c) || c == '.' || sign;
    }

    /** The character at a position, a space behind the end. */
    private char charAt(int position) {
        return position < text.length() ? text.charAt(position) : ' ';
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Takes the operator that comes next when it is one of these. */
    private @Nullable String operator(String... operators) {
        for (var operator : operators) {
            if (word(operator)) {
                return operator;
            }
        }
        return null;
    }

    private boolean nextIs(String word) {
        int before = at;
        boolean next = word(word);
        at = before;
        return next;
    }

    private String quotedText() {
        expect('\'');
        var content = new StringBuilder();
        while (at < text.length()) {
            char c = text.charAt(at++);
            if (c != '\'') {
                content.append(c);
            } else if (at < text.length() && text.charAt(at) == '\'') {
                content.append(c);
                at++;
            } else {
                return content.toString();
            }
        }
        throw unexpected();
    }

    private String name() {
        skipSpaces();
        int start = at;
        while (at < text.length() && isNamePart(text.charAt(at))) {
            at++;
        }
        if (at == start) {
            throw unexpected();
        }
        return text.substring(start, at);
    }

    /** Takes a word when it comes next and ends there. */
    private boolean word(String word) {
        skipSpaces();
        int end = at + word.length();
        if (!text.startsWith(word, at) || (end < text.length() && isNamePart(text.charAt(end)))) {
            return false;
        }
        at = end;
        return true;
    }

    private boolean symbol(char c) {
        skipSpaces();
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!symbol(c)) {
            throw unexpected();
        }
    }

    private void skipSpaces() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private static boolean isNamePart(char c) {
        return c < 0x80 && (Character.isLetterOrDigit(c) || c == '_');
    }

    private ODataFault unexpected() {
        return ODataFault.expression("Invalid token detected at position %d".formatted(at));
    }
}
