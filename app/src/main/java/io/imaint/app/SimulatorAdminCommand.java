package io.imaint.app;

import io.imaint.simulator.SimulatorSettings;
import io.imaint.simulator.console.Field;
import io.imaint.simulator.console.Operation;
import io.imaint.simulator.console.Operation.Weight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A command that administers the simulator. It calls the running simulator; without one, a command that needs only the
 * state directory works on that.
 */
final class SimulatorAdminCommand implements Callable<Integer> {
    private static final JsonMapper MAPPER = new JsonMapper();

    private final Operation operation;
    private final Terminal terminal;
    private CommandSpec spec = CommandSpec.create();

    SimulatorAdminCommand(Operation operation, Terminal terminal) {
        this.operation = operation;
        this.terminal = terminal;
    }

    void is(CommandSpec own) {
        spec = own;
    }

    @Override
    public Integer call() throws InterruptedException {
        var arguments = arguments();
        if (operation.weight() == Weight.WIPES && !given(SimulatorAdminCommands.YES) && !agreed()) {
            terminal.note("Nothing was changed.");
            return Main.WRONG_USE;
        }
        var settings = settings();
        var running = RunningSimulator.of(settings);
        if (running.isPresent()) {
            var answer = running.get().ask(operation, arguments);
            return answer.status() == 200 ? done(answer.body()) : refused(answer.status(), answer.body());
        }
        if (StoppedSimulator.does(operation)) {
            return done(StoppedSimulator.run(settings.folder(), operation, arguments));
        }
        throw AppProblem.SIMULATOR_NOT_RUNNING.because("none has left its address in " + settings.addressFolder());
    }

    private SimulatorSettings settings() {
        var settings = SettingOptions.read(spec);
        Targets.verifiable(settings); // So that the keys of other services are not reported as unknown.
        var read = SimulatorSettings.read(settings);
        settings.verify();
        return read;
    }

    private boolean agreed() {
        terminal.note(operation.purpose());
        if (!terminal.interactive()) {
            terminal.note("This is not a terminal: confirm with --yes.");
            return false;
        }
        return "yes".equalsIgnoreCase(terminal.ask("Type yes to do it: "));
    }

    private Map<String, Object> arguments() {
        var arguments = new LinkedHashMap<String, Object>();
        int positional = 0;
        for (var field : operation.fields()) {
            Object value = field.kind() == Field.Kind.SECRET
                    ? terminal.secret("The " + field.name() + ": ")
                    : field.required()
                            ? spec.positionalParameters().get(positional++).getValue()
                            : value("--" + field.name());
            if (value instanceof List<?> words) {
                rest(field, words.stream().map(String::valueOf).toList(), arguments);
            } else if (value instanceof Boolean flag) {
                if (flag) {
                    arguments.put(field.name(), true);
                }
            } else if (value != null) {
                arguments.put(field.name(), value);
            }
        }
        return arguments;
    }

    private void rest(Field field, List<String> words, Map<String, Object> arguments) {
        boolean both = operation.fields().stream().anyMatch(other -> other.kind() == Field.Kind.PAIRS);
        switch (field.kind()) {
            case LINE -> arguments.put(field.name(), line(String.join(" ", words)));
            case PAIRS -> arguments.put(field.name(), pairs(words));
            default ->
                arguments.put(
                        field.name(),
                        both ? words.stream().filter(word -> !isPair(word)).toList() : words);
        }
    }

    /** A property name is in capitals and digits; no key of the plant has that before an equals sign. */
    private static boolean isPair(String word) {
        return word.matches("(?s)[A-Z][A-Z0-9_]*=.*");
    }

    private Map<String, String> pairs(List<String> words) {
        boolean both = operation.fields().stream().anyMatch(other -> other.kind() == Field.Kind.WORDS);
        var pairs = new LinkedHashMap<String, String>();
        for (var word : words) {
            if (isPair(word)) {
                pairs.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
            } else if (!both) {
                throw new ParameterException(spec.commandLine(), "'%s' is not NAME=VALUE".formatted(word));
            }
        }
        return pairs;
    }

    private String line(String text) {
        if (!text.startsWith("@")) {
            return text;
        }
        try {
            return Files.readString(Path.of(text.substring(1)));
        } catch (IOException unreadable) {
            throw new ParameterException(spec.commandLine(), "cannot read " + text.substring(1), unreadable);
        }
    }

    private @Nullable Object value(String option) {
        var found = spec.findOption(option);
        return found == null ? null : found.getValue();
    }

    private boolean given(String option) {
        return value(option) instanceof Boolean flag && flag;
    }

    private int done(JsonNode answer) {
        if (given(SimulatorAdminCommands.JSON)) {
            terminal.json(answer);
        } else {
            new JsonAsText(terminal).print(answer);
        }
        // An import that ran and failed is an answer, but no success.
        return answer.path("done").asBoolean(true) ? Main.DONE : Main.FAILED;
    }

    private int refused(int status, JsonNode problem) {
        if (given(SimulatorAdminCommands.JSON)) {
            terminal.json(problem);
            return status == 400 ? Main.WRONG_USE : Main.FAILED;
        }
        var text = JsonAsText.harmless("%s: %s [%s]"
                .formatted(
                        problem.path("title").asString(""),
                        problem.path("detail").asString(""),
                        problem.path("code").asString("")));
        terminal.note(text);
        return status == 400 ? Main.WRONG_USE : Main.FAILED;
    }

    static JsonNode tree(Object value) {
        return MAPPER.valueToTree(value);
    }
}
