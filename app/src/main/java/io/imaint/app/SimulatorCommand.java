package io.imaint.app;

import io.imaint.simulator.SapGateway;
import io.imaint.simulator.SimulatorService;
import io.imaint.simulator.SimulatorSettings;
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
            "Runs the SAP Gateway simulator alone, for development against SAP PM.",
            "The commands below administer a running simulator as an SAP administrator would."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: imaint simulator --port 8000 --orders 1000000"})
final class SimulatorCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "print the ready line as JSON")
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
        Shutdown.install(terminal);
        var settings = SettingOptions.read(spec);
        Targets.verifiable(settings); // So that the keys of other services are not reported as unknown.
        var read = SimulatorSettings.read(settings);
        settings.verify();
        try (var simulator = SimulatorService.start(read)) {
            announce(simulator);
            Shutdown.await();
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
