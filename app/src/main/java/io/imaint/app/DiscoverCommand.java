package io.imaint.app;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.discovery.Discovery;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.state.InboundSettings;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.StoreService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaint integrations discover}. */
@Command(
        name = "discover",
        description = {
            "Lists what the SAP system offers, and proposes integrations.",
            "Without a service it lists the services in the Gateway's catalog. With a service it reads the metadata and one",
            "row of each entity set, and proposes an integration for each.",
            "The notes below the table say how current each set can be, and what SAP demands. For sets that you name, they also",
            "say why each part of the proposal is as it is.",
            "--save stores the proposals as integrations that are not active; value helps only if you name them. Review them,",
            "then set their status to 1."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:all sets were read", "1:a set could not be read", "2:wrong use"},
        footer = {
            "",
            "Examples: imaint integrations discover --search maintenance",
            "          imaint integrations discover API_MAINTENANCEORDER MaintenanceOrder --save"
        })
final class DiscoverCommand implements Callable<Integer>, SettingOptions.User {
    private static final String LINE = "%-32s %-34s %-5s %11s %6s %6s  %s";

    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "service",
            description = "the technical name, path or URL of a service (default: list the services)")
    private @Nullable String service;

    @Parameters(index = "1..*", paramLabel = "set", description = "the entity sets to read (default: all)")
    private List<String> sets = List.of();

    @Option(
            names = "--search",
            paramLabel = "word",
            description = "list only the services whose name or text contains it")
    private @Nullable String search;

    @Option(names = "--save", description = "store the proposals as integrations that are not active")
    private boolean save;

    @Option(
            names = "--json",
            description = "print JSON: the services, or each set with its proposal, reasons and notes")
    private boolean json;

    DiscoverCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (service == null && save) {
            throw new ParameterException(spec.commandLine(), "--save needs a service.");
        }
        if (service != null && search != null) {
            throw new ParameterException(spec.commandLine(), "--search lists services. Do not name one as well.");
        }
        var settings = SettingOptions.read(spec);
        try (var services = CommandServices.started(settings, save)) {
            var inbound = InboundSettings.read(settings);
            var discovery = new Discovery(
                    CommandServices.sap(services, settings), inbound.connectTimeout(), inbound.readTimeout());
            if (service == null) {
                return services(discovery.services(search == null ? "" : search));
            }
            var path = discovery.path(service);
            var reports = discovery.propose(path, sets);
            if (json) {
                terminal.json(reports.stream().map(DiscoverCommand::json).toList());
            } else {
                terminal.line(path);
                terminal.line(LINE.formatted("entity set", "integration", "delta", "rows", "page", "fields", "state"));
                reports.forEach(report -> terminal.line(line(report)));
                reports.forEach(this::remark);
            }
            if (save) {
                save(reports, services.the(StoreService.MODULE).documents(Integrations.TYPE));
            }
            return reports.stream().anyMatch(Discovery.SetReport::failed) ? Main.FAILED : Main.DONE;
        }
    }

    private int services(List<Discovery.ServiceEntry> services) {
        if (json) {
            terminal.json(services);
        } else {
            services.forEach(entry -> terminal.line("%-44s %-6s %s%n    %s"
                    .formatted(entry.technicalName(), entry.version(), entry.path(), entry.description())));
            terminal.note("%,d services; next: imaint integrations discover SERVICE".formatted(services.size()));
        }
        return Main.DONE;
    }

    private static String line(Discovery.SetReport report) {
        var integration = report.proposal();
        return LINE.formatted(
                report.entitySet(),
                integration.map(Integration::name).orElse("-"),
                integration.map(proposed -> proposed.reading().delta().word()).orElse("-"),
                report.rows().isPresent() ? report.rows().getAsLong() : "",
                integration
                        .map(proposed -> String.valueOf(proposed.reading().pageSize()))
                        .orElse(""),
                integration
                        .map(proposed ->
                                String.valueOf(proposed.mapping().fields().size()))
                        .orElse(""),
                state(report));
    }

    private static String state(Discovery.SetReport report) {
        return switch (report.state()) {
            case READABLE -> "readable";
            case NOT_READ -> report.proposal().isPresent() ? "not read" : "unsuitable";
            case REFUSED -> report.refusal().map(DiscoverCommand::refusal).orElse("refused");
            case SKIPPED ->
                "skipped after: "
                        + report.refusal()
                                .map(failure -> failure.code().title())
                                .orElse("a failure");
        };
    }

    private static String refusal(Failure failure) {
        var transactions = failure.code() instanceof ODataProblem problem ? problem.transactions() : List.<String>of();
        return "refused: %s%s"
                .formatted(
                        failure.code().title(),
                        transactions.isEmpty() ? "" : " (%s)".formatted(String.join(", ", transactions)));
    }

    private void remark(Discovery.SetReport report) {
        if (report.state() == Discovery.SetReport.State.REFUSED) {
            report.refusal().ifPresent(failure -> terminal.note(report.entitySet() + ": " + failure.line()));
        }
        report.notes().forEach(note -> terminal.note(report.entitySet() + ": " + note));
        if (!sets.isEmpty()) {
            report.reasons()
                    .forEach((field, reason) ->
                            terminal.note("%s, %s: %s".formatted(report.entitySet(), field, reason)));
        }
    }

    /** A set as JSON has it; {@code proposal} is what {@code imaint integrations edit} takes. */
    private static Map<String, Object> json(Discovery.SetReport report) {
        var set = new LinkedHashMap<String, Object>();
        set.put("entitySet", report.entitySet());
        set.put("nature", report.nature().word());
        set.put("state", report.state().name().toLowerCase(Locale.ROOT).replace('_', '-'));
        report.rows().ifPresent(rows -> set.put("rows", rows));
        report.refusal().ifPresent(refusal -> set.put("refusal", refusal.line()));
        if (!report.filtersRequired().isEmpty()) {
            set.put("filtersRequired", report.filtersRequired());
        }
        report.proposal().ifPresent(proposal -> set.put("proposal", plain(Integrations.TYPE.write(proposal))));
        if (!report.reasons().isEmpty()) {
            set.put("reasons", report.reasons());
        }
        set.put("notes", report.notes());
        return set;
    }

    /** Stores the proposals that can be read and whose name and collection are free. */
    private void save(List<Discovery.SetReport> reports, Documents<Integration> integrations) {
        var owners = new HashMap<String, String>();
        Integrations.all(integrations)
                .forEach(stored -> owners.put(stored.value().mapping().collection(), stored.key()));
        var saved = new ArrayList<String>();
        for (var report : reports) {
            if (report.proposal().isEmpty()) {
                continue;
            }
            var proposal = report.proposal().get();
            var owner = owners.getOrDefault(proposal.mapping().collection(), proposal.name());
            if (report.nature() == Discovery.SetReport.Nature.VALUE_HELP && sets.isEmpty()) {
                terminal.note(proposal.name() + " is not saved: it is a value help; name its set to save it");
            } else if (report.failed()) {
                terminal.note(proposal.name() + " is not saved: its rows could not be read");
            } else if (!owner.equals(proposal.name())) {
                terminal.note("%s is not saved: %s already fills its collection %s"
                        .formatted(proposal.name(), owner, proposal.mapping().collection()));
            } else {
                switch (integrations.insert(proposal)) {
                    case Documents.Written.Done<Integration> done ->
                        saved.add(done.stored().key());
                    case Documents.Written.Lost<Integration> ignored ->
                        terminal.note(proposal.name() + " is not saved: the name is taken");
                }
            }
        }
        terminal.note("saved, not active: " + (saved.isEmpty() ? "nothing" : String.join(", ", saved)));
    }

    /** A document without absent fields, as JSON writes it. */
    private static Object plain(Object value) {
        return switch (value) {
            case Document document -> {
                var fields = new LinkedHashMap<String, Object>();
                document.fields()
                        .forEach((name, inner) ->
                                Optional.ofNullable(inner).ifPresent(there -> fields.put(name, plain(there))));
                yield fields;
            }
            case List<?> list -> list.stream().map(DiscoverCommand::plain).toList();
            default -> value;
        };
    }
}
