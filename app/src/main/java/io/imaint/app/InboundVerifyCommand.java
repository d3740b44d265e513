package io.imaint.app;

import io.imaint.integration.delta.DeltaResult;
import io.imaint.integration.delta.DeltaVerification;
import io.imaint.integration.state.Stop;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaint inbound verify}. */
@Command(
        name = "verify",
        description = {
            "Compares SAP with the store, key by key, after fetching the latest changes.",
            "Covers all active integrations or those named, and counts per partition of the last load.",
            "Exit code 1 when differences remain that were not repaired."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Example: imaint inbound verify work-orders --repair"})
final class InboundVerifyCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "name", description = "integrations to compare (default: all active ones)")
    private List<String> names = List.of();

    @Option(names = "--repair", description = "correct the differences")
    private boolean repair;

    @Option(names = "--contents", description = "compare all mapped values, not only keys and change stamps; slower")
    private boolean contents;

    @Option(
            names = "--max-removals",
            paramLabel = "N",
            description = "documents that may be removed (default: the setting inbound-removals-percent)")
    private @Nullable Long maxRemovals;

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    InboundVerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Shutdown.install(terminal);
        var settings = SettingOptions.read(spec);
        var stop = new Stop();
        Shutdown.whenRequested(stop::request);
        var how = new DeltaVerification(repair, contents, maxRemovals == null ? -1 : maxRemovals);
        try (var services = CommandServices.started(settings);
                var sap = CommandServices.access(services, settings);
                var deltas = CommandServices.deltas(services, settings, sap)) {
            var results = deltas.verify(names.isEmpty() ? deltas.active() : names, how, stop);
            if (json) {
                terminal.json(results.stream().map(InboundReports::facts).toList());
            } else {
                results.forEach(result -> InboundReports.verification(result).forEach(terminal::line));
            }
            return results.stream().allMatch(InboundVerifyCommand::same) ? Main.DONE : Main.FAILED;
        }
    }

    private static boolean same(DeltaResult result) {
        return result instanceof DeltaResult.Compared compared
                && compared.report().same();
    }
}
