package io.imaint.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Goal: people can do their work in the portal. Method: the suites in {@code portal}, written in TypeScript: the logic
 * alone, and a real browser against the program as a process of its own. Each of their tests is one here.
 */
class PortalIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String PASSWORD = "four-random-words-of-a-plant";
    private static final List<String> ROLES = List.of(
            "administrator",
            "planner",
            "supervisor",
            "technician",
            "operator",
            "reliability-engineer",
            "apiportal.developer",
            "authgroup.api.applicationdeveloper",
            "platform");
    private static final List<String> BROWSERS =
            List.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable");

    @TempDir
    private static Path temp = Path.of("");

    private static Optional<Program> program = Optional.empty();
    private static String address = "";

    @BeforeAll
    static void startWithAUserOfEachRole() throws IOException {
        assumeTrue(onPath(List.of("node")).isPresent(), "Node 20.19 is missing; ./imaint --install installs it");
        if (onPath(BROWSERS).isEmpty()) {
            return;
        }
        var home = temp.resolve("home");
        // Browsers offer passkeys at localhost only, and the server has to know with which port.
        int port = freePort();
        // A suite opens pages faster than a person, and the server notices only by and by that one has gone.
        var running = Program.start(
                home, Map.of("IMAINT_API_STREAMS_PER_CALLER_MAX", "100", "IMAINT_PORT", Integer.toString(port)), "up");
        program = Optional.of(running);
        createPlatformRole(new Api(running.awaitLine("ready"), home));
        address = "http://localhost:" + port;
        var password = Files.writeString(temp.resolve("password"), PASSWORD + "\n");
        for (var role : ROLES) {
            try (var made = Program.start(
                    home,
                    Map.of(),
                    "users",
                    "create",
                    role,
                    "--role",
                    role,
                    "--all-plants",
                    "--password-file",
                    password.toString())) {
                assertThat(made.exitCode()).as(made.errors()).isZero();
            }
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** What an administrator may do, without the second factor that the delivered role demands. */
    private static void createPlatformRole(Api api) {
        var role = (ObjectNode) api.get("/api/roles/administrator");
        role.put("id", "platform").put("secondFactor", "optional");
        var answer = api.post("/api/roles", role.toString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    @AfterAll
    static void stop() {
        program.ifPresent(Program::close);
    }

    @TestFactory
    Stream<DynamicTest> theLogicOfThePortalHolds() throws IOException, InterruptedException {
        return run("vitest.config.ts", Map.of());
    }

    @TestFactory
    @Timeout(value = 45, unit = TimeUnit.MINUTES) // Some two hundred tests, each with a browser's page of its own.
    Stream<DynamicTest> peopleDoTheirWorkInTheBrowser() throws IOException, InterruptedException {
        var browser = onPath(BROWSERS);
        assumeTrue(browser.isPresent(), "Chromium is missing; apt-get install -y chromium installs it");
        return run(
                "vitest.browser.config.ts",
                Map.of(
                        "IMAINT_URL",
                        address,
                        "IMAINT_PORTAL_PASSWORD",
                        PASSWORD,
                        "IMAINT_CHROMIUM",
                        browser.orElseThrow().toString()));
    }

    /** Runs the suites of a configuration of Vitest; its report names each test. */
    private static Stream<DynamicTest> run(String configuration, Map<String, String> environment)
            throws IOException, InterruptedException {
        var portal = SourceTree.here().root().resolve("portal");
        var report = temp.resolve(configuration + ".json");
        var log = temp.resolve(configuration + ".log");
        var builder = new ProcessBuilder(
                        onPath(List.of("node")).orElseThrow().toString(),
                        "node_modules/vitest/vitest.mjs",
                        "run",
                        "--config",
                        configuration,
                        "--reporter=json",
                        "--outputFile=" + report)
                .directory(portal.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().putAll(new HashMap<>(environment));
        int exit = builder.start().waitFor();
        assertThat(report)
                .as(() -> "Vitest ended with %d and no report: %s".formatted(exit, read(log)))
                .exists();
        var tests = new ArrayList<DynamicTest>();
        for (var suite : JSON.readTree(report.toFile()).get("testResults")) {
            var message = suite.path("message").asString("");
            if (!message.isEmpty()) {
                tests.add(DynamicTest.dynamicTest(suite.get("name").asString(), () -> {
                    throw new AssertionError(message);
                }));
            }
            for (var test : suite.get("assertionResults")) {
                var name = test.get("fullName").asString();
                tests.add(DynamicTest.dynamicTest(name, () -> assertPassed(name, test)));
            }
        }
        assertThat(tests).as(() -> read(log)).isNotEmpty();
        return tests.stream();
    }

    /** A test that passed and has failures passed at its second try; {@code ./imaint test} lists the lines that say so. */
    private static void assertPassed(String name, JsonNode test) {
        var failures = test.get("failureMessages");
        assertThat(test.get("status").asString()).as(failures::toString).isEqualTo("passed");
        if (!failures.isEmpty()) {
            var reason = failures.get(0).asString().lines().findFirst().orElse("");
            System.out.printf("%nPassed only at the second try: %s: %s%n", name, reason);
        }
    }

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    private static Optional<Path> onPath(List<String> names) {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .flatMap(folder -> names.stream().map(name -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
