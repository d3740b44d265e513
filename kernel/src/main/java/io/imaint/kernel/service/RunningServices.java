package io.imaint.kernel.service;

import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** The running services of one process. Closing it stops them, the last started first. */
public final class RunningServices implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RunningServices.class.getName());

    private final SequencedMap<ServiceModule<?>, Object> running = new LinkedHashMap<>();
    private final Map<ServiceModule<?>, FutureTask<Object>> ahead = new LinkedHashMap<>();
    private final Map<ServiceModule<?>, ReadinessCheck> checks = new HashMap<>();

    private RunningServices() {}

    /** Starts modules in order; those that need none start at once, each on a thread of its own. */
    static RunningServices start(SequencedSet<ServiceModule<?>> order, Map<ServiceModule<?>, Object> settings) {
        var services = new RunningServices();
        try {
            for (var module : order) {
                if (module.needs().isEmpty()) {
                    services.startAhead(module, read(settings, module));
                }
            }
            for (var module : order) {
                services.start(module, read(settings, module));
            }
            return services;
        } catch (RuntimeException | Error failed) {
            services.ahead.forEach(services::takeIn);
            services.close();
            throw failed;
        }
    }

    private static Object read(Map<ServiceModule<?>, Object> settings, ServiceModule<?> module) {
        return Objects.requireNonNull(settings.get(module), () -> module + " is needed but not in the catalogue");
    }

    private void startAhead(ServiceModule<?> module, Object settings) {
        var start = new FutureTask<Object>(() -> module.start(new Declared(module), settings));
        ahead.put(module, start);
        Thread.ofPlatform().name("start-" + module.name()).start(start);
    }

    private static Object await(FutureTask<Object> start) {
        try {
            return start.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof RuntimeException reason) {
                throw reason;
            }
            throw failed.getCause() instanceof Error reason ? reason : new AssertionError(failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new CancellationException("the start was interrupted");
        }
    }

    /** Takes in a module whose turn never came, so that it is stopped with the others. */
    private void takeIn(ServiceModule<?> module, FutureTask<Object> start) {
        try {
            running.putIfAbsent(module, await(start));
        } catch (RuntimeException | Error failed) {
            LOG.log(Level.DEBUG, "did not start " + module.name(), failed);
        }
    }

    private void start(ServiceModule<?> module, Object settings) {
        var begun = ahead.get(module);
        var service = begun == null ? module.start(new Declared(module), settings) : await(begun);
        running.put(module, service);
        if (service instanceof Readiness.Reporting reporting) {
            checks.put(module, new ReadinessCheck(module.name(), reporting, InstantSource.system()));
        }
        LOG.log(Level.DEBUG, "started {0}", module.name());
    }

    /** The running service of a module; a bug when that module was not chosen. */
    public <T> T the(ServiceModule<T> module) {
        var service = running.get(module);
        if (service == null) {
            throw new AssertionError(module + " is not running");
        }
        @SuppressWarnings("unchecked") // start() stored what this module created.
        var typed = (T) service;
        return typed;
    }

    public boolean runs(ServiceModule<?> module) {
        return running.containsKey(module);
    }

    /** All running services of a type, in start order, such as those with routes. */
    public <T> List<T> all(Class<T> type) {
        return running.values().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .toList();
    }

    /** The readiness of each running service by its name; all are asked at once, for a second. */
    public SequencedMap<String, Readiness> readiness() {
        var asked = new HashMap<ReadinessCheck, FutureTask<Readiness>>();
        long end = System.nanoTime() + ReadinessCheck.PATIENCE.toNanos();
        checks.values().forEach(check -> asked.put(check, check.begin()));
        var report = new LinkedHashMap<String, Readiness>();
        for (var module : running.sequencedKeySet()) {
            var check = checks.get(module);
            var answer = check == null ? null : asked.get(check);
            report.put(module.name(), check == null || answer == null ? Readiness.READY : check.await(answer, end));
        }
        return report;
    }

    @Override
    public void close() {
        running.reversed().forEach((module, service) -> {
            if (service instanceof AutoCloseable closeable) {
                try {
                    closeable.close();
                } catch (Exception failed) { // The other services must stop all the same.
                    LOG.log(Level.WARNING, "could not stop " + module.name(), failed);
                }
            }
        });
        running.clear();
    }

    /** Gives a module only the needs that it declared. */
    private final class Declared implements Needs {
        private final ServiceModule<?> module;

        private Declared(ServiceModule<?> module) {
            this.module = module;
        }

        @Override
        public <T> T the(ServiceModule<T> need) {
            if (!module.needs().contains(need)) {
                throw new AssertionError(module + " uses " + need + " without declaring it");
            }
            return RunningServices.this.the(need);
        }
    }
}
