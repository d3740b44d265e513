package io.imaint.app;

import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.ProblemCode;
import io.imaint.kernel.service.ServiceProblem;
import io.imaint.kernel.settings.SettingsProblem;
import io.imaint.kernel.telemetry.LogSettings;
import io.imaint.kernel.telemetry.Logs;
import io.imaint.store.StoreSettings;
import java.io.PrintWriter;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.logging.Handler;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command {@code imaint}. Exit codes: 0 done, 1 failed, 2 wrong use. */
@Command(
        name = "imaint",
        description = "iMaintenance: SAP Plant Maintenance for connected workers.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Start with: imaint up"})
final class Main {
    private static final List<Class<?>> COMMANDS = List.of(
            UpCommand.class,
            RunCommand.class,
            StatusCommand.class,
            VerifyConnectionCommand.class,
            VerifyCommand.Sections.class,
            VerifyCommand.Doctor.class,
            IntegrationsCommand.class,
            InboundCommand.class,
            MapCommand.class,
            SeedCommand.class,
            GatewayCommand.class,
            PlantsCommand.class,
            ResetCommand.class,
            DumpCommand.class,
            RestoreCommand.class,
            UsersCommand.class,
            RolesCommand.class,
            AuditCommand.class,
            FactsCommand.class,
            OutboxCommand.class,
            SimulatorCommand.class,
            SettingsCommand.class,
            VersionCommand.class,
            TrainCommand.class,
            CommandLine.HelpCommand.class);

    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USE = 2;

    private static final System.Logger LOG = System.getLogger(Main.class.getName());

    private static final String VERBOSE = "--verbose";
    private static final String JSON = "--json";

    /** Mistakes in the command itself, as opposed to failures of what it does. */
    private static final Set<ProblemCode> WRONG_USES =
            Set.of(AppProblem.COMMAND_INVALID, SettingsProblem.SETTINGS_INVALID, ServiceProblem.TARGET_UNKNOWN);

    public static void main(String[] arguments) {
        // The program's texts and number formats do not depend on the machine's language.
        Locale.setDefault(Locale.ROOT);
        int exit = run(Terminal.system(), arguments);
        System.exit(exit); // Threads of the engines that are not daemons must not keep a finished command alive.
    }

    /** Runs one command to its end; returns its exit code. */
    static int run(Terminal terminal, String... arguments) {
        var line = commands(terminal, asked(arguments));
        line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        line.setUsageHelpWidth(TextTable.WIDTH);
        line.setExpandAtFiles(false); // A file of fault rules is for the command, not for its parser.
        setVersion(line);
        line.setExecutionStrategy(parsed -> {
            configureLogs(parsed, terminal);
            return new CommandLine.RunLast().execute(parsed);
        });
        line.setExecutionExceptionHandler(failures(terminal));
        line.setParameterExceptionHandler((wrong, given) -> wrongUse(wrong, terminal, given));
        try {
            return line.execute(arguments);
        } finally {
            Shutdown.done();
        }
    }

    /**
     * The only command that is needed, where the first word names one, and otherwise all: with their options, which are
     * hundreds, they take longer to make than most of them take to run.
     */
    private static List<Class<?>> asked(String... arguments) {
        var word = arguments.length == 0 ? "" : arguments[0];
        var named = COMMANDS.stream()
                .filter(command -> name(command).equals(word) && command != CommandLine.HelpCommand.class)
                .toList();
        return named.isEmpty() ? COMMANDS : named;
    }

    private static String name(Class<?> command) {
        return command.getAnnotation(Command.class).name();
    }

    /** The program's line with some of its commands, and their options. */
    private static CommandLine commands(Terminal terminal, List<Class<?>> some) {
        var line = new CommandLine(new Main(), new Commands(terminal));
        some.forEach(command -> line.addSubcommand(name(command), command));
        if (some.contains(SimulatorCommand.class)) {
            SimulatorAdminCommands.addTo(line, terminal);
        }
        SettingOptions.addTo(line);
        addVerbose(line);
        if (some.contains(RunCommand.class)) {
            RunCommand.addTargets(
                    Objects.requireNonNull(line.getSubcommands().get("run")).getCommandSpec());
        }
        return line;
    }

    private static void setVersion(CommandLine line) {
        line.getCommandSpec().version("iMaintenance " + VersionCommand.version());
        line.getSubcommands().values().forEach(Main::setVersion);
    }

    private static void addVerbose(CommandLine line) {
        if (line.getCommandSpec().findOption("--home") != null) {
            line.getCommandSpec()
                    .addOption(OptionSpec.builder(VERBOSE)
                            .type(boolean.class)
                            .arity("0")
                            .description("print log records as well, which otherwise go to logs/imaint.log in the data"
                                    + " directory")
                            .build());
        }
        line.getSubcommands().values().forEach(Main::addVerbose);
    }

