package io.imaint.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.simulator.SimulatorSettings;
import io.imaint.simulator.console.AdminApi;
import io.imaint.simulator.console.Operation;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A simulator that runs on this machine. It is found by the file in which it stores its address and a token, and which
 * only the file's owner can read.
 */
final class RunningSimulator {
    private static final Duration CONNECT = Duration.ofSeconds(3);

    /** A reset or a snapshot of a large plant takes long. */
    private static final Duration ANSWER = Duration.ofMinutes(2);

    private static final JsonMapper MAPPER = new JsonMapper();

    private static final String FILE = "simulator(-[0-9]+)?\\.json";

    private final URI url;
    private final String token;
    private final String plant;

    /** An answer of the simulator. */
    record Answer(int status, JsonNode body) {}

    private RunningSimulator(URI url, String token, String plant) {
        this.url = url;
        this.token = token;
        this.plant = plant;
    }

    /**
     * The simulator that left its address in the folder of the settings: the one on the settings' port, or the only one.
     * Empty when none runs.
     *
     * @throws io.imaint.kernel.problem.Failure {@link AppProblem#SIMULATOR_AMBIGUOUS} when several run on other ports
     */
    static Optional<RunningSimulator> of(SimulatorSettings settings) {
        var running = in(settings.addressFolder());
        var onPort = running.stream()
                .filter(one -> one.url.getPort() == settings.port())
                .findFirst();
        if (onPort.isPresent() || running.isEmpty()) {
            return onPort;
        }
        if (running.size() > 1) {
            throw AppProblem.SIMULATOR_AMBIGUOUS.because(running.stream()
                    .map(one -> "%s (%s)".formatted(one.url, one.plant))
                    .sorted()
                    .collect(Collectors.joining(", ")));
        }
        return Optional.of(running.getFirst());
    }

    /** Those that listen; one that ended without cleaning up left its file. */
    private static List<RunningSimulator> in(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(FILE))
                    .flatMap(file -> read(file).stream())
                    .toList();
        } catch (IOException unreadable) {
            throw AppProblem.SIMULATOR_NOT_RUNNING.because(folder + ": " + unreadable.getMessage(), unreadable);
        }
    }

    URI url() {
        return url;
    }

    /** What makes its data. */
    String plant() {
        return plant;
    }

    private static Optional<RunningSimulator> read(Path file) {
        try {
            var facts = MAPPER.readTree(Files.readString(file));
            var found = new RunningSimulator(
                    URI.create(facts.path("url").asString("")),
                    facts.path("token").asString(""),
                    facts.path("plant").asString(""));
            return found.listens() ? Optional.of(found) : Optional.empty();
        } catch (NoSuchFileException ended) {
            return Optional.empty();
        } catch (IOException | JacksonException | IllegalArgumentException unreadable) {
            throw AppProblem.SIMULATOR_NOT_RUNNING.because(file + ": " + DataDirectory.reason(unreadable), unreadable);
        }
    }

    private boolean listens() throws IOException {
        if (url.getHost() == null || url.getPort() < 0) {
            throw new IOException("it names no address");
        }
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(url.getHost(), url.getPort()), (int) CONNECT.toMillis());
            return true;
        } catch (ConnectException nobody) {
            return false;
        }
    }

    Answer ask(Operation operation, Map<String, Object> arguments) throws InterruptedException {
        boolean reads = operation.weight() == Operation.Weight.READS;
        var path = AdminApi.ROOT + "/" + operation.path();
        var request = HttpRequest.newBuilder(url.resolve(reads ? path + query(arguments) : path))
                .timeout(ANSWER)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "application/json");
        if (!reads) {
            request.header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(MAPPER.writeValueAsString(arguments)));
        }
        try (var client = HttpClient.newBuilder().connectTimeout(CONNECT).build()) {
            var response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), MAPPER.readTree(response.body()));
        } catch (IOException | JacksonException failed) {
            throw AppProblem.SIMULATOR_SILENT.because(url + path + ": " + failed, failed);
        }
    }

    private static String query(Map<String, Object> arguments) {
        var pairs = new ArrayList<String>();
        arguments.forEach((name, value) -> {
            var values = value instanceof Collection<?> many ? many : List.of(value);
            values.forEach(one -> pairs.add(name + "=" + URLEncoder.encode(one.toString(), UTF_8)));
        });
        return pairs.isEmpty() ? "" : "?" + String.join("&", pairs);
    }
}
