package io.imaint.app;

import io.imaint.integration.inbound.Inbound;
import io.imaint.integration.inbound.Integration;
import io.imaint.kernel.settings.Settings;
import io.imaint.kernel.telemetry.Logs;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

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
    private static final Duration PROGRESS_EVERY = Duration.ofMillis(250);

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "announce readiness as JSON")
    private boolean json;

    UpCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws InterruptedException {
        Stop.install(terminal);
        Logs.configure(!terminal.interactive(), Level.WARNING, terminal.err());
        long started = System.nanoTime();
        var settings = SettingOptions.read(spec);
        try (var system = RunningSystem.start("all", settings)) {
            var inbound = system.landscape().the(Targets.inbound(settings));
            if (!awaitLoad(inbound)) {
                return Stop.asked() ? Main.DONE : reportFailure(inbound);
            }
            announce(system, inbound.integrations(), Duration.ofNanos(System.nanoTime() - started));
            Stop.await();
        }
        return Main.DONE;
    }

    /** Waits until everything is loaded once; false when that failed or was stopped. */
    private boolean awaitLoad(Inbound inbound) throws InterruptedException {
        var progress = new ProgressLine(terminal);
        try {
            while (!inbound.awaitFirstLoad(PROGRESS_EVERY)) {
                if (Stop.asked()) {
                    return false;
                }
                progress.show(inbound.readiness().detail());
            }
        } finally {
            progress.clear();
        }
        return inbound.readiness().ready();
    }

    private int reportFailure(Inbound inbound) {
        for (var integration : inbound.integrations()) {
            var error = integration.run().lastError();
            if (error != null) {
                terminal.note("failed %s: %s".formatted(integration.name(), error.line()));
            }
        }
        terminal.note("What was loaded is kept; the next `imaint up` continues where this one stopped.");
        return Main.FAILED;
    }

    private void announce(RunningSystem system, List<Integration> integrations, Duration took) {
        var counts = new LinkedHashMap<String, Long>();
        integrations.stream()
                .filter(Integration::loaded)
                .forEach(integration -> counts.put(
                        integration.name(), integration.run().counters().rowsRead()));
        if (json) {
            var facts = new LinkedHashMap<String, @Nullable Object>();
            facts.put("ready", system.address().toString());
            facts.put("counts", counts);
            facts.put("seconds", took.toMillis() / 1000.0);
            terminal.json(facts);
            return;
        }
        terminal.line("ready %s %s in %.1f s"
                .formatted(
                        system.address(),
                        counts.entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + entry.getValue())
                                .collect(Collectors.joining(" ")),
                        took.toMillis() / 1000.0));
    }
}