    /**
     * Keeps log records off the terminal: they go to a file in the data directory, and with {@code --verbose} to
     * standard error too. A service logs to standard error only, where its supervisor collects it.
     */
    private static void configureLogs(CommandLine.ParseResult parsed, Terminal terminal) {
        Logs.configure(Level.INFO);
        var last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        var command = last.commandSpec();
        if (last.isUsageHelpRequested() || last.isVersionHelpRequested() || command.findOption("--home") == null) {
            return;
        }
        try {
            var settings = SettingOptions.read(command);
            var logs = LogSettings.read(settings);
            var home = StoreSettings.read(settings).directory();
            boolean service = command.userObject() instanceof SettingOptions.User user && user.logsToStandardError();
            var handlers = new ArrayList<Handler>();
            if (service || last.hasMatchedOption(VERBOSE)) {
                handlers.add(Logs.to(terminal.err(), logs.json().orElse(!terminal.interactive())));
            }
            if (!service) {
                handlers.add(Logs.to(DataDirectory.log(home), logs.json().orElse(true)));
            }
            Logs.configure(logs.level(), handlers.toArray(Handler[]::new));
        } catch (Failure unreadable) {
            throw new CommandLine.ExecutionException(command.commandLine(), unreadable.detail(), unreadable);
        }
    }

    /** Says what is wrong and where the help is; the help itself would push it off the screen. */
    private static int wrongUse(ParameterException wrong, Terminal terminal, String... given) {
        var command = wrong.getCommandLine();
        var suggestion = suggestion(wrong, terminal);
        var message = wrong instanceof UnmatchedArgumentException unmatched
                ? "Unknown argument: " + String.join(" ", unmatched.getUnmatched())
                : Objects.requireNonNullElse(wrong.getMessage(), "");
        if (Arrays.asList(given).contains(JSON)) {
            terminal.json(InboundReports.problem(
                    AppProblem.COMMAND_INVALID.because(suggestion == null ? message : message + ". " + suggestion)));
        } else {
            terminal.note(message);
            terminal.note(
                    suggestion == null
                            ? "See `%s --help`."
                                    .formatted(command.getCommandSpec().qualifiedName())
                            : suggestion);
        }
        return WRONG_USE;
    }

    /** What was probably meant: the same word as a command elsewhere, or a similar word of this command. */
    private static @Nullable String suggestion(ParameterException wrong, Terminal terminal) {
        if (!(wrong instanceof UnmatchedArgumentException unmatched)
                || unmatched.getUnmatched().isEmpty()) {
            return null;
        }
        var word = unmatched.getUnmatched().getFirst();
        var meant = new ArrayList<>(named(commands(terminal, COMMANDS).getCommandSpec(), word));
        if (meant.isEmpty()) {
            unmatched.getSuggestions().stream()
                    .filter(similar -> initial(similar).equals(initial(word)))
                    .limit(1)
                    .forEach(meant::add);
        }
        return meant.isEmpty() ? null : "Did you mean: %s?".formatted(String.join(" or ", meant));
    }

    private static List<String> named(CommandSpec command, String word) {
        var found = new ArrayList<String>();
        command.subcommands().forEach((name, sub) -> {
            if (name.equals(word)) {
                found.add(sub.getCommandSpec().qualifiedName());
            }
            found.addAll(named(sub.getCommandSpec(), word));
        });
        return found;
    }

    /** A similar word begins alike; picocli alone finds {@code version} similar to {@code discover}. */
    private static String initial(String words) {
        var last = words.substring(words.lastIndexOf(' ') + 1).replace("-", "");
        return last.isEmpty() ? "" : last.substring(0, 1);
    }

    private static IExecutionExceptionHandler failures(Terminal terminal) {
        return (thrown, command, parsed) -> {
            if (!(thrown instanceof Failure failure)) {
                LOG.log(Level.ERROR, "a command met a defect", thrown);
                terminal.note("A defect in iMaintenance ended the command: %s. The log has the stack trace."
                        .formatted(thrown));
                return FAILED;
            }
            LOG.log(Level.DEBUG, "the command failed", failure);
            if (command.getParseResult().hasMatchedOption(JSON)) {
                terminal.json(InboundReports.problem(failure));
            } else {
                terminal.note(failure.line());
            }
            return WRONG_USES.contains(failure.code()) ? WRONG_USE : FAILED;
        };
    }

    /** Creates the commands with the terminal; picocli itself creates everything else. */
    private record Commands(Terminal terminal) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            for (var constructor : type.getDeclaredConstructors()) {
                if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Terminal.class) {
                    return type.cast(constructor.newInstance(terminal));
                }
            }
            return CommandLine.defaultFactory().create(type);
        }
    }
}
