package io.imaint.app;

import io.imaint.kernel.settings.Settings;
import io.imaint.kernel.telemetry.Logs;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/**
 * {@code imaint train}: starts, loads a small plant and answers a few requests, so that Java records which classes and
 * methods a start needs. The launcher runs it to create the start cache.
 */
@Command(name = "train", hidden = true, description = "Exercises a start for the start cache.")
final class TrainCommand implements Callable<Integer> {
    private static final List<String> PATHS = List.of(
            "/health/ready",
            "/api/work-orders?limit=20",
            "/api/work-orders?limit=20&status=REL&text=pump",
            "/api/equipment?limit=20",
            "/api/functional-location-tree",
            "/api/plants");

    private final Terminal terminal;

    TrainCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        Logs.configure(Level.WARNING, Logs.to(terminal.err(), true));
        var home = Files.createTempDirectory("imaint-train");
        try (var system = RunningSystem.start("all", settings(home))) {
            system.services().the(Targets.inbound(settings(home))).awaitFirstLoad();
            var token = AdminToken.in(home).reveal();
            for (var path : PATHS) {
                terminal.line(path + " " + status(system, path, token));
            }
        } finally {
            delete(home);
        }
        return Main.DONE;
    }

    private static Settings settings(Path home) {
        return Settings.of(Map.of(
                "home",
                home.toString(),
                "port",
                "0",
                "gateway-port",
                "0",
                "simulator-port",
                "0",
                "simulator-orders",
                "2000"));
    }

    private static int status(RunningSystem system, String path, String token) throws IOException {
        var connection =
                (HttpURLConnection) system.address().resolve(path).toURL().openConnection();
        connection.setRequestProperty("Authorization", "Bearer " + token);
        try (var body =
                connection.getResponseCode() < 400 ? connection.getInputStream() : connection.getErrorStream()) {
            body.transferTo(java.io.OutputStream.nullOutputStream());
            return connection.getResponseCode();
        }
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
