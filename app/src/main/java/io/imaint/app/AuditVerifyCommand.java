package io.imaint.app;

import io.imaint.services.audit.AuditSettings;
import io.imaint.services.audit.AuditTrail;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code imaint audit verify}. */
@Command(
        name = "verify",
        description = {
            "Verifies that no entry of the audit trail was altered or removed.",
            "Compares it with the heads that the audit service publishes every hour in audit-heads.log, outside of the"
                    + " store: they show when the whole trail was rewritten or its end cut off."
        },
        mixinStandardHelpOptions = true,
        footer = {"", "Exit code 0 when it is intact, 1 otherwise.", "Example: imaint audit verify --json"})
final class AuditVerifyCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "answer as JSON")
    private boolean json;

    AuditVerifyCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var settings = SettingOptions.read(spec);
        try (var store = OpenStore.reading(settings)) {
            var verification = new AuditTrail(store).verify(AuditSettings.read(settings));
            boolean intact = verification.findings().isEmpty();
            if (json) {
                terminal.json(verification);
            } else {
                verification.findings().forEach(terminal::line);
                terminal.line("%s: %d entries%s, %d of them erased, %d published heads, head %s"
                        .formatted(
                                intact ? "The audit trail is intact" : "The audit trail was altered",
                                verification.entries(),
                                verification.closed() == null ? "" : " since the end of " + verification.closed(),
                                verification.erased(),
                                verification.heads(),
                                verification.head().isEmpty() ? "none" : verification.head()));
            }
            return intact ? Main.DONE : Main.FAILED;
        }
    }
}
