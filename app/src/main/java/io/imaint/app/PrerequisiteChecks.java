package io.imaint.app;

import io.imaint.app.Check.Finding;
import io.imaint.gateway.GatewaySettings;
import io.imaint.integration.discovery.ConnectionCheck.Result;
import io.imaint.integration.discovery.ConnectionCheck.Step;
import io.imaint.integration.source.SapSystem;
import io.imaint.kernel.http.ApiSettings;
import io.imaint.kernel.settings.ServiceAddress;
import io.imaint.kernel.settings.Settings;
import io.imaint.simulator.SimulatorSettings;
import io.imaint.store.StoreProbe;
import io.imaint.store.StoreSettings;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Guide 2.1: what has to be in place before anything is set up. */
final class PrerequisiteChecks {
    /** Room for the data of a large plant, its indexes and logs, and a dump beside them. */
    private static final long DISK_BYTES_WANTED = 10L << 30;

    /** Below this, loads and checkpoints of the store fail soon. */
    private static final long DISK_BYTES_MIN = 500L << 20;

    private static final long HEAP_BYTES_WANTED = 512L << 20;

    /** No machine's clock is right that shows a day before this program was written. */
    private static final LocalDate WRITTEN = LocalDate.of(2026, 11, 1);

    private static final Duration PATIENCE = Duration.ofSeconds(3);

    /** The steps of the connection test that tell which services there are. */
    private static final Set<Step> SERVICE_STEPS = EnumSet.of(Step.SERVICE, Step.CATALOG, Step.METADATA);

    static final List<Check> ALL = List.of(
            new Check("2.1", "sap-connection", PrerequisiteChecks::sapConnection),
            new Check("2.1", "sap-services", PrerequisiteChecks::sapServices),
            new Check("2.1", "store", inputs -> Finding.ok(StoreProbe.probe(StoreSettings.read(inputs.settings())))),
            new Check("2.1", "data-directory", inputs -> dataDirectory(home(inputs.settings()))),
            new Check("2.1", "disk", inputs -> disk(home(inputs.settings()))),
            new Check("2.1", "memory", inputs -> memory()),
            new Check("2.1", "ports", inputs -> ports(inputs.settings())),
            new Check("2.1", "clock", inputs -> clock(InstantSource.system())));

    private PrerequisiteChecks() {}

    private static Path home(Settings settings) {
        return StoreSettings.read(settings).directory();
    }

    private static Optional<SapSystem> system(Settings settings) {
        return SapSystem.read(settings).or(() -> SapSystems.running(settings));
    }

    private static Finding sapConnection(Check.Inputs inputs) {
        var system = system(inputs.settings());
        if (system.isEmpty()) {
            return Finding.warn(
                    "no SAP system is named, and no simulator runs",
                    "Set sap-url, sap-user and sap-password, or run `imaint up`, which starts the simulator.");
        }
        var failed = inputs.sap(system.get()).stream()
                .filter(outcome -> outcome.result() == Result.FAILED)
                .findFirst();
        var address = system.get().serviceUrl();
        if (failed.isPresent()) {
            return Finding.fail(
                    "%s, step %s: %s"
                            .formatted(
                                    address, failed.get().step(), failed.get().detail()),
                    failed.get().remedy());
        }
        return "http".equals(address.getScheme()) && !ServiceAddress.isLoopback(address.getHost())
                ? Finding.warn(address + " answers, but without TLS", "Use the HTTPS port of the SAP system.")
                : Finding.ok(address + " answers, logs on and shows rows");
    }

    private static Finding sapServices(Check.Inputs inputs) {
        var system = system(inputs.settings());
        if (system.isEmpty()) {
            return Finding.warn("not asked, because there is no SAP system", "");
        }
        var told = new ArrayList<String>();
        for (var outcome : inputs.sap(system.get())) {
            if (!SERVICE_STEPS.contains(outcome.step())) {
                continue;
            }
            switch (outcome.result()) {
                case OK -> told.add(outcome.detail());
                case FAILED -> {
                    return Finding.fail(outcome.detail(), outcome.remedy());
                }
                case SKIPPED -> {
                    return Finding.warn("not asked: " + outcome.detail(), "");
                }
            }
        }
        return Finding.ok(String.join("; ", told));
    }

