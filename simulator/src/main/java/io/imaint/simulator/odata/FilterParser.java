package io.imaint.simulator.odata;

import io.imaint.simulator.model.EdmType;
import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.Property;
import io.imaint.simulator.odata.Filter.And;
import io.imaint.simulator.odata.Filter.Calculated;
import io.imaint.simulator.odata.Filter.Comparison;
import io.imaint.simulator.odata.Filter.Kind;
import io.imaint.simulator.odata.Filter.Match;
import io.imaint.simulator.odata.Filter.Not;
import io.imaint.simulator.odata.Filter.Operator;
import io.imaint.simulator.odata.Filter.Or;
import io.imaint.simulator.odata.Filter.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Reads a filter by recursive descent.
 *
 * <pre>
 * or         = and { "or" and }
 * and        = term { "and" term }
 * term       = "not" term | "(" or ")" | test [ ("eq" | "ne") boolean ] | property operator literal
 *            | text operator literal | "length(" text ")" operator digits
 * test       = "substringof(" literal "," text ")" | "startswith(" text "," literal ")" | "endswith(" … ")"
 * text       = property | ("tolower" | "toupper" | "trim") "(" text ")" | "substring(" text "," digits [ "," digits ] ")"
 * </pre>
 */
final class FilterParser {
    /** The deepest nesting of parentheses and negations: far beyond what people write, short of the stack's end. */
    private static final int DEPTH_MAX = 100;

