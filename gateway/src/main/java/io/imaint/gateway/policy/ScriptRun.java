package io.imaint.gateway.policy;

import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.GatewayParts;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.RhinoException;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Undefined;

/** One run of the scripts of a policy, on its own thread. Gives why it failed; empty when it did not. */
final class ScriptRun extends ScriptThreads.Run<Optional<String>> {
    /** What a run may print, in characters; more is dropped. */
    private static final int PRINTED_MAX = 10_000;

    /** Characters of an error that a fault repeats. */
    private static final int DETAILS_MAX = 1_000;

    private final Job job;
    private final GatewayParts parts;
    private final FlowContext flow;
    private final StringBuilder printed = new StringBuilder();

    /** What a policy runs. */
    record Job(
            String policy,
            List<CompiledScript> scripts,
            Map<String, String> properties,
            ScriptHttp.Stores stores,
            long millis) {}

    ScriptRun(Job job, GatewayParts parts, FlowContext flow) {
        this.job = job;
        this.parts = parts;
        this.flow = flow;
    }

    /** What the script printed; empty for nothing. */
    Optional<String> printed() {
        return Optional.of(printed.toString()).filter(text -> !text.isEmpty());
    }

    static String late(long millis) {
        return "Javascript runtime exceeded limit of %dms".formatted(millis);
    }

    static String runtimeError(String reason) {
        return "Javascript runtime error: \"%s\"".formatted(reason);
    }

    @Override
    public Optional<String> call() {
        var begun = begin(job.millis);
        try (var context = Sandbox.INSTANCE.enter(begun)) {
            run(context, begun);
            return Optional.empty();
        } catch (ScriptStopped stopped) {
            return Optional.of(stopped.limit() == ScriptStopped.Limit.TIME ? late(job.millis) : memory());
        } catch (RhinoException failed) {
            return Optional.of(
                    runtimeError("%s (%s:%d)".formatted(details(failed), failed.sourceName(), failed.lineNumber())));
        } catch (StackOverflowError deep) {
            return Optional.of(runtimeError("InternalError: too much recursion"));
        } catch (OutOfMemoryError | NegativeArraySizeException large) {
            // One object too large for the heap; what the script had is free again.
            return Optional.of(memory());
        } catch (RuntimeException broken) {
            // Rhino throws others where a script does what it did not expect.
            return Optional.of(
                    runtimeError("InternalError: " + broken.getClass().getSimpleName()));
        } finally {
            begun.end();
        }
    }

    /** A script may throw a long text. */
    private static String details(RhinoException failed) {
        var details = String.valueOf(failed.details());
        return details.length() <= DETAILS_MAX ? details : details.substring(0, DETAILS_MAX) + "…";
    }

    private static String memory() {
        return runtimeError("InternalError: the script needs too much memory");
    }

    private void run(Context context, ScriptLimits begun) {
        var scope = Sandbox.scope(context, job.scripts.stream().anyMatch(CompiledScript::ownBuiltIns));
        var http = new ScriptHttp(scope, parts, flow, begun, job.stores);
        define(scope, http);
        for (var script : job.scripts) {
            script.script().exec(context, scope, scope);
        }
        http.finish(context, scope);
    }

    private void define(Scriptable scope, ScriptHttp http) {
        var messages = new ScriptContext(scope, flow);
        put(scope, "context", messages);
        put(scope, "request", new ScriptMessage(scope, flow.request(), flow));
        put(scope, "response", messages.response());
        put(scope, "httpClient", http);
        put(scope, "Request", new HostFunction(scope, "Request", given -> ScriptMessage.request(scope, given)));
        put(scope, "print", new HostFunction(scope, "print", this::print));
        var properties = Context.getCurrentContext().newObject(scope);
        job.properties.forEach((name, value) -> ScriptableObject.putProperty(properties, name, value));
        put(scope, "properties", properties);
    }

    private static void put(Scriptable scope, String name, @Nullable Object value) {
        scope.put(name, scope, value);
    }

    private Object print(Object[] arguments) {
        for (var argument : arguments) {
            var text = ScriptValues.text(argument) + "\n";
            printed.append(text, 0, Math.min(text.length(), PRINTED_MAX - printed.length()));
        }
        return Undefined.instance;
    }
}
