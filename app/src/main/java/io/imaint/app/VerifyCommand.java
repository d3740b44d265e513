package io.imaint.app;

import io.imaint.app.Check.Finding;
import io.imaint.app.Check.State;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaint verify}, and with all sections {@code imaint doctor}. */
class VerifyCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    private VerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /** {@code imaint verify}. */
    @Command(
            name = "verify",
            description = "Checks what sections of the deployment guide need or bring about.",
            mixinStandardHelpOptions = true,
            exitCodeListHeading = "Exit codes:%n",
            exitCodeList = {"0:no check failed", "1:a check failed", "2:wrong use"},
            footer = {"", "Example: imaint verify 2.1 --json"})
    static final class Sections extends VerifyCommand {
        @Parameters(arity = "1..*", paramLabel = "SECTION", description = "sections of the guide, such as 2.1")
        private List<String> sections = new ArrayList<>();

        Sections(Terminal terminal) {
            super(terminal);
        }

        @Override
        List<Check> checks() {
            var chosen = new LinkedHashSet<Check>();
            for (var section : sections) {
                var found = Checks.of(section);
                if (found.isEmpty()) {
                    throw AppProblem.COMMAND_INVALID.because("no check belongs to section %s; there are checks for %s"
                            .formatted(
                                    section,
                                    Checks.ALL.stream()
                                            .map(Check::section)
                                            .distinct()
                                            .collect(Collectors.joining(", "))));
                }
                chosen.addAll(found);
            }
            return List.copyOf(chosen);
        }
    }

    /** {@code imaint doctor}. */
    @Command(
            name = "doctor",
            description = "Runs all checks of this installation.",
            mixinStandardHelpOptions = true,
            exitCodeListHeading = "Exit codes:%n",
            exitCodeList = {"0:no check failed", "1:a check failed", "2:wrong use"},
            footer = {"", "Example: imaint doctor"})
    static final class Doctor extends VerifyCommand {
        Doctor(Terminal terminal) {
            super(terminal);
        }
    }

    List<Check> checks() {
        return Checks.ALL;
    }

    @Override
    public Integer call() {
        var settings = Targets.verifiable(SettingOptions.read(spec));
        settings.verify();
        SequencedMap<Check, Finding> findings;
        try (var inputs = new Check.Inputs(settings)) {
            findings = Checks.run(checks(), inputs);
        }
        if (json) {
            terminal.json(findings.entrySet().stream().map(VerifyCommand::facts).toList());
        } else {
            print(findings);
        }
        return count(findings, State.FAIL) == 0 ? Main.DONE : Main.FAILED;
    }

    private static Map<String, Object> facts(Map.Entry<Check, Finding> entry) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("check", entry.getKey().name());
        facts.put("section", entry.getKey().section());
        facts.put("state", entry.getValue().state().word());
        facts.put("reason", entry.getValue().reason());
        facts.put("remedy", entry.getValue().remedy());
        return facts;
    }

    private void print(SequencedMap<Check, Finding> findings) {
        var indent = " ".repeat(36);
        findings.forEach((check, finding) -> {
            var line = "%-9s %-20s %-4s %s"
                    .formatted(check.section(), check.name(), finding.state().word(), finding.reason());
            TextTable.wrapped(line, indent).forEach(text -> terminal.line(JsonAsText.harmless(text)));
            if (!finding.remedy().isEmpty()) {
                TextTable.wrapped(indent + finding.remedy(), indent)
                        .forEach(text -> terminal.line(JsonAsText.harmless(text)));
            }
        });
        terminal.line("");
        terminal.line("%d ok, %d warnings, %d failed"
                .formatted(count(findings, State.OK), count(findings, State.WARN), count(findings, State.FAIL)));
    }

    private static long count(SequencedMap<Check, Finding> findings, State state) {
        return findings.values().stream()
                .filter(finding -> finding.state() == state)
                .count();
    }
}