    /** The most digits of a length or a position: texts are shorter. */
    private static final int DIGITS_MAX = 6;

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
        var filter = parser.or();
        parser.skipSpaces();
        if (parser.at < text.length()) {
            throw parser.unexpected();
        }
        return filter;
    }

    private Filter or() {
        var terms = new ArrayList<Filter>();
        do {
            var term = and();
            if (term instanceof Or inner) {
                terms.addAll(inner.terms());
            } else {
                terms.add(term);
            }
        } while (word("or"));
        return terms.size() == 1 ? terms.getFirst() : new Or(List.copyOf(terms));
    }

    private Filter and() {
        var terms = new ArrayList<Filter>();
        do {
            var term = term();
            if (term instanceof And inner) {
                terms.addAll(inner.terms());
            } else {
                terms.add(term);
            }
        } while (word("and"));
        return terms.size() == 1 ? terms.getFirst() : new And(List.copyOf(terms));
    }

    private Filter term() {
        if (++depth > DEPTH_MAX) {
            throw tooDeep();
        }
        try {
            if (word("not")) {
                return new Not(term());
            }
            if (symbol('(')) {
                var inner = or();
                expect(')');
                return inner;
            }
            int start = at;
            var name = name();
            return symbol('(') ? function(name, start) : comparison(property(name));
        } finally {
            depth--;
        }
    }

    /** A term that begins with a function, whose opening parenthesis has been read. */
    private Filter function(String name, int start) {
        return switch (name) {
            case "substringof" -> {
                var wanted = quotedText();
                expect(',');
                yield compared(match(Kind.CONTAINS, wanted));
            }
            case "startswith", "endswith" -> {
                var text = text();
                expect(',');
                var kind = name.equals("startswith") ? Kind.STARTS : Kind.ENDS;
                var wanted = quotedText();
                expect(')');
                yield compared(match(text, kind, wanted));
            }
            case "length" -> {
                var text = text();
                expect(')');
                yield length(text.made());
            }
            default -> {
                at = start;
                var text = text();
                var operator = operator();
                var wanted = quotedText();
                yield new Calculated(text.made(), found -> operator.holds(found.compareTo(wanted)));
            }
        };
    }

    private Filter match(Kind kind, String wanted) {
        var text = text();
        expect(')');
        return match(text, kind, wanted);
    }

    /** A match on a bare property can seek in the order of keys, so it is kept apart. */
    private static Filter match(TextTerm text, Kind kind, String wanted) {
        if (text.place() >= 0) {
            return new Match(text.place(), kind, wanted);
        }
        return new Calculated(text.made(), found -> switch (kind) {
            case CONTAINS -> found.contains(wanted);
            case STARTS -> found.startsWith(wanted);
            case ENDS -> found.endsWith(wanted);
        });
    }

    private Filter length(Text text) {
        var operator = operator();
        int wanted = digits();
        return new Calculated(text, found -> operator.holds(Integer.compare(found.length(), wanted)));
    }

    /**
     * A text.
     *
     * @param place of the property that it is, below zero where it is made of one
     */
    private record TextTerm(int place, Text made) {}

    private TextTerm text() {
        int start = at;
        var name = name();
        if (!symbol('(')) {
            int place = textPlace(name);
            return new TextTerm(place, row -> Filter.text(row[place]));
        }
        if (++depth > DEPTH_MAX) {
            throw tooDeep();
        }
        var inner = text().made();
        Text made;
        switch (name) {
            case "tolower" -> made = row -> inner.of(row).toLowerCase(Locale.ROOT);
            case "toupper" -> made = row -> inner.of(row).toUpperCase(Locale.ROOT);
            case "trim" -> made = row -> inner.of(row).strip();
            case "substring" -> {
                expect(',');
                int from = digits();
                int length = symbol(',') ? digits() : Integer.MAX_VALUE;
                made = row -> part(inner.of(row), from, length);
            }
            default -> throw ODataFault.expression("Unknown function '%s' at position %d".formatted(name, start));
        }
        expect(')');
        depth--;
        return new TextTerm(-1, made);
    }

    private static String part(String text, int from, int length) {
        int begin = Math.min(from, text.length());
        return text.substring(begin, (int) Math.min(text.length(), (long) begin + length));
    }

    private int digits() {
        skipSpaces();
        int start = at;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9' && at - start < DIGITS_MAX) {
            at++;
        }
        if (at == start) {
            throw unexpected();
        }
        return Integer.parseInt(text.substring(start, at));
    }

    /** A function's result, which some clients compare with true or false. */
    private Filter compared(Filter match) {
        boolean equal = word("eq");
        if (!equal && !word("ne")) {
            return match;
        }
        boolean expected = word("true");
        if (!expected && !word("false")) {
            throw unexpected();
        }
        return equal == expected ? match : new Not(match);
    }

    private Operator operator() {
        skipSpaces();
        int start = at;
        return switch (name()) {
            case "eq" -> Operator.EQ;
            case "ne" -> Operator.NE;
            case "gt" -> Operator.GT;
            case "ge" -> Operator.GE;
            case "lt" -> Operator.LT;
            case "le" -> Operator.LE;
            default -> throw invalidToken(start);
        };
    }

    private Filter comparison(Property property) {
        var operator = operator();
        skipSpaces();
        int literal = at;
        while (at < text.length() && isWordPart(text.charAt(at))) {
            at++;
        }
        var word = text.substring(literal, at);
        int place = set.place(property.name());
        if (at < text.length() && text.charAt(at) == '\'') {
            var value = Literals.quoted(property, word, quotedText());
            // A conversion exit also works on what is compared: order 4711 is found by its number without zeros.
            return new Comparison(place, operator, value instanceof String plain ? property.internal(plain) : value);
        }
        if (word.isEmpty()) {
            throw unexpected();
        }
        return new Comparison(place, operator, Literals.plain(property, word));
    }

    private static ODataFault tooDeep() {
        return ODataFault.expression("The filter is nested deeper than %d levels".formatted(DEPTH_MAX));
    }

    private int textPlace(String name) {
        var property = property(name);
        if (property.type() != EdmType.STRING) {
            throw ODataFault.literal("Property %s is not of type Edm.String".formatted(property.name()));
        }
        return set.place(property.name());
    }

    private Property property(String name) {
        var property = set.find(name);
        if (property == null) {
            throw ODataFault.noProperty(name, set.typeName());
        }
        return property;
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

    private static boolean isWordPart(char c) {
        return isNamePart(c) || c == '.' || c == '-' || c == '+';
    }

    private ODataFault unexpected() {
        return invalidToken(at);
    }

    private static ODataFault invalidToken(int position) {
        return ODataFault.expression("Invalid token detected at position %d".formatted(position));
    }
}
