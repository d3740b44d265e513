package io.imaint.app;

import io.imaint.kernel.settings.Settings;
import io.imaint.simulator.console.Field;
import io.imaint.simulator.console.Operation;
import io.imaint.simulator.console.Operation.Weight;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The commands that administer the simulator, such as {@code imaint simulator users create}. They come from the same list
 * as its console and its admin API.
 */
final class SimulatorAdminCommands {
    static final String JSON = "--json";
    static final String YES = "--yes";

    /** Options that identify a running simulator: where it keeps its state, and its port. */
    private static final Set<String> RUNNING = Set.of("home", "simulator-state", "simulator-port");

    /** Options that identify a plant while no simulator runs: each plant has its own state. */
    private static final Set<String> STOPPED =
            Set.of("home", "simulator-state", "simulator-port", "simulator-data", "simulator-orders", "simulator-seed");

    private SimulatorAdminCommands() {}

    static void addTo(CommandLine program, Terminal terminal) {
        var simulator = under(program, "simulator");
        var keys = Targets.knownSettings();
        for (var operation : Operation.all()) {
            var words = List.of(operation.command().split(" ", -1));
            var parent = words.size() == 1 ? simulator : under(simulator, words.getFirst());
            parent.addSubcommand(words.getLast(), new CommandLine(command(operation, keys, terminal)));
        }
    }

    private static CommandLine under(CommandLine parent, String name) {
        return Objects.requireNonNull(parent.getSubcommands().get(name), name);
    }

    private static CommandSpec command(Operation operation, List<Settings.Known> keys, Terminal terminal) {
        var command = new SimulatorAdminCommand(operation, terminal);
        var spec = CommandSpec.wrapWithoutInspection(command).mixinStandardHelpOptions(true);
        command.is(spec);
        spec.usageMessage()
                .description(description(operation))
                .footer("", "Example: imaint simulator " + example(operation));
        spec.addOption(flag(JSON, "print JSON" + (operation.weight() == Weight.WIPES ? "; needs --yes" : "")));
        var settings = StoppedSimulator.does(operation) ? STOPPED : RUNNING;
        SettingOptions.add(
                spec, keys.stream().filter(key -> settings.contains(key.key())).toList(), "simulator-");
        if (operation.weight() == Weight.WIPES) {
            spec.addOption(flag(YES, "do not ask"));
        }
        int positionals = 0;
        for (var field : operation.fields()) {
            if (positional(field)) {
                spec.addPositional(positional(field, positionals));
                positionals += takesRest(field) ? 0 : 1;
            } else if (field.kind() != Field.Kind.SECRET && field.kind() != Field.Kind.PAIRS) {
                spec.addOption(option(field));
            }
        }
        return spec;
    }

    private static String[] description(Operation operation) {
        var secret = operation.fields().stream()
                .filter(field -> field.kind() == Field.Kind.SECRET)
                .findFirst();
        return secret.map(field -> new String[] {
                    operation.purpose(), "Asks for the " + field.name() + "; a script writes it to standard input."
                })
                .orElse(new String[] {operation.purpose()});
    }

    private static String example(Operation operation) {
        return operation.example().isEmpty() ? operation.command() : operation.example();
    }

    private static boolean positional(Field field) {
        return field.required() && field.kind() != Field.Kind.SECRET;
    }

    /** Words and pairs share the rest of the line; the command separates them. */
    private static PositionalParamSpec positional(Field field, int index) {
        boolean rest = takesRest(field);
        var label = field.name().toUpperCase(Locale.ROOT);
        var builder = PositionalParamSpec.builder()
                .required(!rest || field.kind() == Field.Kind.LINE)
                .paramLabel(field.kind() == Field.Kind.PAIRS ? "NAME=VALUE" : label)
                .description(field.choices().isEmpty() ? "" : String.join(" or ", field.choices()));
        return rest
                ? builder.index(index + "..*")
                        .arity(field.kind() == Field.Kind.LINE ? "1..*" : "0..*")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .build()
                : builder.index(Integer.toString(index))
                        .arity("1")
                        .type(String.class)
                        .build();
    }

    private static boolean takesRest(Field field) {
        return switch (field.kind()) {
            case WORDS, PAIRS, LINE -> true;
            case TEXT, SECRET, FLAG, NUMBER, DATE -> false;
        };
    }

    private static OptionSpec option(Field field) {
        var name = "--" + field.name();
        return switch (field.kind()) {
            case FLAG -> flag(name, "");
            case WORDS ->
                OptionSpec.builder(name)
                        .paramLabel("part")
                        .type(List.class)
                        .auxiliaryTypes(String.class)
                        .arity("1")
                        .description("can be repeated")
                        .build();
            case TEXT, SECRET, NUMBER, DATE, PAIRS, LINE ->
                OptionSpec.builder(name)
                        .paramLabel(field.kind().name().toLowerCase(Locale.ROOT))
                        .type(String.class)
                        .description(String.join(" or ", field.choices()))
                        .build();
        };
    }

    private static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name)
                .type(boolean.class)
                .arity("0")
                .description(description)
                .build();
    }
}
