package io.imaint.gateway.flow;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The variables that say where, when and by whom; all but a few are only read. */
final class SystemVariables {
    private static final Map<String, Function<FlowContext, @Nullable Object>> READERS = readers();

    /** Those that policies may set as well; what they set holds. */
    private static final Set<String> CHANGED = Set.of(
            "target.url",
            "target.copy.pathsuffix",
            "target.copy.queryparams",
            "target.host",
            "target.port",
            "target.scheme",
            "target.basepath");

    private SystemVariables() {}

    static @Nullable Object read(FlowContext context, String name) {
        var reader = READERS.get(name);
        return reader == null ? null : reader.apply(context);
    }

    static boolean isReadOnly(String name) {
        return READERS.containsKey(name) && !CHANGED.contains(name);
    }

    private static Map<String, Function<FlowContext, @Nullable Object>> readers() {
        var readers = new HashMap<String, Function<FlowContext, @Nullable Object>>();
        readers.put("client.ip", context -> context.client().address().getHostAddress());
        readers.put("proxy.client.ip", context -> context.client().address().getHostAddress());
        readers.put("client.host", context -> context.client().host());
        readers.put("client.port", context -> context.client().port());
        readers.put("client.scheme", context -> context.client().scheme());
        readers.put("client.ssl.enabled", context -> context.client().tls().isPresent());
        readers.put("virtualhost.ssl.enabled", context -> context.client().tls().isPresent());
        readers.put("virtualhost.name", context -> "default");
        readers.put(
                "client.received.start.timestamp", context -> context.state().receivedAt());
        readers.put("client.received.end.timestamp", context -> context.state().receivedAt());
        readers.put("proxy.name", context -> context.place().endpoint());
        readers.put("proxy.basepath", context -> context.place().basePath());
        readers.put("proxy.pathsuffix", context -> context.place().suffix());
        readers.put("proxy.url", context -> context.place().url());
        readers.put("request.url", context -> context.place().url());
        readers.put("proxy.flow.name", context -> context.state().proxyFlow());
        readers.put("target.flow.name", context -> context.state().targetFlow());
        readers.put("current.flow.name", context -> context.state().flow());
        readers.put("route.name", context -> context.state().route());
        readers.put("route.target", context -> context.state().target());
        readers.put("target.name", context -> context.state().target());
        readers.put(
                "target.sent.start.timestamp", context -> stamp(context.state().sentToTargetAt()));
        readers.put(
                "target.sent.end.timestamp", context -> stamp(context.state().sentToTargetAt()));
        readers.put(
                "target.received.start.timestamp",
                context -> stamp(context.state().receivedFromTargetAt()));
        readers.put(
                "target.received.end.timestamp",
                context -> stamp(context.state().receivedFromTargetAt()));
        readers.put("apiproxy.name", context -> context.place().proxy());
        readers.put("apigee.apiproduct.name", context -> context.noted().get("apiproduct.name"));
        readers.put("apigee.developer.app.name", context -> context.noted().get("developer.app.name"));
        readers.put("apiproxy.revision", context -> context.place().revision());
        readers.put("organization.name", context -> "default");
        readers.put("environment.name", context -> "default");
        readers.put("is.error", context -> context.state().isError());
        readers.put("system.uuid", context -> UUID.randomUUID().toString());
        readers.put("system.region.name", context -> "default");
        readers.put("target.copy.pathsuffix", context -> true);
        readers.put("target.copy.queryparams", context -> true);
        SystemTime.READERS.forEach((name, reader) -> readers.put(
                name, context -> reader.apply(context.state().clock().instant())));
        ClientTls.READERS.forEach((name, reader) ->
                readers.put(name, context -> context.client().tls().map(reader).orElse(null)));
        return Map.copyOf(readers);
    }

    private static @Nullable Object stamp(long millis) {
        return millis == 0 ? null : millis;
    }
}
