package io.imaint.gateway.expression;

/** A condition or a template that can't be understood. The message says what and at which character. */
public final class ExpressionInvalid extends Exception {
    private static final long serialVersionUID = 1;

    public ExpressionInvalid(String message) {
        super(message);
    }
}
