package io.imaint.app;

import io.imaint.integration.delta.DeltaSettings;
import io.imaint.integration.delta.ReconciliationOptions;
import io.imaint.integration.inbound.IntegrationView;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.RunResult;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
            "Without --contents only keys and change stamps are compared, which misses a row that was changed without a new",
            "change stamp. The running system compares all contents within the setting inbound-contents-every.",
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
        var cancellation = new Cancellation();
        Shutdown.whenRequested(cancellation::request);
        var how = new ReconciliationOptions(repair, contents, maxRemovals == null ? -1 : maxRemovals);
        try (var services = CommandServices.started(settings);
                var sap = CommandServices.access(services, settings);
                var deltas = CommandServices.deltas(services, settings, sap)) {
            var results = deltas.reconcile(names.isEmpty() ? deltas.active() : names, how, cancellation);
            if (json) {
                terminal.json(facts(results, services.the(StoreService.MODULE)));
            } else {
                results.forEach(result -> InboundReports.verification(result).forEach(terminal::line));
                if (results.stream().anyMatch(InboundVerifyCommand::withoutContents)) {
                    terminal.note(background(DeltaSettings.read(settings).contentsEvery()));
                }
            }
            return results.stream().allMatch(InboundVerifyCommand::same) ? Main.DONE : Main.FAILED;
        }
    }

    private static List<Map<String, @Nullable Object>> facts(List<RunResult> results, Store store) {
        var comparedAt = IntegrationView.all(store).stream()
                .collect(Collectors.toMap(IntegrationView::name, one -> Optional.ofNullable(one.contentsComparedAt())));
        return results.stream()
                .map(result -> {
                    var facts = InboundReports.facts(result);
                    facts.put(
                            "contentsComparedAt",
                            comparedAt
                                    .getOrDefault(result.name(), Optional.empty())
                                    .orElse(null));
                    return facts;
                })
                .toList();
    }

    private static boolean withoutContents(RunResult result) {
        return result instanceof RunResult.Reconciled compared
                && !compared.report().contents();
    }

    /** Who compares contents when this command does not. */
    private static String background(Duration every) {
        return every.isZero()
                ? "Contents are compared by --contents only, because inbound-contents-every is PT0S."
                : "Contents: --contents compares them now; the running system compares all of them within %s (inbound-contents-every)."
                        .formatted(every);
    }

    private static boolean same(RunResult result) {
        return result instanceof RunResult.Reconciled compared
                && compared.report().same();
    }
}
