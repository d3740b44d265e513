package io.imaint.integration.inbound;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Status;
import io.imaint.integration.load.InboundLoads;
import io.imaint.integration.load.LoadListener;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.InboundProblem;
import io.imaint.integration.state.LoadOptions;
import io.imaint.integration.state.RunResult;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.service.Readiness;
import io.imaint.kernel.telemetry.FailureLog;
import io.imaint.kernel.telemetry.Metered;
import io.imaint.store.StoreProblem;
import io.micrometer.core.instrument.MeterRegistry;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The running inbound service. At start it loads, in the background, what was never loaded whole; with everything
 * loaded it does not call SAP at all.
 */
public final class Inbound implements AutoCloseable, Readiness.Reporting, Routed, Metered {
    private static final System.Logger LOG = System.getLogger(Inbound.class.getName());

    /** Soon enough after another runner ends, rare enough to cost nothing. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);

    /** Retry interval while SAP is down; unlimited. */
    private static final Duration TRY_AGAIN = Duration.ofMinutes(1);

    /** The first and the longest wait while the store fails: it is ours, and a retry costs SAP nothing. */
    private static final Duration STORE_BACK_OFF_MIN = Duration.ofSeconds(1);

    private static final Duration STORE_BACK_OFF_MAX = Duration.ofSeconds(30);

    private final InboundLoads loads;
    private final LoadOptions options;
    private final InboundRoutes routes;
    private final Cancellation cancellation = new Cancellation();
    private final Map<String, LoadListener.Progress> progress = new ConcurrentHashMap<>();
    private final List<LoadListener> listeners = new CopyOnWriteArrayList<>();
    private final CompletableFuture<List<RunResult>> firstLoad = new CompletableFuture<>();
    private final FailureLog waiting = new FailureLog(LOG);
    private final Thread thread;

    private Inbound(InboundLoads loads, LoadOptions options, InboundRoutes routes) {
        this.loads = loads;
        this.routes = routes;
        this.options = options;
        this.thread = Thread.ofVirtual().name("inbound-first-load").unstarted(this::loadFirst);
    }

    /**
     * Starts the first load in the background where one is due.
     *
     * @throws Failure {@link InboundProblem#SYSTEM_CHANGED} when the store holds another system's data
     */
    static Inbound start(InboundLoads loads, LoadOptions options, InboundRoutes routes) {
        loads.requireSameSystem();
        var inbound = new Inbound(loads, options, routes);
        inbound.listen(routes);
        inbound.thread.start();
        return inbound;
    }

    /** The loads, for commands; while the first load runs, its integrations are running elsewhere for them. */
    public InboundLoads loads() {
        return loads;
    }

    @Override
    public List<Route> routes() {
        return routes.routes();
    }

    @Override
    public void bindTo(MeterRegistry meters) {
        routes.bindTo(meters);
    }

    /** Lets a terminal follow the first load from now on. */
    public void listen(LoadListener listener) {
        listeners.add(listener);
    }

    /**
     * Waits until everything is loaded, or cannot be for now; returns what became of each integration that was due, and
     * nothing when none was.
     */
    public List<RunResult> awaitFirstLoad() {
        return firstLoad.join();
    }

    /** Ready once every active integration has been loaded whole, by whichever process. */
    @Override
    public Readiness readiness() {
        var active = active();
        var missing = active.stream()
                .filter(integration -> !loads.state(integration.name()).loaded())
                .toList();
        if (missing.isEmpty()) {
            return Readiness.READY;
        }
        var parts = new ArrayList<String>();
        for (var integration : missing) {
            if (integration.status() == Status.RUNNING) {
                progress.values().stream()
                        .filter(current -> current.integration().equals(integration.name()))
                        .map(LoadListener.Progress::line)
                        .sorted()
                        .forEach(parts::add);
            }
        }
        for (var integration : missing) {
            var error = loads.state(integration.name()).health().lastError();
            if (integration.status() == Status.FAILED && error != null) {
                parts.add(integration.name() + " failed: " + error.line());
            }
        }
        int reached = Math.min(active.size() - missing.size() + 1, active.size());
        var counted = "loading %d of %d".formatted(reached, active.size());
        return Readiness.notReady(parts.isEmpty() ? counted : counted + ": " + String.join("; ", parts));
    }

