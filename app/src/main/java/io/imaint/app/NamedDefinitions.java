package io.imaint.app;

import io.imaint.integration.management.Definitions;
import io.imaint.integration.management.Definitions.Defined;
import io.imaint.kernel.telemetry.Logs;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.function.BiFunction;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What commands take that change the definitions of some integrations in the same way. */
final class NamedDefinitions {
    @Parameters(arity = "1..*", paramLabel = "name", description = "the integrations")
    private List<String> names = List.of();

    @Option(names = "--json", description = "answer as JSON")
    private boolean json;

    /** Changes each and shows what its schedule is now. */
    int change(CommandSpec spec, Terminal terminal, BiFunction<Definitions, String, Defined> change) {
        Logs.configure(!terminal.interactive(), Level.INFO, terminal.err()); // The audit line of the change.
        try (var store = OpenStore.verified(SettingOptions.read(spec))) {
            var definitions = new Definitions(store);
            names.forEach(definitions::one); // A misspelt name leaves the others as they are.
            var changed =
                    names.stream().map(name -> change.apply(definitions, name)).toList();
            if (json) {
                terminal.json(changed.stream().map(ScheduleWords::facts).toList());
            } else {
                changed.forEach(defined -> terminal.line(ScheduleWords.line(defined)));
            }
        }
        return Main.DONE;
    }
}
