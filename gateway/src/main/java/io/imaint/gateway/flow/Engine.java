package io.imaint.gateway.flow;

import io.imaint.gateway.registry.Registry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

/** Runs the deployed proxies. A deployment replaces a plan at once; requests that have begun end with the plan that they have. */
public final class Engine implements ExchangeHandler, LocalProxies {
    private final AtomicReference<ProxyTable> table = new AtomicReference<>(ProxyTable.EMPTY);
    private final String process = UUID.randomUUID().toString().substring(0, 8);
    private final AtomicLong requests = new AtomicLong();
    private final InstantSource clock;
    private final Duration limit;
    private final Execution.Surroundings around;

    /**
     * @param workers run what may wait, each task on a thread of its own
     * @param limit how long an exchange may take until its answer begins, callouts and other proxies included
     */
    public Engine(
            Registry registry,
            Targets targets,
            Executor workers,
            FlowObserver observer,
            InstantSource clock,
            Duration limit) {
        this.clock = clock;
        this.limit = limit;
        this.around =
                new Execution.Surroundings(targets, new TargetChoice(registry, System::nanoTime), workers, observer);
    }

    /**
     * Serves a revision from now on.
     *
     * @return the proxy that serves one of its base paths already, in which case nothing changes; empty when it is deployed
     */
    public Optional<String> deploy(ProxyPlan plan) {
        while (true) {
            var present = table.get();
            var taken = present.taken(plan);
            if (taken.isPresent()) {
                return taken;
            }
            if (table.compareAndSet(present, present.with(plan))) {
                return Optional.empty();
            }
        }
    }

    /** Stops to serve a proxy. */
    public void undeploy(String proxy) {
        UnaryOperator<ProxyTable> without = present -> present.without(proxy);
        table.updateAndGet(without);
    }

    /**
     * Serves revisions and stops to serve other proxies, from one request to the next.
     *
     * @return the proxies of which nothing changes, each with the proxy that serves one of their base paths
     */
    public Map<String, String> replace(List<ProxyPlan> starting, Set<String> stopping) {
        var refused = new HashMap<String, String>();
        table.updateAndGet(present -> {
            refused.clear();
            return present.with(starting, stopping, refused);
        });
        return Map.copyOf(refused);
    }

    /** The plan that serves a proxy now. */
    public Optional<ProxyPlan> deployed(String proxy) {
        return table.get().plan(proxy);
    }

    public List<ProxyPlan> deployed() {
        return table.get().plans();
    }

    /** The proxy that serves a path. */
    public Optional<String> proxyAt(String path) {
        return Optional.ofNullable(table.get().find(path))
                .map(found -> found.plan().name());
    }

    @Override
    public boolean streams(Message head) {
        var found = table.get().find(head.path());
        return found != null && found.endpoint().streamsRequest();
    }

    @Override
    public void handle(Exchange exchange) {
        var request = exchange.request();
        var found = table.get().find(request.path());
        if (found == null) {
            exchange.respond(FaultMessages.of(unknown(request), request), () -> {});
            return;
        }
        if (request.bytes().length > 0 && !request.hasKnownCharset()) {
            exchange.respond(FaultMessages.of(unreadable(), request), () -> {});
            return;
        }
        // A body that passes by takes as long as its client needs; the wire sees to it that it goes on.
        boolean streamed = request.body() instanceof Body.Streamed;
        run(exchange, found, CallChain.of(found.plan().name(), streamed ? CallChain.UNLIMITED : limit));
    }

    private void run(Exchange exchange, ProxyTable.Found found, CallChain chain) {
        var request = exchange.request();
        var client = exchange.client();
        var plan = found.plan();
        var host = request.headers().line("host");
        var url = client.scheme() + "://" + (host == null ? client.host() : host) + request.uri();
        var context = new FlowContext(
                new FlowContext.Place(
                        plan.name(),
                        String.valueOf(plan.revision()),
                        found.endpoint().name(),
                        found.endpoint().basePath(),
                        found.suffix(),
                        url),
                client,
                request,
                new FlowState(clock, process + "-" + requests.incrementAndGet(), chain));
        new Execution(around, exchange, plan, found.endpoint(), context).run();
    }

    /** Policies would check another text than the target reads. */
    private static Fault unreadable() {
        return new Fault(
                415,
                "messaging.runtime.UnsupportedCharset",
                "The charset of the request is none of UTF-8, US-ASCII, ISO-8859-1, windows-1252 and UTF-16");
    }

    private static Fault unknown(Message request) {
        return new Fault(
                404,
                "messaging.adaptors.http.flow.ApplicationNotFound",
                "Unable to identify proxy for host: default and url: " + request.path());
    }

    @Override
    public Message call(Message request, FlowContext caller, Duration timeout) throws Fault {
        try {
            request.path(RequestPath.normalized(request.path()));
        } catch (RequestPath.Ambiguous ambiguous) { // Policies make paths of what clients send.
            throw new Fault(400, "protocol.http.BadRequest", ambiguous.reason());
        }
        var found = table.get().find(request.path());
        if (found == null) {
            return FaultMessages.of(unknown(request), request);
        }
        var calling = caller.state().chain();
        var chain = calling.calling(found.plan().name(), timeout);
        var exchange = new LocalExchange(request, caller.client());
        run(exchange, found, chain);
        var answer = answer(exchange, chain);
        calling.check(chain, answer);
        return answer;
    }

    private static Message answer(LocalExchange exchange, CallChain chain) throws Fault {
        try {
            return exchange.await(Duration.ofNanos(chain.nanosLeft()));
        } catch (TimeoutException late) {
            throw TargetFaults.late();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new Fault(503, "messaging.adaptors.http.flow.ServiceUnavailable", "the gateway stops");
        }
    }

    @Override
    public Optional<String> basePath(String proxy, String endpoint) {
        return table.get()
                .plan(proxy)
                .flatMap(plan -> plan.endpoints().stream()
                        .filter(one -> endpoint.isEmpty() || one.name().equals(endpoint))
                        .findFirst())
                .map(EndpointPlan::basePath);
    }
}