    private static Finding dataDirectory(Path home) throws IOException {
        if (!Files.isDirectory(home)) {
            return Files.isWritable(standing(home))
                    ? Finding.ok(home + " does not exist yet and can be created")
                    : Finding.fail(
                            home + " cannot be created: permission denied", "Set home to a directory of your own.");
        }
        if (!Files.isWritable(home)) {
            return Finding.fail(home + " cannot be written", "Run the command as the owner of the directory.");
        }
        if (!Files.getFileStore(home).supportsFileAttributeView("posix")) {
            return Finding.warn(home + " is on a file system without permissions", "Keep the data on a local disk.");
        }
        var others = Files.getPosixFilePermissions(home).stream()
                .map(Enum::name)
                .filter(name -> !name.startsWith("OWNER"))
                .toList();
        return others.isEmpty()
                ? Finding.ok(home + " belongs to its owner alone")
                : Finding.warn(home + " is open to other users of this machine", "chmod 700 " + home);
    }

    /** A directory, or the nearest one above it that exists. */
    private static Path standing(Path directory) {
        var place = directory.toAbsolutePath();
        for (var above = place; above != null; above = above.getParent()) {
            if (Files.exists(above)) {
                return above;
            }
        }
        return place;
    }

    private static Finding disk(Path home) throws IOException {
        var place = standing(home);
        long free = Files.getFileStore(place).getUsableSpace();
        var reason = "%,d MB are free at %s".formatted(free >> 20, place);
        if (free < DISK_BYTES_MIN) {
            return Finding.fail(reason, "Free at least %d MB.".formatted(DISK_BYTES_MIN >> 20));
        }
        return free < DISK_BYTES_WANTED
                ? Finding.warn(reason, "Plan %d GB for a large plant.".formatted(DISK_BYTES_WANTED >> 30))
                : Finding.ok(reason);
    }

    private static Finding memory() {
        long heap = Runtime.getRuntime().maxMemory();
        var reason = "Java %s may use %,d MB".formatted(Runtime.version(), heap >> 20);
        return heap < HEAP_BYTES_WANTED
                ? Finding.warn(reason, "Give the machine more memory, or set -Xmx in IMAINT_JAVA_OPTIONS.")
                : Finding.ok(reason);
    }

    private static Finding ports(Settings settings) {
        var api = ApiSettings.read(settings);
        var taken = new ArrayList<String>();
        var told = new ArrayList<String>();
        var running = DataDirectory.running(home(settings));
        if (running.isPresent()) {
            told.add("`imaint up` answers at " + running.get());
        } else {
            port(api.host(), api.port(), "port", told, taken);
            if (api.healthPort() > 0) {
                port(api.host(), api.healthPort(), "health-port", told, taken);
            }
            var gateway = GatewaySettings.read(settings);
            port(gateway.host(), gateway.port(), "gateway-port", told, taken);
        }
        if (SapSystem.read(settings).isEmpty()) {
            simulatorPort(settings, told, taken);
        }
        return taken.isEmpty()
                ? Finding.ok(String.join(", ", told))
                : Finding.fail(String.join(", ", taken), "End the program that listens there, or set other ports.");
    }

    private static void port(String host, int port, String key, List<String> told, List<String> taken) {
        try (var socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
            told.add("%s %d is free".formatted(key, socket.getLocalPort()));
        } catch (BindException used) {
            if (isOurs(host, port)) {
                told.add("%s %d answers like iMaintenance".formatted(key, port));
            } else {
                taken.add("%s %d is in use by another program".formatted(key, port));
            }
        } catch (IOException refused) {
            taken.add("%s %d on %s: %s".formatted(key, port, host, refused.getMessage()));
        }
    }

    private static void simulatorPort(Settings settings, List<String> told, List<String> taken) {
        var simulator = SimulatorSettings.read(settings);
        var running = RunningSimulator.of(simulator).map(RunningSimulator::url);
        if (running.isPresent()) {
            told.add("simulator-port %d is in use by the simulator"
                    .formatted(running.get().getPort()));
        } else {
            port("127.0.0.1", simulator.port(), "simulator-port", told, taken);
        }
    }

    private static boolean isOurs(String host, int port) {
        try (var client = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            var live = HttpRequest.newBuilder(URI.create("http://%s:%d/health/live".formatted(host, port)))
                    .timeout(PATIENCE)
                    .build();
            return client.send(live, HttpResponse.BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException silent) {
            return false;
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Finding clock(InstantSource source) {
        var today = LocalDate.ofInstant(source.instant(), ZoneOffset.UTC);
        return today.isBefore(WRITTEN)
                ? Finding.fail("the clock shows " + today, "Let NTP keep the clock.")
                : Finding.ok("the clock shows %s UTC; `imaint verify-connection` compares it with SAP's"
                        .formatted(source.instant().truncatedTo(ChronoUnit.SECONDS)));
    }
}
