package io.imaint.gateway.expression;

/**
 * A condition of a step, a flow or a rule, such as {@code (proxy.pathsuffix MatchesPath "/orders/**") and (request.verb =
 * "GET")}. It is parsed once and used by many threads.
 *
 * <p>Operators have symbols and words in any case: {@code !}, {@code &&}, {@code ||}, {@code = == != := > >= < <= =|}, and the
 * patterns {@code ~} with {@code *}, {@code ~/} for paths and {@code ~~} for regular expressions, on whose right is a text in
 * double quotes. Names with other characters than letters, digits and {@code . _ - $ @ # :} are in single quotes. A variable
 * alone holds when it is true. Both operands are made alike before they are compared: 404 equals {@code "404"}. A regular
 * expression that takes too much work does not match.
 */
public final class Condition {
    private final String text;
    private final Expression expression;

    private Condition(String text, Expression expression) {
        this.text = text;
        this.expression = expression;
    }

    /**
     * A condition of a text; a blank one always holds.
     *
     * @throws ExpressionInvalid saying what is wrong, at which character, and what was expected
     */
    public static Condition parse(String text) throws ExpressionInvalid {
        return new Condition(text, ConditionParser.parse(text));
    }

    /** Whether it is true now. */
    public boolean test(Variables variables) {
        return expression.test(variables);
    }

    /** The condition as it was written. */
    @Override
    public String toString() {
        return text;
    }
}
