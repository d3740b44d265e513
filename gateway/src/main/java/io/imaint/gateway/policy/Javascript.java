package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.GatewayParts;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import io.imaint.gateway.model.Resource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * Runs a script.
 *
 * <p>Assumptions, where documents say nothing: time in which a script waits for HTTP is not part of its own, and callbacks are called
 * before the flow goes on.
 */
final class Javascript implements Policy {
    static final PolicyType TYPE = new PolicyType("Javascript", "javascript", Javascript::compile);

    /** What holds where the file gives no time, in milliseconds, as documented. */
    private static final long TIME = 200;

    /** The longest time that a file may give: a minute, as long as clients wait. */
    private static final long TIME_MAX = 60_000;

    private final String policy;
    private final GatewayParts parts;
    private final long millis;
    private final List<CompiledScript> scripts;
    private final Map<String, String> properties;
    private final ScriptHttp.Stores stores;

    private Javascript(PolicyReader reader) {
        policy = reader.policy();
        parts = reader.parts();
        millis = time(reader);
        scripts = scripts(reader);
        properties = new LinkedHashMap<>();
        reader.one("Properties").stream()
                .flatMap(one -> one.all("Property").stream())
                .forEach(one -> properties.put(
                        one.attribute("name").orElse(""), one.text().orElse("")));
        var tls = reader.one("SSLInfo");
        tls.ifPresent(one -> {
            one.flag("Enabled", true);
            one.flag("ClientAuthEnabled", false);
            one.text("KeyAlias");
        });
        stores = new ScriptHttp.Stores(
                tls.flatMap(one -> one.text("TrustStore")).orElse(""),
                tls.flatMap(one -> one.text("KeyStore")).orElse(""));
    }

    private static Policy compile(PolicyReader reader) {
        return new Javascript(reader);
    }

    private static long time(PolicyReader reader) {
        var text = reader.attribute("timeLimit").orElse(Long.toString(TIME));
        if (text.matches("[1-9]\\d{0,8}")) {
            return Math.min(TIME_MAX, Long.parseLong(text));
        }
        reader.error("timeLimit must be a number of milliseconds, not '%s'".formatted(text));
        return TIME;
    }

    private static List<CompiledScript> scripts(PolicyReader reader) {
        var resources = new ArrayList<Resource>();
        Stream.of("IncludeURL", "ResourceURL")
                .flatMap(child -> reader.all(child).stream())
                .forEach(one -> one.text().flatMap(one::resourceAt).ifPresent(resources::add));
        reader.text("Source").ifPresent(text -> resources.add(new Resource("jsc", reader.policy(), "", text)));
        if (reader.text("ResourceURL").isEmpty() && reader.text("Source").isEmpty()) {
            reader.error("<ResourceURL> is missing; name the script, such as jsc://a.js");
        }
        return resources.stream().flatMap(one -> script(reader, one)).toList();
    }

    private static Stream<CompiledScript> script(PolicyReader reader, Resource resource) {
        if (resource.text().length() > ScriptLimits.SCRIPT_MAX) {
            reader.error("'%s' has more than %d characters".formatted(resource.name(), ScriptLimits.SCRIPT_MAX));
            return Stream.empty();
        }
        try {
            return Stream.of(CompiledScript.of(resource.name(), resource.text()));
        } catch (CompiledScript.Invalid invalid) {
            reader.error("'%s' is no script: %s".formatted(resource.name(), invalid.getMessage()));
            return Stream.empty();
        }
    }

    @Override
    public void execute(FlowContext context) throws Fault {
        context.mayWait();
        var run = new ScriptRun(new ScriptRun.Job(policy, scripts, properties, stores, millis), parts, context);
        try {
            var failure = ScriptThreads.run(
                    context.place().proxy(), run, context.state().within(ScriptThreads.QUEUE_TIME_MAX));
            run.printed().ifPresent(text -> context.note("javascript.%s.print".formatted(policy), text));
            if (failure.isPresent()) {
                throw failed(failure.get());
            }
        } catch (ScriptStopped stopped) {
            throw failed(
                    stopped.limit() == ScriptStopped.Limit.QUEUE
                            ? ScriptRun.runtimeError("InternalError: too many scripts of the proxy run or wait")
                            : ScriptRun.late(millis));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw failed("the gateway stops");
        } catch (ExecutionException broken) {
            throw failed(ScriptRun.runtimeError("InternalError: " + broken.getCause()));
        }
    }

    private Fault failed(String reason) {
        return new Fault(
                500,
                "steps.javascript.ScriptExecutionFailed",
                "Execution of %s failed with error: %s".formatted(policy, reason));
    }
}
