package io.imaint.app;

import io.imaint.integration.definition.Definitions;
import io.imaint.integration.state.Cancellation;
import io.imaint.kernel.problem.Failure;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaint inbound stop}. */
@Command(
        name = "stop",
        description = {
            "Stops the current runs of integrations, in whichever process they run.",
            "A run stops after its current chunk of rows and keeps its checkpoint. The schedule starts the next run when it is",
            "due, unless `imaint integrations pause` prevents it. Exit code 1 when one of them is not running."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: imaint inbound stop work-orders operations"})
final class InboundStopCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(arity = "1..*", paramLabel = "name", description = "the integrations to stop")
    private List<String> names = List.of();

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    InboundStopCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        boolean all = true;
        var facts = new ArrayList<Map<String, Object>>();
        try (var store = OpenStore.verified(SettingOptions.read(spec))) {
            var definitions = new Definitions(store);
            names.forEach(definitions::one); // A misspelt name leaves the others running.
            var requests = new Cancellation.Requests(store, InstantSource.system());
            for (var name : names) {
                var fact = new LinkedHashMap<String, Object>();
                fact.put("name", name);
                try {
                    var runners = requests.cancel(name);
                    fact.put("result", "stop requested");
                    fact.put("runners", runners);
                } catch (Failure notStopped) {
                    all = false;
                    fact.put("result", "not stopped");
                    fact.put("detail", notStopped.detail());
                }
                facts.add(fact);
            }
        }
        if (json) {
            terminal.json(facts);
        } else {
            facts.forEach(fact -> terminal.line("%s: %s%s"
                    .formatted(
                            fact.get("name"),
                            fact.get("result"),
                            fact.containsKey("runners")
                                    ? ", run by " + String.join(", ", strings(fact.get("runners")))
                                    : "; it is not running")));
        }
        return all ? Main.DONE : Main.FAILED;
    }

    private static List<String> strings(Object list) {
        return list instanceof List<?> some ? some.stream().map(String::valueOf).toList() : List.of();
    }
}
