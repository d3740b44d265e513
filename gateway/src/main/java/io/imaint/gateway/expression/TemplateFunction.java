package io.imaint.gateway.expression;

import io.imaint.gateway.expression.Argument.Scope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A function of templates.
 *
 * @param least arguments that it needs
 * @param most arguments that it takes
 */
record TemplateFunction(String name, int least, int most, Preparation preparation) {
    /** Compiles a call. */
    @FunctionalInterface
    interface Preparation {
        Call of(List<Argument> arguments) throws ExpressionInvalid;
    }

    /** A call of a function; where the arguments make no sense the result is empty. */
    @FunctionalInterface
    interface Call {
        String text(Scope scope) throws UnresolvedVariable;
    }

    /** A function of texts alone. */
    @FunctionalInterface
    interface OfTexts {
        String apply(List<String> arguments);
    }

    private static final Map<String, TemplateFunction> ALL = all();

    private static Map<String, TemplateFunction> all() {
        var all = new HashMap<String, TemplateFunction>();
        for (var some : List.of(HashFunctions.ALL, TextFunctions.ALL, QueryFunctions.ALL, ValueFunctions.ALL)) {
            some.forEach(function -> all.put(function.name, function));
        }
        return Map.copyOf(all);
    }

    /** The function of a name; null for none. */
    static @Nullable TemplateFunction of(String name) {
        return ALL.get(name);
    }

    static TemplateFunction ofTexts(String name, int least, int most, OfTexts function) {
        return new TemplateFunction(name, least, most, arguments -> scope -> function.apply(texts(arguments, scope)));
    }

    private static List<String> texts(List<Argument> arguments, Scope scope) throws UnresolvedVariable {
        var texts = new ArrayList<String>(arguments.size());
        for (var argument : arguments) {
            texts.add(scope.text(argument));
        }
        return texts;
    }

    Call call(List<Argument> arguments) throws ExpressionInvalid {
        if (arguments.size() < least || arguments.size() > most) {
            throw new ExpressionInvalid("%s takes %s, not %d"
                    .formatted(
                            name,
                            least == most ? least + " arguments" : least + " to " + most + " arguments",
                            arguments.size()));
        }
        return preparation.of(List.copyOf(arguments));
    }
}
