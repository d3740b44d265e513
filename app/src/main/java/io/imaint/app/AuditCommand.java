package io.imaint.app;

import io.imaint.services.audit.AuditFilter;
import io.imaint.services.audit.AuditTrail;
import io.imaint.services.audit.AuditedWrite;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code imaint audit}. */
@Command(
        name = "audit",
        description = "Lists who changed what, the newest first.",
        mixinStandardHelpOptions = true,
        subcommands = {AuditVerifyCommand.class, AuditEraseCommand.class},
        footer = {"", "Example: imaint audit --subject AlertRules/pump-failures --from 2026-11-01T00:00:00Z"})
final class AuditCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--subject", paramLabel = "COLLECTION/KEY", description = "writes of this document only")
    private @Nullable String subject;

    @Option(names = "--by", paramLabel = "ID", description = "writes of this caller only")
    private @Nullable String by;

    @Option(names = "--from", paramLabel = "INSTANT", description = "at this instant or later")
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "INSTANT", description = "before this instant")
    private @Nullable Instant to;

    @Mixin
    private ListLimit limit = new ListLimit();

    @Option(names = "--json", description = "answer as JSON")
    private boolean json;

    AuditCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        var filter = new AuditFilter(subject, by, from, to, limit.most(), null);
        try (var store = OpenStore.reading(SettingOptions.read(spec))) {
            var writes = new AuditTrail(store).list(filter).items();
            if (json) {
                terminal.json(writes);
            } else if (writes.isEmpty()) {
                terminal.line("No writes were found.");
            } else {
                writes.forEach(this::print);
            }
        }
        return Main.DONE;
    }

    private void print(AuditedWrite write) {
        var fields = write.changes().stream()
                .map(change -> "%s: %s -> %s".formatted(change.field(), change.before(), change.after()))
                .collect(Collectors.joining(", "));
        terminal.line(JsonAsText.harmless("%s  %-8s %s rev %d by %s%s  %s"
                .formatted(
                        write.at(),
                        write.operation().toLowerCase(Locale.ROOT),
                        write.subject(),
                        write.rev(),
                        write.by(),
                        write.address() == null || write.address().isEmpty() ? "" : " from " + write.address(),
                        fields)));
    }
}
