package io.imaint.gateway.expression;

/** A template names a variable that has no value. */
public final class UnresolvedVariable extends Exception {
    private static final long serialVersionUID = 1;

    private final String variable;

    public UnresolvedVariable(String variable) {
        super(variable, null, false, false);
        this.variable = variable;
    }

    /** Its name. */
    public String variable() {
        return variable;
    }
}
