package io.imaint.app;

import io.imaint.integration.definition.Integrations;
import io.imaint.integration.inbound.Inbound;
import io.imaint.kernel.settings.Settings;
import io.imaint.kernel.settings.SettingsProblem;
import io.imaint.kernel.telemetry.Logs;
import io.imaint.simulator.SimulatorSettings;
import io.imaint.store.Condition;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import io.imaint.store.replica.Replicas;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
            "Starts everything on this machine and loads the plant from SAP, or from the simulator.",
            "Stays in the foreground; Ctrl-C stops it."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Every option is also a variable: --simulator-orders is IMAINT_SIMULATOR_ORDERS.",
            "Example: imaint up --simulator-orders 50000"
        })
final class UpCommand implements Callable<Integer>, SettingOptions.User {
    private static final Duration STOP_CHECKED_EVERY = Duration.ofMillis(100);

    /** What a person recognises the plant by; `imaint status` names everything. */
    private static final List<String> ANNOUNCED = List.of("equipment", "notifications", "work-orders", "operations");

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "announce readiness as JSON")
    private boolean json;

    UpCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public boolean showsSettings() {
        return true;
    }

    @Override
    @SuppressWarnings("try") // The right to the directory is held, not used.
    public Integer call() throws InterruptedException {
        Stop.install(terminal);
        Logs.configure(!terminal.interactive(), Level.WARNING, terminal.err());
        long started = System.nanoTime();
        var settings = SettingOptions.read(spec);
        requireOneSource(settings);
        try (var only = OnlyUp.on(StoreSettings.read(settings).directory());
                var system = RunningSystem.start("all", settings)) {
            var inbound = system.services().the(Targets.inbound(settings));
            if (!awaitLoad(inbound)) {
                return Main.DONE;
            }
            if (!inbound.readiness().ready()) {
                return reportFailure(inbound);
            }
            announce(system, Duration.ofNanos(System.nanoTime() - started));
            Stop.await();
        }
        return Main.DONE;
    }

    /** Data that is named and then not read would look as if it had been. */
    private static void requireOneSource(Settings settings) {
        if (Targets.namesSap(settings)
                && SimulatorSettings.read(settings).data().isPresent()) {
            throw SettingsProblem.SETTINGS_INVALID.because(
                    "sap-url names the SAP system to read from, so that simulator-data would not be read; unset one of them");
        }
    }

    /** Waits until the first load is over, well or badly; false when it was stopped before. */
    private boolean awaitLoad(Inbound inbound) throws InterruptedException {
        var progress = new ProgressLine(terminal);
        inbound.listen(progress);
        var over = new CountDownLatch(1);
        Thread.ofVirtual().start(() -> {
            try {
                inbound.awaitFirstLoad();
            } finally {
                over.countDown(); // A defect ends the load too; what is not ready is reported then.
            }
        });
        while (!over.await(STOP_CHECKED_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
            if (Stop.asked()) {
                return false;
            }
        }
        progress.clear();
        return !Stop.asked();
    }

    private int reportFailure(Inbound inbound) {
        var failed = new LinkedHashMap<String, List<String>>(); // Often all for the same reason.
        for (var integration : inbound.loads().integrations()) {
            var error = inbound.loads().state(integration.name()).health().lastError();
            if (error != null) {
                failed.computeIfAbsent(error.line(), line -> new ArrayList<>()).add(integration.name());
            }
        }
        terminal.note("not ready: %d failed"
                .formatted(failed.values().stream().mapToInt(List::size).sum()));
        failed.forEach((line, names) -> terminal.note("%s: %s".formatted(String.join(", ", names), line)));
        terminal.note("What was loaded is kept; the next `imaint up` continues where this one stopped.");
        return Main.FAILED;
    }

    private void announce(RunningSystem system, Duration took) {
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
    }
}
