package io.imaint.app;

import io.imaint.integration.definition.Schedule;
import io.imaint.integration.management.Definitions;
import io.imaint.integration.schedule.CronExpression;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.telemetry.Logs;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaint integrations schedule}. */
@Command(
        name = "schedule",
        description = {
            "Sets when an integration's changes are fetched: with a pause between two runs, or at times as crontab",
            "writes them, in UTC. Jitter, what becomes of missed times, and whether it is paused stay as they are."
        },
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "Examples:",
            "  imaint integrations schedule work-orders --every PT5S",
            "  imaint integrations schedule plants --cron \"*/5 * * * *\""
        })
final class IntegrationScheduleCommand implements Callable<Integer>, SettingOptions.User {
    private final Terminal terminal;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "name", description = "the integration")
    private String name = "";

    @Option(names = "--every", paramLabel = "pause", description = "the pause between two runs, such as PT5S")
    private @Nullable String every;

    @Option(names = "--cron", paramLabel = "times", description = "five fields as in crontab, such as \"*/5 * * * *\"")
    private @Nullable String cron;

    @Option(names = "--json", description = "answer as JSON")
    private boolean json;

    IntegrationScheduleCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if ((every == null) == (cron == null)) {
            throw new ParameterException(spec.commandLine(), "give one of --every and --cron");
        }
        Logs.configure(!terminal.interactive(), Level.INFO, terminal.err()); // The audit line of the change.
        var times = times();
        try (var store = OpenStore.verified(SettingOptions.read(spec))) {
            var definitions = new Definitions(store);
            var after = definitions.schedule(
                    name,
                    before -> new Schedule(
                            times.every(), times.cron(), before.jitter(), before.misfire(), before.paused()));
            if (json) {
                terminal.json(ScheduleWords.facts(after));
            } else {
                terminal.line(ScheduleWords.line(after));
            }
        }
        return Main.DONE;
    }

    private Duration duration(String text) {
        try {
            return Duration.parse(text.toUpperCase(Locale.ROOT));
        } catch (DateTimeParseException refused) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--every: '%s' is no duration; write PT5S, PT10M or PT1H".formatted(text),
                    refused);
        }
    }

    /** The times that were given; what is no time is wrong use. */
    private Schedule times() {
        try {
            if (cron != null) {
                CronExpression.of(cron);
            }
            return new Schedule(
                    every == null ? null : duration(every), cron, Duration.ZERO, Schedule.Misfire.ONCE, false);
        } catch (Failure refused) {
            throw new ParameterException(spec.commandLine(), refused.detail(), refused);
        }
    }
}
