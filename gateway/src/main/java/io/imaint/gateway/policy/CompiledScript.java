package io.imaint.gateway.policy;

import java.util.regex.Pattern;
import org.mozilla.javascript.CompilerEnvirons;
import org.mozilla.javascript.EvaluatorException;
import org.mozilla.javascript.Script;

/**
 * A script that is ready to run; any number of threads may run it.
 *
 * @param ownBuiltIns whether each run needs built-in objects of its own
 */
record CompiledScript(String name, Script script, boolean ownBuiltIns) {
    /** How long reading a script may take, in milliseconds; the largest take some seconds. */
    private static final long COMPILE_MAX = 30_000;

    /** What may change a built-in object, such as {@code String.prototype.trim = …}, or use XML by name. */
    private static final Pattern OWN =
            Pattern.compile("\\b(?:Object|Function|Array|String|Boolean|Number|Date|RegExp|Math|JSON|\\w*Error)\\s*"
                    + "(?:\\.\\s*prototype\\b|\\[|\\.\\s*\\w+\\s*=[^=])"
                    + "|\\b(?:__proto__|XML|XMLList|Namespace|QName|isXMLName|asXML|xml)\\b");

    /** A script that can't be read; the message says why and where. */
    static final class Invalid extends Exception {
        private static final long serialVersionUID = 1;

        Invalid(String reason) {
            super(reason);
        }
    }

    static CompiledScript of(String name, String text) throws Invalid {
        try (var context = Sandbox.INSTANCE.enter(new ScriptLimits(COMPILE_MAX))) {
            var environment = new CompilerEnvirons();
            environment.initFromContext(context);
            var bounded = BoundedSource.of(text, name, environment);
            return new CompiledScript(
                    name,
                    context.compileString(bounded.text(), name, 1, null),
                    bounded.usesXml() || OWN.matcher(text).find());
        } catch (EvaluatorException invalid) {
            throw new Invalid("%s (%s:%d)".formatted(invalid.details(), name, invalid.lineNumber()));
        } catch (StackOverflowError deep) {
            throw new Invalid("it is nested too deeply");
        }
    }
}
