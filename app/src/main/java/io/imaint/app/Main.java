package io.imaint.app;

import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.ProblemCode;
import io.imaint.kernel.service.ServiceProblem;
import io.imaint.kernel.settings.SettingsProblem;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IExecutionExceptionHandler;

/** The command {@code imaint}. Exit codes: 0 done, 1 failed, 2 used wrongly. */
@Command(
        name = "imaint",
        description = "iMaintenance: SAP Plant Maintenance for connected workers.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Start with: imaint up"},
        subcommands = {
            UpCommand.class,
            RunCommand.class,
            StatusCommand.class,
            IntegrationsCommand.class,
            InboundCommand.class,
            MapCommand.class,
            ResetCommand.class,
            DumpCommand.class,
            RestoreCommand.class,
            AuditCommand.class,
            SimulatorCommand.class,
            SettingsCommand.class,
            VersionCommand.class,
            TrainCommand.class,
            CommandLine.HelpCommand.class,
        })
final class Main {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int USED_WRONGLY = 2;

    /** What a person starting the program got wrong, as opposed to what went wrong. */
    private static final Set<ProblemCode> WRONG_USE =
            Set.of(SettingsProblem.SETTINGS_INVALID, ServiceProblem.TARGET_UNKNOWN);

    public static void main(String[] arguments) {
        // The program's texts and number formats do not depend on the machine's language.
        Locale.setDefault(Locale.ROOT);
        int exit = run(Terminal.system(), arguments);
        Stop.done();
        System.exit(exit); // Threads of the engines that are not daemons must not keep a finished command alive.
    }

    /** Runs one command to its end; returns its exit code. */
    static int run(Terminal terminal, String... arguments) {
        var line = new CommandLine(new Main(), new Commands(terminal));
        DeskCommands.addTo(line, terminal);
        line.setOut(new PrintWriter(terminal.out(), true, StandardCharsets.UTF_8));
        line.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
        SettingOptions.addTo(line);
        line.setExpandAtFiles(false); // A file of fault rules is for the command, not for its parser.
        sayVersion(line);
        line.setExecutionExceptionHandler(failures(terminal));
        line.setParameterExceptionHandler((wrong, given) -> wrongUse(wrong));
        return line.execute(arguments);
    }

    private static void sayVersion(CommandLine line) {
        line.getCommandSpec().version("iMaintenance " + VersionCommand.version());
        line.getSubcommands().values().forEach(Main::sayVersion);
    }

    /** Says what is wrong and where the help is; the help itself would push it off the screen. */
    private static int wrongUse(CommandLine.ParameterException wrong) {
        var command = wrong.getCommandLine();
        command.getErr().println(wrong.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, command.getErr())) {
            command.getErr()
                    .println("`%s --help` says how it is used."
                            .formatted(command.getCommandSpec().qualifiedName()));
        }
        return USED_WRONGLY;
    }

    private static IExecutionExceptionHandler failures(Terminal terminal) {
        return (thrown, command, parsed) -> {
            if (!(thrown instanceof Failure failure)) {
                terminal.note("A defect in iMaintenance ended the command: " + thrown);
                thrown.printStackTrace(terminal.err());
                return FAILED;
            }
            if (command.getParseResult().hasMatchedOption("--json")) {
                var problem = new LinkedHashMap<String, Object>();
                problem.put("code", failure.code().slug());
                problem.put("title", failure.code().title());
                problem.put("detail", failure.detail());
                problem.put("remedy", failure.code().remedy());
                terminal.json(problem);
            }
            terminal.note(failure.line());
            return WRONG_USE.contains(failure.code()) ? USED_WRONGLY : FAILED;
        };
    }

    /** Makes the commands, giving each the terminal; picocli itself makes everything else. */
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
