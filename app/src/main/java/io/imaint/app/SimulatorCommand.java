package io.imaint.app;

import io.imaint.kernel.telemetry.Logs;
import io.imaint.simulator.SapGateway;
import io.imaint.simulator.SimulatorService;
import io.imaint.simulator.SimulatorSettings;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code imaint simulator}. */
@Command(
        name = "simulator",
        description = {
            "Runs the SAP Gateway simulator alone, for anyone who writes against SAP PM.",
            "The commands below ask one that runs already: what it holds, and what an administrator of SAP would do."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: imaint simulator --port 8000 --orders 1000000"})
final class SimulatorCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "announce the address as JSON")
    private boolean json;

    SimulatorCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public String prefix() {
        return "simulator-";
    }

    @Override
    public Integer call() throws InterruptedException {
        Stop.install(terminal);
        Logs.configure(!terminal.interactive(), Level.WARNING, terminal.err());
        var settings = SettingOptions.read(spec);
        Targets.catalogue(settings).read(settings); // So that another service's key is not taken for an unknown one.
        var read = SimulatorSettings.read(settings);
        settings.verify();
        try (var simulator = SimulatorService.start(read)) {
            announce(simulator);
            Stop.await();
        }
        return Main.DONE;
    }

    private void announce(SapGateway simulator) {
        if (json) {
            var facts = new LinkedHashMap<String, Object>();
            facts.put("serviceUrl", simulator.serviceUrl().toString());
            facts.put("user", simulator.user());
            facts.put("client", simulator.client());
            facts.put("data", simulator.dataDescription());
            terminal.json(facts);
        } else {
            terminal.line("ready %s (client %s, user %s, %s)"
                    .formatted(
                            simulator.serviceUrl(), simulator.client(), simulator.user(), simulator.dataDescription()));
        }
    }
}
