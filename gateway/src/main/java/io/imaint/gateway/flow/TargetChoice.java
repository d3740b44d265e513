package io.imaint.gateway.flow;

import io.imaint.gateway.registry.ApiProvider;
import io.imaint.gateway.registry.Registry;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides where a request goes: to the URL or to one of the providers in turn, without those whose circuit breaker is open.
 *
 * <p>A breaker opens after {@value #FAILURES_MAX} failures within ten seconds in which nothing succeeded; five seconds later one request probes.
 */
final class TargetChoice {
    private static final int FAILURES_MAX = 5;
    private static final long WINDOW_NANOS = Duration.ofSeconds(10).toNanos();
    private static final long OPEN_NANOS = Duration.ofSeconds(5).toNanos();

    /** Origins that are remembered; a proxy that makes up targets does not fill the memory. */
    private static final int BREAKERS_MAX = 1_000;

    private final Registry registry;
    private final LongSupplier nanoTime;
    private final Map<String, Breaker> breakers = new ConcurrentHashMap<>();

    TargetChoice(Registry registry, LongSupplier nanoTime) {
        this.registry = registry;
        this.nanoTime = nanoTime;
    }

    /** A request to one of the possible targets, and those that may be tried after it. */
    record Attempt(TargetCall call, List<TargetCall> others) {}

    private static final class Breaker {
        private int failures;
        private long firstFailure;
        private long openUntil;
        private boolean open;

        /** Whether a request may go; of those that come after the pause, one. */
        synchronized boolean admits(long now) {
            if (!open) {
                return true;
            }
            if (now - openUntil < 0) {
                return false;
            }
            openUntil = now + OPEN_NANOS;
            return true;
        }

        synchronized void failed(long now) {
            if (failures == 0 || now - firstFailure > WINDOW_NANOS) {
                failures = 0;
                firstFailure = now;
            }
            failures++;
            if (failures >= FAILURES_MAX) {
                open = true;
                openUntil = now + OPEN_NANOS;
            }
        }

        synchronized void succeeded() {
            failures = 0;
            open = false;
        }
    }

    /** The first attempt of a request. */
    Attempt first(TargetPlan target, EndpointPlan endpoint, FlowContext context, Exchange exchange) throws Fault {
        boolean streamed = !exchange.inMemory() && (endpoint.streamsResponse() || target.streamsResponse());
        var calls = calls(target, context, streamed);
        long now = nanoTime.getAsLong();
        for (int i = 0; i < calls.size(); i++) {
            var breaker = breakers.get(calls.get(i).origin());
            if (breaker == null || breaker.admits(now)) {
                return new Attempt(
                        calls.get(i).until(exchange::isAbandoned),
                        target.retry() ? calls.subList(i + 1, calls.size()) : List.of());
            }
        }
        throw new Fault(
                503, "messaging.adaptors.http.flow.ServiceUnavailable", "The Service is temporarily unavailable");
    }

    void succeeded(@Nullable Attempt attempt) {
        var breaker = attempt == null ? null : breakers.get(attempt.call.origin());
        if (breaker != null) {
            breaker.succeeded();
        }
    }

    /** The attempt after a failed one; null when there is none. A request that may have arrived is not sent again. */
    @Nullable
    Attempt next(@Nullable Attempt failed, TargetFailure failure) {
        if (failed == null) {
            return null;
        }
        switch (failure.kind()) {
            case ABANDONED -> {
                return null; // It says nothing of the target.
            }
            case NO_CONNECTOR -> {
                // Known without asking, so there is nothing that a breaker would spare.
            }
            case UNREACHABLE -> countFailure(failed);
            case BROKEN, TIMEOUT, WRITE_TIMEOUT, TOO_LARGE, INVALID -> {
                countFailure(failed);
                return null;
            }
        }
        if (failed.others.isEmpty()) {
            return null;
        }
        var next = failed.others.getFirst().until(failed.call.abandoned());
        return new Attempt(next, failed.others.subList(1, failed.others.size()));
    }

    private void countFailure(Attempt failed) {
        var origin = failed.call.origin();
        if (breakers.size() < BREAKERS_MAX || breakers.containsKey(origin)) {
            breakers.computeIfAbsent(origin, name -> new Breaker()).failed(nanoTime.getAsLong());
        }
    }

    private List<TargetCall> calls(TargetPlan target, FlowContext context, boolean streamed) throws Fault {
        var changed = context.text("target.url");
        if (changed != null || target.providers().isEmpty()) {
            return List.of(toUrl(changed == null ? target.url() + target.path() : changed, target, context, streamed));
        }
        var request = outgoing(target.path(), null, context);
        var calls = new ArrayList<TargetCall>(target.providers().size());
        int turn = target.turn().getAndIncrement();
        for (int i = 0; i < target.providers().size(); i++) {
            var name = target.providers()
                    .get(Math.floorMod(turn + i, target.providers().size()));
            var provider = registry.provider(name).orElse(null);
            if (provider != null) {
                calls.add(toProvider(provider, target, request, streamed).within(context.state()));
            }
        }
        if (calls.isEmpty()) {
            throw new Fault(
                    500,
                    "messaging.runtime.ProviderNotFound",
                    "API provider %s is missing".formatted(target.providers()));
        }
        return calls;
    }

    private static TargetCall toUrl(String url, TargetPlan target, FlowContext context, boolean streamed) throws Fault {
        URI parsed;
        try {
            parsed = URI.create(url);
        } catch (IllegalArgumentException invalid) {
            throw invalidUrl(url);
        }
        var scheme = parsed.getScheme() == null ? "" : parsed.getScheme().toLowerCase(Locale.ROOT);
        if (parsed.getRawAuthority() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            throw invalidUrl(url);
        }
        var path = parsed.getRawPath().replaceAll("/+$", "");
        var request = outgoing(path, parsed.getRawQuery(), context);
        return new TargetCall(
                        scheme + "://" + parsed.getRawAuthority(),
                        null,
                        request,
                        target.connectTimeout(),
                        target.readTimeout(),
                        streamed,
                        "",
                        "")
                .within(context.state());
    }

    private static Fault invalidUrl(String url) {
        return new Fault(
                500, "messaging.adaptors.http.flow.InvalidTargetURL", "The target URL %s is invalid".formatted(url));
    }

    private static TargetCall toProvider(ApiProvider provider, TargetPlan target, Message request, boolean streamed) {
        return new TargetCall(
                provider.origin(),
                provider.onPremise() ? provider.locationId() : null,
                request,
                target.connectTimeout(),
                target.readTimeout(),
                streamed,
                provider.trustStore(),
                provider.keyStore());
    }

    /** The client's request with the target's path. */
    private static Message outgoing(String base, @Nullable String query, FlowContext context) {
        var request = context.request();
        var path = base
                + (copies(context, "target.copy.pathsuffix") ? context.place().suffix() : "");
        request.path(path.isEmpty() ? "/" : path);
        var asked = copies(context, "target.copy.queryparams") ? request.query() : "";
        request.query(query == null || query.isEmpty() ? asked : asked.isEmpty() ? query : query + "&" + asked);
        forwarded(request, context);
        return request;
    }

    private static void forwarded(Message request, FlowContext context) {
        var headers = request.headers();
        var client = context.client();
        var peer = client.peer().getHostAddress();
        var before = headers.contains("X-Forwarded-For")
                ? String.join(", ", headers.lines().getAll("X-Forwarded-For")) + ", "
                : "";
        headers.set("X-Forwarded-For", before + peer);
        if (!client.proxied() || !headers.contains("X-Forwarded-Proto")) {
            headers.set("X-Forwarded-Proto", client.scheme());
        }
        if (!client.proxied() || !headers.contains("X-Forwarded-Port")) {
            headers.set("X-Forwarded-Port", String.valueOf(client.localPort()));
        }
    }

    private static boolean copies(FlowContext context, String variable) {
        var value = context.get(variable);
        return value == null || !"false".equalsIgnoreCase(Texts.of(value));
    }
}