    private void loadFirst() {
        try {
            var halted = new HashSet<String>(); // What somebody stopped or must mend is for somebody to start.
            var due = patiently(this::due);
            List<RunResult> results = List.of();
            int outages = 0; // Rounds in a row in which nothing but the store failed.
            while (!due.isEmpty() && !cancellation.requested()) {
                var names = due;
                results = patiently(() -> loads.complete(names, new Followers(), cancellation));
                boolean open = loads.sap().open(); // A user that SAP refused is no fault of an integration.
                results.stream()
                        .filter(result -> open ? halts(result) : result instanceof RunResult.Cancelled)
                        .map(RunResult::name)
                        .forEach(halted::add);
                due = patiently(this::due).stream()
                        .filter(name -> !halted.contains(name))
                        .toList();
                if (due.isEmpty() || cancellation.requested()) {
                    break;
                }
                if (!open) {
                    firstLoad.complete(results);
                    awaitSap();
                    continue;
                }
                if (!halted.isEmpty() && results.stream().noneMatch(Inbound::mayGoOn)) {
                    break; // What is left waits for what was halted.
                }
                boolean failed = failures(results).findAny().isPresent();
                outages = failed && failures(results).allMatch(Inbound::storeAway) ? outages + 1 : 0;
                if (outages > 0) { // Whoever waits goes on waiting; a store comes back within seconds or minutes.
                    options.pause().accept(cancellation, backOff(outages));
                } else if (failed) {
                    firstLoad.complete(results); // Whoever waits should hear of the failure now.
                    options.pause().accept(cancellation, TRY_AGAIN);
                } else {
                    options.pause().accept(cancellation, LOOK_AGAIN);
                }
            }
            firstLoad.complete(results);
        } catch (Cancellation.Requested ignored) {
            firstLoad.complete(List.of());
        } catch (RuntimeException | Error failed) {
            LOG.log(Level.ERROR, "the first load ended", failed);
            firstLoad.completeExceptionally(failed);
        }
    }

    /** Retries what may pass; whoever waits for the first load gets the failure at once, unless the store is away. */
    private <R> R patiently(Supplier<R> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                var done = work.get();
                waiting.succeeded("the first load goes on");
                return done;
            } catch (Failure failed) {
                if (!mayPass(failed)) {
                    throw failed;
                }
                waiting.failed("the first load waits", failed);
                if (!storeAway(failed)) {
                    firstLoad.completeExceptionally(failed);
                }
                options.pause().accept(cancellation, storeAway(failed) ? backOff(attempt) : TRY_AGAIN);
            }
        }
    }

    /** Whether the store cannot be reached for now, or was so long that leases ran out; a full disk is for a person. */
    private static boolean storeAway(Failure failure) {
        return failure.code() instanceof StoreProblem && mayPass(failure) && failure.code() != StoreProblem.STORE_FULL;
    }

    private static Duration backOff(int attempt) {
        var wait = STORE_BACK_OFF_MIN.multipliedBy(1L << Math.min(attempt - 1, 10));
        return wait.compareTo(STORE_BACK_OFF_MAX) < 0 ? wait : STORE_BACK_OFF_MAX;
    }

    private static boolean halts(RunResult result) {
        return result instanceof RunResult.Cancelled
                || (result instanceof RunResult.Failed failed && !mayPass(failed.failure()));
    }

    private static boolean mayGoOn(RunResult result) {
        return switch (result) {
            case RunResult.Done ignored -> true;
            case RunResult.Failed failed -> mayPass(failed.failure());
            case RunResult.RunningElsewhere ignored -> true;
            case RunResult.Postponed ignored -> false;
        };
    }

    /** Waits until somebody has opened the way to SAP again, which refused the user. */
    private void awaitSap() {
        while (!loads.sap().open()) {
            options.pause().accept(cancellation, LOOK_AGAIN);
        }
    }

    private static Stream<Failure> failures(List<RunResult> results) {
        return results.stream()
                .filter(RunResult.Failed.class::isInstance)
                .map(result -> ((RunResult.Failed) result).failure());
    }

    private static boolean mayPass(Failure failure) {
        return failure.code().retryable();
    }

    private List<Integration> active() {
        return loads.integrations().stream()
                .filter(integration -> integration.status() != Status.NOT_ACTIVE)
                .toList();
    }

    /** What was never loaded, and what a stop or a crash broke off when it was loaded again: it has no deltas till then. */
    private List<String> due() {
        return active().stream()
                .filter(integration -> {
                    var state = loads.state(integration.name());
                    return !state.loaded() || state.load().open();
                })
                .map(Integration::name)
                .toList();
    }

    /** Stops a load at its next chunk and keeps its checkpoint. */
    @Override
    public void close() {
        cancellation.request();
        if (!Cancellation.ended(thread)) {
            LOG.log(Level.WARNING, "SAP still answers; the open page is given up and read again next time");
        }
        firstLoad.complete(List.of());
        routes.close();
        loads.close();
    }

    private final class Followers implements LoadListener {
        @Override
        public void progressed(LoadListener.Progress now) {
            progress.put(now.name(), now);
            listeners.forEach(listener -> listener.progressed(now));
        }

        @Override
        public void ended(RunResult result) {
            progress.values().removeIf(current -> current.integration().equals(result.name()));
            LOG.log(Level.INFO, "{0} {1}", result.name(), result.line());
            listeners.forEach(listener -> listener.ended(result));
        }
    }
}
