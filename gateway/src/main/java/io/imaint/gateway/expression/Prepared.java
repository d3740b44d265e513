package io.imaint.gateway.expression;

import io.imaint.gateway.expression.Argument.Scope;
import io.imaint.gateway.expression.Argument.Text;
import org.jspecify.annotations.Nullable;

/**
 * An argument that is compiled, such as a regular expression. A literal is compiled with the template, the value of a variable
 * when it has changed since the last rendering.
 */
final class Prepared<T> {
    /** Compiles a text. */
    @FunctionalInterface
    interface Compiler<T> {
        T compile(String text) throws ExpressionInvalid;
    }

    private record Last<T>(String text, T compiled) {}

    private final Argument argument;
    private final Compiler<T> compiler;
    private volatile @Nullable Last<T> last;

    Prepared(Argument argument, Compiler<T> compiler) throws ExpressionInvalid {
        this.argument = argument;
        this.compiler = compiler;
        if (argument instanceof Text(var text)) {
            last = new Last<>(text, compiler.compile(text));
        }
    }

    /** The compiled value; null when the text of a variable can't be compiled. */
    @Nullable
    T in(Scope scope) throws UnresolvedVariable {
        var text = scope.text(argument);
        var known = last;
        if (known != null && known.text.equals(text)) {
            return known.compiled;
        }
        try {
            var compiled = compiler.compile(text);
            last = new Last<>(text, compiled);
            return compiled;
        } catch (ExpressionInvalid invalid) {
            return null;
        }
    }
}
