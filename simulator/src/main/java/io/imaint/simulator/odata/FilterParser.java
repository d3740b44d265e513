package io.imaint.simulator.odata;

import io.imaint.simulator.model.EdmType;
import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.Property;
import io.imaint.simulator.odata.Filter.And;
import io.imaint.simulator.odata.Filter.Comparison;
import io.imaint.simulator.odata.Filter.Kind;
import io.imaint.simulator.odata.Filter.Match;
import io.imaint.simulator.odata.Filter.Not;
import io.imaint.simulator.odata.Filter.Operator;
import io.imaint.simulator.odata.Filter.Or;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a filter by recursive descent.
 *
 * <pre>
 * or         = and { "or" and }
 * and        = term { "and" term }
 * term       = "not" term | "(" or ")" | function [ ("eq" | "ne") boolean ] | property operator literal
 * function   = "substringof(" text "," property ")" | "startswith(" property "," text ")" | "endswith(" … ")"
 * </pre>
 */
final class FilterParser {
    /** The deepest nesting of parentheses and negations: far beyond what people write, short of the stack's end. */
    private static final int DEPTH_MAX = 100;

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
            throw ODataFault.expression("The filter is nested deeper than %d levels".formatted(DEPTH_MAX));
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
            return symbol('(') ? compared(function(name, start)) : comparison(property(name));
        } finally {
            depth--;
        }
    }

    private Filter function(String name, int start) {
        Filter match;
        switch (name) {
            case "substringof" -> {
                var wanted = quotedText();
                expect(',');
                match = new Match(textPlace(), Kind.CONTAINS, wanted);
            }
            case "startswith", "endswith" -> {
                int place = textPlace();
                expect(',');
                match = new Match(place, name.equals("startswith") ? Kind.STARTS : Kind.ENDS, quotedText());
            }
            default -> throw ODataFault.expression("Unknown function '%s' at position %d".formatted(name, start));
        }
        expect(')');
        return match;
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

    private Filter comparison(Property property) {
        skipSpaces();
        int start = at;
        var operator = switch (name()) {
            case "eq" -> Operator.EQ;
            case "ne" -> Operator.NE;
            case "gt" -> Operator.GT;
            case "ge" -> Operator.GE;
            case "lt" -> Operator.LT;
            case "le" -> Operator.LE;
            default -> throw invalidToken(start);
        };
        skipSpaces();
        int literal = at;
        while (at < text.length() && isWordPart(text.charAt(at))) {
            at++;
        }
        var word = text.substring(literal, at);
        int place = set.place(property.name());
        if (at < text.length() && text.charAt(at) == '\'') {
            return new Comparison(place, operator, Literals.quoted(property, word, quotedText()));
        }
        if (word.isEmpty()) {
            throw unexpected();
        }
        return new Comparison(place, operator, Literals.plain(property, word));
    }

    private int textPlace() {
        var property = property(name());
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
