package io.imaint.app;

import io.imaint.kernel.service.Group;
import io.imaint.kernel.telemetry.Logs;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code imaint run}. */
@Command(
        name = "run",
        description = {
            "Runs chosen targets as a server; any set may run on any number of machines that share a store.",
            "A target is a service's name, a group (edge, integration, business) or all. What a target needs runs too."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: imaint run --target workorder-api-service,master-configuration-api-service"})
final class RunCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--target",
            defaultValue = "all",
            description = "targets, parted by commas (default ${DEFAULT-VALUE})")
    private String target = "all";

    @Option(names = "--list", description = "list the targets and stop")
    private boolean list;

    @Option(names = "--json", description = "announce the start as JSON")
    private boolean json;

    RunCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public boolean showsSettings() {
        return true;
    }

    @Override
    public Integer call() throws InterruptedException {
        var settings = SettingOptions.read(spec);
        if (list) {
            return listTargets(settings);
        }
        Stop.install(terminal);
        Logs.configure(!terminal.interactive(), Level.INFO, terminal.err());
        try (var system = RunningSystem.start(target, settings)) {
            var running = system.services().readiness().sequencedKeySet();
            if (json) {
                var facts = new LinkedHashMap<String, Object>();
                facts.put("started", system.address().toString());
                facts.put("targets", running);
                terminal.json(facts);
            } else {
                terminal.line("started %s with %s".formatted(system.address(), String.join(", ", running)));
            }
            Stop.await();
        }
        return Main.DONE;
    }

    private int listTargets(io.imaint.kernel.settings.Settings settings) {
        var modules = Targets.catalogue(settings).modules().stream()
                .filter(module -> module.group() != Group.FOUNDATION)
                .toList();
        if (json) {
            terminal.json(modules.stream()
                    .map(module -> {
                        var facts = new LinkedHashMap<String, Object>();
                        facts.put("name", module.name());
                        facts.put("group", module.group().word());
                        facts.put("purpose", module.purpose());
                        return facts;
                    })
                    .toList());
        } else {
            modules.forEach(module -> terminal.line(
                    "%-34s %-12s %s".formatted(module.name(), module.group().word(), module.purpose())));
        }
        return Main.DONE;
    }
}
