package io.imaint.app;

import io.imaint.integration.definition.Definitions;
import io.imaint.integration.definition.Definitions.Defined;
import io.imaint.integration.definition.Schedule;
import io.imaint.integration.state.InboundState;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.Store;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The commands that change when deltas run: {@code imaint integrations pause}, {@code resume} and {@code schedule}. */
final class ScheduleCommands {
    private ScheduleCommands() {}

    /** A schedule as text, such as {@code every PT5S, paused}. */
    static String text(Schedule schedule) {
        var times = schedule.every() != null
                ? "every " + schedule.every()
                : schedule.cron() != null ? "cron " + schedule.cron() : "not scheduled";
        return schedule.paused() ? times + ", paused" : times;
    }

    private static void report(Store store, List<Defined> changed, Terminal terminal, boolean json) {
        if (json) {
            terminal.json(changed.stream().map(defined -> facts(store, defined)).toList());
        } else {
            changed.forEach(defined -> terminal.line(defined.integration().name() + ": "
                    + text(defined.integration().schedule())));
        }
    }

    private static Map<String, @Nullable Object> facts(Store store, Defined defined) {
        var schedule = defined.integration().schedule();
        var every = schedule.every();
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("name", defined.integration().name());
        facts.put(
                "status",
                InboundState.withStatus(store, defined.integration()).status().number());
        facts.put("every", every == null ? null : every.toString());
        facts.put("cron", schedule.cron());
        facts.put("paused", schedule.paused());
        facts.put("version", defined.version());
        return facts;
    }

    /** The integrations of a command that changes each in the same way. */
    static final class Names {
        @Parameters(arity = "1..*", paramLabel = "name", description = "the integrations")
        private List<String> names = List.of();

        @Option(names = "--json", description = "print JSON")
        private boolean json;

        int change(CommandSpec spec, Terminal terminal, BiFunction<Definitions, String, Defined> change) {
            try (var store = OpenStore.verified(SettingOptions.read(spec))) {
                var definitions = new Definitions(store.as(Caller.system("command-line")));
                names.forEach(definitions::one); // A misspelt name leaves the others unchanged.
                report(
                        store,
                        names.stream()
                                .map(name -> change.apply(definitions, name))
                                .toList(),
                        terminal,
                        json);
            }
            return Main.DONE;
        }
    }

    /** {@code imaint integrations pause}. */
    @Command(
            name = "pause",
            description = {
                "Pauses the schedules of integrations.",
                "A run that has begun continues, and `imaint inbound` still runs them."
            },
            mixinStandardHelpOptions = true,
            footer = {"", "Example: imaint integrations pause work-orders operations"})
    static final class Pause implements Callable<Integer>, SettingOptions.User {
        private final Terminal terminal;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private Names names = new Names();

        Pause(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            return names.change(spec, terminal, Definitions::pause);
        }
    }

    /** {@code imaint integrations resume}. */
    @Command(
            name = "resume",
            description = {
                "Resumes paused schedules, and runs at once an integration that was held after a failure.",
                "The schedule decides whether one run makes up for those missed."
            },
            mixinStandardHelpOptions = true,
            footer = {"", "Example: imaint integrations resume work-orders operations"})
    static final class Resume implements Callable<Integer>, SettingOptions.User {
        private final Terminal terminal;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Mixin
        private Names names = new Names();

        Resume(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            return names.change(spec, terminal, Definitions::resume);
        }
    }

    /** {@code imaint integrations schedule}. */
    @Command(
            name = "schedule",
            description = {
                "Sets when an integration fetches changes: at an interval, or at cron times in UTC.",
                "Jitter, the rule for missed runs, and the pause stay as they are."
            },
            mixinStandardHelpOptions = true,
            footer = {
                "",
                "Examples:",
                "  imaint integrations schedule work-orders --every PT5S",
                "  imaint integrations schedule plants --cron \"*/5 * * * *\""
            })
    static final class Set implements Callable<Integer>, SettingOptions.User {
        private final Terminal terminal;

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Parameters(paramLabel = "name", description = "the integration")
        private String name = "";

        @Option(names = "--every", paramLabel = "interval", description = "pause between two runs, such as PT5S")
        private @Nullable String every;

        @Option(names = "--cron", paramLabel = "times", description = "five crontab fields, such as \"*/5 * * * *\"")
        private @Nullable String cron;

        @Option(names = "--json", description = "print JSON")
        private boolean json;

        Set(Terminal terminal) {
            this.terminal = terminal;
        }

        @Override
        public Integer call() {
            if ((every == null) == (cron == null)) {
                throw new ParameterException(spec.commandLine(), "Give either --every or --cron.");
            }
            var times = times();
            try (var store = OpenStore.verified(SettingOptions.read(spec))) {
                var after = new Definitions(store.as(Caller.system("command-line")))
                        .schedule(
                                name,
                                before -> new Schedule(
                                        times.every(),
                                        times.cron(),
                                        before.jitter(),
                                        before.misfire(),
                                        before.paused()));
                if (json) {
                    terminal.json(facts(store, after));
                } else {
                    report(store, List.of(after), terminal, false);
                }
            }
            return Main.DONE;
        }

        private Schedule times() {
            try {
                if (cron != null) {
                    Schedule.Cron.of(cron);
                }
                return new Schedule(
                        every == null ? null : duration(every), cron, Duration.ZERO, Schedule.Misfire.ONCE, false);
            } catch (Failure refused) {
                throw new ParameterException(spec.commandLine(), refused.detail(), refused);
            }
        }

        private Duration duration(String text) {
            try {
                return Duration.parse(text.toUpperCase(Locale.ROOT));
            } catch (DateTimeParseException refused) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--every: '%s' is not a duration. Write PT5S, PT10M or PT1H.".formatted(text),
                        refused);
            }
        }
    }
}
