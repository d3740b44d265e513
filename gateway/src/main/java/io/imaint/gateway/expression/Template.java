package io.imaint.gateway.expression;

import io.imaint.gateway.expression.Argument.Scope;
import io.imaint.gateway.expression.Argument.Text;
import io.imaint.gateway.expression.TemplateParser.Piece;
import java.security.SecureRandom;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A text with variables and functions in it, such as {@code Bearer {token}} or <code>{toLowerCase(user.name:nobody)}</code>. It
 * is parsed once and used by many threads.
 *
 * <p>A variable is a name of letters, digits and {@code . _ - $} between the marks, perhaps with a colon and a default behind
 * it. Arguments of functions are variables, numbers, or texts in single quotes. Everything else between marks, such as the
 * braces of JSON, stays as it is.
 */
public final class Template {
    /** For identifiers and numbers that nobody can guess. */
    private static final RandomGenerator RANDOM = new SecureRandom();

    /** What a variable adds to the length of a text, about. */
    private static final int VALUE_LENGTH = 32;

    private final String text;
    private final List<Piece> pieces;

    private Template(String text, List<Piece> pieces) {
        this.text = text;
        this.pieces = pieces;
    }

    /** A text without variables. */
    public static Template constant(String text) {
        return new Template(text, List.of(new Piece.Plain(new Text(text))));
    }

    /** A template with variables between braces. */
    public static Template parse(String text) throws ExpressionInvalid {
        return parse(text, "{", "}");
    }

    /**
     * A template whose variables are between other marks, such as {@code @} and {@code #}.
     *
     * @throws ExpressionInvalid when a known function is called in a wrong way, saying at which character
     */
    public static Template parse(String text, String prefix, String suffix) throws ExpressionInvalid {
        var pieces = TemplateParser.parse(text, prefix, suffix);
        boolean constant = pieces.stream().allMatch(piece -> piece instanceof Piece.Plain(Text _));
        return constant ? constant(text) : new Template(text, pieces);
    }

    /**
     * The text with all values in it. A function whose arguments make no sense gives an empty text.
     *
     * @param ignoreUnresolved whether a variable without value becomes nothing
     * @throws UnresolvedVariable otherwise, when a variable without default has no value
     */
    public String render(Variables variables, boolean ignoreUnresolved) throws UnresolvedVariable {
        return render(variables, ignoreUnresolved, RANDOM);
    }

    /** The text with all values in it, and random numbers from a given source. */
    String render(Variables variables, boolean ignoreUnresolved, RandomGenerator random) throws UnresolvedVariable {
        if (isConstant()) {
            return text;
        }
        var scope = new Scope(variables, ignoreUnresolved, random);
        if (pieces.size() == 1) {
            return value(pieces.getFirst(), scope);
        }
        var rendered = new StringBuilder(text.length() + VALUE_LENGTH * pieces.size());
        for (int i = 0; i < pieces.size(); i++) {
            rendered.append(value(pieces.get(i), scope));
        }
        return rendered.toString();
    }

    private static String value(Piece piece, Scope scope) throws UnresolvedVariable {
        return switch (piece) {
            case Piece.Plain(var argument) -> scope.text(argument);
            case Piece.Called(var call) -> call.text(scope);
        };
    }

    /** Whether it is a text without variables. */
    public boolean isConstant() {
        return pieces.size() == 1 && pieces.getFirst() instanceof Piece.Plain(Text _);
    }

    /** The template as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
