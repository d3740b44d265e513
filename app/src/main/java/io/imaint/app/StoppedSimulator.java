package io.imaint.app;

import io.imaint.simulator.console.Operation;
import io.imaint.simulator.state.StateFolder;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What can be done with a simulator's state folder while no simulator uses it. */
final class StoppedSimulator {
    private StoppedSimulator() {}

    static JsonNode run(Path path, Operation operation, Map<String, Object> arguments) {
        var name = arguments.getOrDefault("name", "").toString();
        try (var folder = StateFolder.at(path, InstantSource.system())) {
            var message = switch (operation.command()) {
                case "reset" -> {
                    folder.reset();
                    yield "Everything is as at the first start";
                }
                case "snapshot" -> {
                    folder.snapshot(name);
                    yield "Snapshot kept: " + name;
                }
                case "restore" -> {
                    folder.restore(name);
                    yield "Restored: " + name;
                }
                default -> "No simulator runs; this is what its folder holds";
            };
            List<Map<String, String>> snapshots = folder.snapshots().stream()
                    .map(snapshot -> Map.of("name", snapshot))
                    .toList();
            return DeskCommand.tree(Map.of("message", message, "snapshots", snapshots));
        }
    }
}
