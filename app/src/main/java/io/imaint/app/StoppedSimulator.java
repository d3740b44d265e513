package io.imaint.app;

import io.imaint.simulator.console.Operation;
import io.imaint.simulator.state.StateFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Operations on a simulator's state directory while no simulator uses it. */
final class StoppedSimulator {
    private static final Set<String> COMMANDS = Set.of("reset", "snapshot", "restore", "snapshots");

    private StoppedSimulator() {}

    static boolean does(Operation operation) {
        return COMMANDS.contains(operation.command());
    }

    /**
     * Runs an operation.
     *
     * @param path the state directory of one plant; a wrong one is an error, so it is not created
     */
    static JsonNode run(Path path, Operation operation, Map<String, Object> arguments) {
        if (!Files.isDirectory(path)) {
            throw AppProblem.SIMULATOR_NOT_RUNNING.because(
                    "there is no simulator state in %s%s".formatted(path, others(path.getParent())));
        }
        var name = arguments.getOrDefault("name", "").toString();
        try (var folder = StateFolder.at(path, InstantSource.system())) {
            var message = switch (operation.command()) {
                case "reset" -> {
                    folder.reset();
                    yield "Reset to the state of the first start: " + path;
                }
                case "snapshot" -> {
                    folder.snapshot(name);
                    yield "Created snapshot " + name;
                }
                case "restore" -> {
                    folder.restore(name);
                    yield "Restored snapshot " + name;
                }
                default -> "No simulator is running. Snapshots in " + path;
            };
            List<Map<String, String>> snapshots = folder.snapshots().stream()
                    .map(snapshot -> Map.of("name", snapshot))
                    .toList();
            return SimulatorAdminCommand.tree(Map.of("message", message, "snapshots", snapshots));
        }
    }

    private static String others(@Nullable Path parent) {
        if (parent == null || !Files.isDirectory(parent)) {
            return "";
        }
        try (Stream<Path> found = Files.list(parent)) {
            var names = found.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList();
            return names.isEmpty() ? "" : "; its parent directory has " + String.join(", ", names);
        } catch (IOException unreadable) {
            return "";
        }
    }
}
