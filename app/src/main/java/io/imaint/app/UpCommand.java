package io.imaint.app;

import io.imaint.integration.definition.Integrations;
import io.imaint.integration.inbound.Inbound;
import io.imaint.integration.inbound.IntegrationView;
import io.imaint.kernel.settings.Settings;
import io.imaint.kernel.settings.SettingsProblem;
import io.imaint.simulator.SimulatorSettings;
import io.imaint.store.Condition;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import io.imaint.store.replica.Replicas;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code imaint up}. */
@Command(
        name = "up",
        description = {
            "Starts everything on this machine and loads the plant.",
            "Reads from the simulator unless sap-url names a SAP system. Runs in the foreground until Ctrl-C."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Every option is also an environment variable: --simulator-orders is IMAINT_SIMULATOR_ORDERS.",
            "Logs go to logs/imaint.log in the data directory.",
            "Example: imaint up --simulator-orders 50000"
        })
final class UpCommand implements Callable<Integer>, SettingOptions.User {
    private static final Duration STOP_CHECKED_EVERY = Duration.ofMillis(100);

    /** The counts in the ready line; `imaint status` has all of them. */
    private static final List<String> ANNOUNCED = List.of("equipment", "notifications", "work-orders", "operations");

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "print the ready line as JSON")
    private boolean json;

    UpCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public boolean showsSettings() {
        return true;
    }

    @Override
    public Integer call() throws InterruptedException {
        Shutdown.install(terminal);
        long started = System.nanoTime();
        var settings = SettingOptions.read(spec);
        requireOneSource(settings);
        Targets.verifiable(settings).verify(); // A wrong setting is reported before the lock is tried.
        try (var lock = DataDirectory.lock(StoreSettings.read(settings).directory());
                var system = RunningSystem.start("all", settings)) {
            lock.answersAt(system.address());
            SeedCommand.announce(system.services(), terminal);
            var inbound = system.services().the(Targets.inbound(settings));
            var progress = new ProgressLine(terminal);
            if (!awaitLoad(inbound, progress)) {
                return Main.DONE;
            }
            if (!inbound.readiness().ready()) {
                return reportFailure(system.services().the(StoreService.MODULE), progress);
            }
            var link = FirstSignIn.prepared(system, settings);
            announce(system, Duration.ofNanos(System.nanoTime() - started), link);
            System.gc(); // Start and load leave garbage that would stay for as long as little is to do.
            Shutdown.await();
        }
        return Main.DONE;
    }

    /** An extract beside a SAP system would be ignored silently. */
    private static void requireOneSource(Settings settings) {
        if (Targets.namesSap(settings)
                && SimulatorSettings.read(settings).data().isPresent()) {
            throw SettingsProblem.SETTINGS_INVALID.because(
                    "sap-url and simulator-data are both set, and only one can be read; unset the other");
        }
    }

    /** Waits for the end of the first load, successful or not; false when it was stopped before. */
    private boolean awaitLoad(Inbound inbound, ProgressLine progress) throws InterruptedException {
        inbound.listen(progress);
        var over = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            try {
                inbound.awaitFirstLoad();
            } finally {
                over.countDown(); // After a defect too; then the service is not ready, which is reported.
            }
        });
        while (!over.await(STOP_CHECKED_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
            if (Shutdown.requested()) {
                return false;
            }
        }
        progress.clear();
        return !Shutdown.requested();
    }

    private int reportFailure(Store store, ProgressLine progress) {
        terminal.note("Not ready.");
        var summary = progress.summary();
        if (summary.isEmpty()) { // Failed before this start listened to it.
            IntegrationTable.errors(IntegrationView.all(store)).forEach(terminal::note);
        }
        summary.forEach(terminal::note);
        terminal.note("What was loaded is kept; the next `imaint up` continues.");
        return Main.FAILED;
    }

    private void announce(RunningSystem system, Duration took, Optional<FirstSignIn> first) {
        var store = system.services().the(StoreService.MODULE);
        var counts = new LinkedHashMap<String, Long>();
        for (var stored : Integrations.all(store.documents(Integrations.TYPE))) {
            var collection =
                    Replicas.find(stored.value().mapping().collection()).orElseThrow();
            counts.put(stored.key(), store.documents(collection).count(Condition.ALL));
        }
        if (json) {
            var facts = new LinkedHashMap<String, @Nullable Object>();
            facts.put("ready", system.address().toString());
            facts.put("counts", counts);
            facts.put("seconds", took.toMillis() / 1000.0);
            first.ifPresent(open -> facts.put("firstRun", open.facts()));
            terminal.json(facts);
            return;
        }
        var words = new ArrayList<String>();
        words.add("documents="
                + counts.values().stream().mapToLong(Long::longValue).sum());
        for (var name : ANNOUNCED) {
            if (counts.containsKey(name)) {
                words.add(name + "=" + counts.get(name));
            }
        }
        terminal.line(
                "ready %s %s in %.1f s".formatted(system.address(), String.join(" ", words), took.toMillis() / 1000.0));
        first.ifPresentOrElse(
                open -> open.lines().forEach(terminal::line),
                () -> terminal.line("Users sign in with POST /api/auth/sign-in; `imaint users list` shows who can."));
    }
}
