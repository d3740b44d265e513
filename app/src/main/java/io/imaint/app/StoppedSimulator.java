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

/** What can be done with a simulator's state folder while no simulator uses it. */
final class StoppedSimulator {
    private static final Set<String> COMMANDS = Set.of("reset", "snapshot", "restore", "snapshots");

    private StoppedSimulator() {}

    static boolean does(Operation operation) {
        return COMMANDS.contains(operation.command());
    }

    /**
     * Does an operation.
     *
     * @param path the state folder of one plant; it is not made here, since whoever names a wrong one must learn of it
     */
    static JsonNode run(Path path, Operation operation, Map<String, Object> arguments) {
        if (!Files.isDirectory(path)) {
            throw AppProblem.SIMULATOR_NOT_RUNNING.because(
                    "and none has left a state in %s%s".formatted(path, others(path.getParent())));
        }
        var name = arguments.getOrDefault("name", "").toString();
        try (var folder = StateFolder.at(path, InstantSource.system())) {
            var message = switch (operation.command()) {
                case "reset" -> {
                    folder.reset();
                    yield "Everything is as at the first start in " + path;
                }
                case "snapshot" -> {
                    folder.snapshot(name);
                    yield "Snapshot kept: " + name;
                }
                case "restore" -> {
                    folder.restore(name);
                    yield "Restored: " + name;
                }
                default -> "No simulator runs; this is what is kept in " + path;
            };
            List<Map<String, String>> snapshots = folder.snapshots().stream()
                    .map(snapshot -> Map.of("name", snapshot))
                    .toList();
            return DeskCommand.tree(Map.of("message", message, "snapshots", snapshots));
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
            return names.isEmpty() ? "" : "; beside it there are " + String.join(", ", names);
        } catch (IOException unreadable) {
            return "";
        }
    }
}
