package io.imaint.app;

import io.imaint.integration.discovery.ConnectionCheck;
import io.imaint.integration.discovery.ConnectionCheck.Outcome;
import io.imaint.integration.discovery.ConnectionCheck.Result;
import io.imaint.integration.source.SapSystem;
import io.imaint.integration.state.InboundSettings;
import io.imaint.kernel.settings.Settings;
import io.imaint.kernel.settings.SettingsProblem;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code imaint verify-connection}. */
@Command(
        name = "verify-connection",
        description = {
            "Tests the connection to the SAP system step by step, and loads nothing.",
            "The steps are DNS, TCP, TLS, HTTP, logon, service, catalog, metadata, one row, and clock. The first failure",
            "ends the test and names its remedy. A refused logon is not repeated, because SAP locks the user.",
            "Without sap-url it tests the simulator that runs on this machine."
        },
        mixinStandardHelpOptions = true,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:no step failed", "1:a step failed", "2:wrong use"},
        footer = {
            "",
            "Example: imaint verify-connection --sap-url https://gateway.example.com:44300 --sap-user TECHUSER ...",
        })
final class VerifyConnectionCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "print JSON")
    private boolean json;

    VerifyConnectionCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var settings = Targets.verifiable(SettingOptions.read(spec));
        settings.verify();
        var system = system(settings);
        var inbound = InboundSettings.read(settings);
        var outcomes =
                ConnectionCheck.run(system, inbound.connectTimeout(), inbound.readTimeout(), InstantSource.system());
        boolean passed = outcomes.stream().noneMatch(outcome -> outcome.result() == Result.FAILED);
        if (json) {
            var facts = new LinkedHashMap<String, Object>();
            facts.put("system", system.identity());
            facts.put("url", system.serviceUrl().toString());
            facts.put("passed", passed);
            facts.put(
                    "steps",
                    outcomes.stream().map(VerifyConnectionCommand::facts).toList());
            terminal.json(facts);
        } else {
            terminal.line(system.serviceUrl().toString());
            outcomes.forEach(this::print);
            terminal.line(
                    passed ? "The connection works." : "The connection does not work; see the failed step above.");
        }
        return passed ? Main.DONE : Main.FAILED;
    }

    private static SapSystem system(Settings settings) {
        return SapSystem.read(settings)
                .or(() -> SapSystems.running(settings))
                .orElseThrow(() -> SettingsProblem.SETTINGS_INVALID.because(
                        "sap-url names no SAP system, and no simulator runs on this machine"));
    }

    private void print(Outcome outcome) {
        var line = "%-10s %-8s %s".formatted(word(outcome.step()), word(outcome.result()), outcome.detail());
        TextTable.wrapped(line, " ".repeat(20)).forEach(text -> terminal.line(JsonAsText.harmless(text)));
        if (!outcome.remedy().isEmpty()) {
            var code = outcome.code().isEmpty() ? "" : " [%s]".formatted(outcome.code());
            TextTable.wrapped(" ".repeat(20) + outcome.remedy() + code, " ".repeat(20))
                    .forEach(terminal::line);
        }
    }

    private static Map<String, @Nullable Object> facts(Outcome outcome) {
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("step", word(outcome.step()));
        facts.put("result", word(outcome.result()));
        facts.put("detail", outcome.detail());
        facts.put("code", outcome.code().isEmpty() ? null : outcome.code());
        facts.put("remedy", outcome.remedy().isEmpty() ? null : outcome.remedy());
        facts.put("transactions", List.copyOf(outcome.transactions()));
        return facts;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
