package io.imaint.gateway.expression;

import io.imaint.gateway.expression.Expression.And;
import io.imaint.gateway.expression.Expression.Comparison;
import io.imaint.gateway.expression.Expression.Literal;
import io.imaint.gateway.expression.Expression.Not;
import io.imaint.gateway.expression.Expression.OneOf;
import io.imaint.gateway.expression.Expression.Or;
import io.imaint.gateway.expression.Expression.PatternMatch;
import io.imaint.gateway.expression.Expression.TextPattern;
import io.imaint.gateway.expression.Expression.Variable;
import io.imaint.gateway.expression.Operator.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Parses conditions by recursive descent. From loose to tight: {@code ||}, {@code &&}, {@code !} before a comparison, equality,
 * relations and patterns, and {@code !} before an operand on the right.
 */
final class ConditionParser {
    /** A condition is a line of a flow; SAP's own generator writes some hundred characters for a resource. */
    static final int LENGTH_MAX = 16_384;

    /** Parentheses, negations and comparisons within one another; more is an attack on the stack. */
    static final int DEPTH_MAX = 100;

    private final List<Token> tokens;
    private int at;
    private int depth;

    private ConditionParser(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** The expression of a text; a blank one is true. */
    static Expression parse(String text) throws ExpressionInvalid {
        if (text.length() > LENGTH_MAX) {
            throw new ExpressionInvalid("The condition has more than %d characters.".formatted(LENGTH_MAX));
        }
        var parser = new ConditionParser(Lexer.tokens(text));
        if (parser.now().kind() == Token.Kind.END) {
            return new Literal(true);
        }
        var expression = parser.or();
        if (parser.now().kind() != Token.Kind.END) {
            throw parser.expected("an operator or the end");
        }
        return expression;
    }

    private Token now() {
        return tokens.get(at);
    }

    /** A token further on; the end, behind the end. */
    private Token ahead(int by) {
        return tokens.get(Math.min(at + by, tokens.size() - 1));
    }

    private Expression or() throws ExpressionInvalid {
        var first = and();
        if (!now().is("||", "or")) {
            return first;
        }
        var any = new ArrayList<>(List.of(first));
        while (now().is("||", "or")) {
            at++;
            any.add(and());
        }
        var oneOf = OneOf.of(any);
        return oneOf == null ? new Or(any.toArray(Expression[]::new)) : oneOf;
    }

    private Expression and() throws ExpressionInvalid {
        var first = negation();
        if (!now().is("&&", "and")) {
            return first;
        }
        var all = new ArrayList<>(List.of(first));
        while (now().is("&&", "and")) {
            at++;
            all.add(negation());
        }
        return new And(all.toArray(Expression[]::new));
    }

    /** Java would negate the left operand alone, which of a text makes no sense; so the whole comparison is meant. */
    private Expression negation() throws ExpressionInvalid {
        if (!now().is("!", "not")) {
            return equality();
        }
        at++;
        enter();
        var negated = new Not(negation());
        depth--;
        return negated;
    }

    private Expression equality() throws ExpressionInvalid {
        int before = depth;
        var left = relation();
        for (var operator = operator(); operator != null && operator.kind() == Kind.EQUALITY; operator = operator()) {
            enter();
            at++;
            // "is not null" is one operator in two words.
            if (operator == Operator.EQUALS && ahead(-1).is("", "is") && now().is("", "not")) {
                operator = Operator.NOT_EQUALS;
                at++;
            }
            left = new Comparison(operator, left, relation());
        }
        depth = before;
        return left;
    }

    private Expression relation() throws ExpressionInvalid {
        int before = depth;
        var left = operand();
        while (true) {
            boolean negated = now().is("!", "not") && isRelation(Operator.of(ahead(1).text()));
            if (negated) {
                at++;
            }
            var operator = operator();
            if (operator == null || !isRelation(operator)) {
                depth = before;
                return left;
            }
            enter();
            at++;
            left = operator.kind() == Kind.PATTERN
                    ? new PatternMatch(operator, left, pattern(operator))
                    : new Comparison(operator, left, operand());
            left = negated ? new Not(left) : left;
        }
    }

    private static boolean isRelation(@Nullable Operator operator) {
        return operator != null && operator.kind() != Kind.EQUALITY;
    }

    /** The operator that is next; null for none. */
    private @Nullable Operator operator() {
        return switch (now().kind()) {
            case WORD, SYMBOL -> Operator.of(now().text());
            case NAME, TEXT, NUMBER, END -> null;
        };
    }

    private TextPattern pattern(Operator operator) throws ExpressionInvalid {
        if (now().kind() != Token.Kind.TEXT) {
            throw expected("a pattern in double quotes");
        }
        var token = now();
        at++;
        return switch (operator) {
            case MATCHES_PATH -> PathPattern.of(token.text())::matches;
            case JAVA_REGEX -> {
                try {
                    yield BoundedPattern.compile(token.text())::matches;
                } catch (ExpressionInvalid invalid) {
                    throw Lexer.invalid(token.at(), String.valueOf(invalid.getMessage()));
                }
            }
            default -> Wildcards.glob(token.text())::matches;
        };
    }

    private Expression operand() throws ExpressionInvalid {
        var token = now();
        if (token.is("!", "not")) {
            at++;
            enter();
            var negated = new Not(operand());
            depth--;
            return negated;
        }
        if (token.isSymbol("(")) {
            at++;
            enter();
            var inner = or();
            depth--;
            if (!now().isSymbol(")")) {
                throw expected("')'");
            }
            at++;
            return inner;
        }
        var operand = switch (token.kind()) {
            case TEXT -> new Literal(token.text());
            case NAME -> new Variable(token.text());
            case NUMBER -> new Literal(number(token));
            case WORD -> word(token);
            case SYMBOL, END -> throw expected("a variable or a value");
        };
        at++;
        return operand;
    }

    private Expression word(Token token) throws ExpressionInvalid {
        var word = token.text().toLowerCase(Locale.ROOT);
        return switch (word) {
            case "true", "false" -> new Literal(word.equals("true"));
            case "null" -> new Literal(null);
            case "and", "or" -> throw expected("a variable or a value");
            default -> {
                if (Operator.of(word) != null) {
                    throw expected("a variable or a value");
                }
                yield new Variable(token.text());
            }
        };
    }

    private static Object number(Token token) throws ExpressionInvalid {
        var text = token.text();
        var digits = text.substring(0, text.length() - 1);
        try {
            return switch (text.charAt(text.length() - 1)) {
                case 'f', 'F' -> Float.valueOf(digits);
                case 'd', 'D' -> Double.valueOf(digits);
                case 'l', 'L' -> Long.valueOf(digits);
                default -> {
                    if (text.indexOf('.') >= 0) {
                        yield Double.valueOf(text);
                    }
                    long value = Long.parseLong(text);
                    // A number that an int can't hold was meant to be long.
                    yield (int) value == value ? (Object) (int) value : (Object) value;
                }
            };
        } catch (NumberFormatException invalid) {
            throw Lexer.invalid(token.at(), "'%s' is no number".formatted(text));
        }
    }

    private void enter() throws ExpressionInvalid {
        if (++depth > DEPTH_MAX) {
            throw Lexer.invalid(now().at(), "it nests deeper than %d levels".formatted(DEPTH_MAX));
        }
    }

    private ExpressionInvalid expected(String what) {
        return Lexer.invalid(now().at(), "expected %s, found %s".formatted(what, now().shown()));
    }
}
