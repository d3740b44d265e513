package io.imaint.app;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.settings.Settings;
import io.imaint.simulator.SimulatorService;
import io.imaint.simulator.SimulatorSettings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Goal: each check tells what is true. Method: the command, in a world in which each thing is right or wrong. */
class ChecksIT {
    @TempDir
    private Path folder;

    private String out = "";
    private String err = "";

    private int imaint(String... arguments) {
        var words = new ArrayList<>(List.of(arguments));
        words.addAll(List.of("--home", folder.toString()));
        var written = new ByteArrayOutputStream();
        var noted = new ByteArrayOutputStream();
        int exit = Main.run(
                new Terminal(new PrintStream(written, true, UTF_8), new PrintStream(noted, true, UTF_8), false),
                words.toArray(String[]::new));
        out = written.toString(UTF_8);
        err = noted.toString(UTF_8);
        return exit;
    }

    private JsonNode check(String name) {
        for (var check : JsonMapper.shared().readTree(out)) {
            if (check.get("check").stringValue().equals(name)) {
                return check;
            }
        }
        throw new AssertionError(name + " is not in " + out);
    }

    private String state(String name) {
        return check(name).get("state").stringValue();
    }

    private String reason(String name) {
        return check(name).get("reason").stringValue();
    }

    @Test
    void anEmptyMachineWantsOnlyASapSystem() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
        assertThat(imaint("verify", "2.1", "--json", "--port", "0", "--simulator-port", "0"))
                .isEqualTo(Main.DONE);
        assertThat(JsonMapper.shared().readTree(out))
                .allSatisfy(check -> assertThat(check.propertyNames()).contains("check", "state", "reason", "remedy"));
        assertThat(state("sap-connection")).isEqualTo("warn");
        assertThat(check("sap-connection").get("remedy").stringValue()).contains("sap-url");
        assertThat(List.of(state("store"), state("data-directory"), state("ports"), state("clock")))
                .containsOnly("ok");
    }

    @Test
    void aSapSystemThatAnswersIsToldWithItsServices() {
        var settings = Settings.of(Map.of("home", folder.toString(), "simulator-port", "0", "simulator-orders", "50"));
        try (var simulator = SimulatorService.start(SimulatorSettings.read(settings))) {
            var url = simulator.serviceUrl().toString();
            int exit = imaint(
                    "doctor",
                    "--json",
                    "--port",
                    "0",
                    "--sap-url",
                    url,
                    "--sap-user",
                    "IMAINT",
                    "--sap-password",
                    "maintain");
            assertThat(exit).as(out + err).isEqualTo(Main.DONE);
        }
        assertThat(state("sap-connection")).isEqualTo("ok");
        assertThat(reason("sap-services")).contains("37 entity sets");
    }

    @Test
    void aSystemThatDoesNotAnswerFailsWithARemedy() {
        assertThat(imaint(
                        "verify",
                        "2",
                        "--json",
                        "--port",
                        "0",
                        "--sap-url",
                        "http://127.0.0.1:1/sap/opu/odata/x",
                        "--sap-user",
                        "U",
                        "--sap-password",
                        "p"))
                .isEqualTo(Main.FAILED);
        assertThat(reason("sap-connection")).contains("step TCP");
        assertThat(state("sap-services")).isEqualTo("warn");
        assertThat(check("sap-connection").get("remedy").stringValue()).isNotEmpty();
    }

    @Test
    void aPortOfAnotherProgramAndAnOpenDirectoryAreFound() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (var other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int exit = imaint("verify", "2.1", "--json", "--port", "" + other.getLocalPort(), "--simulator-port", "0");
            assertThat(exit).isEqualTo(Main.FAILED);
        }
        assertThat(reason("ports")).contains("is in use by another program");
        assertThat(state("data-directory")).isEqualTo("warn");
    }

    @Test
    void servicesAreKnownByTheirFirstAnswer() throws Exception {
        try (var broker = new Answering("\1\0\0\0\0\1\0\0\n\0\nRabbitMQ");
                var cache = new Answering("-NOAUTH Authentication required.\r\n")) {
            var named = new String[] {
                "--service", "amqp://127.0.0.1:" + broker.port(), "--service", "redis://127.0.0.1:" + cache.port()
            };
            assertThat(verifyServices(named)).isEqualTo(Main.DONE);
            assertThat(reason("services")).contains("is RabbitMQ", "is a Redis server");
            assertThat(verifyServices("--service", "redis://127.0.0.1:" + broker.port()))
                    .isEqualTo(Main.FAILED);
            assertThat(reason("services")).contains("is no such service");
            assertThat(verifyServices("--service", "ftp://127.0.0.1")).isEqualTo(Main.FAILED);
            assertThat(check("services").get("remedy").stringValue()).contains("amqps");
        }
    }

    private int verifyServices(String... named) {
        var words = new ArrayList<>(List.of("verify", "2.1", "--json", "--port", "0", "--simulator-port", "0"));
        words.addAll(List.of(named));
        return imaint(words.toArray(String[]::new));
    }

    @Test
    void anUnknownSectionIsWrongUseAndTellsTheKnownOnes() {
        assertThat(imaint("verify", "9.9")).isEqualTo(Main.WRONG_USE);
        assertThat(err).contains("no check belongs to section 9.9", "2.1", "[command-invalid]");
    }

    /** Sends the same answer to everyone who connects and says something. */
    private static final class Answering implements AutoCloseable {
        private final ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());

        Answering(String answer) throws IOException {
            Thread.ofVirtual().start(() -> {
                while (!socket.isClosed()) {
                    try (var client = socket.accept()) {
                        client.getInputStream().read(new byte[8]);
                        client.getOutputStream().write(answer.getBytes(ISO_8859_1));
                    } catch (SocketException closed) {
                        return;
                    } catch (IOException failed) {
                        throw new AssertionError(failed);
                    }
                }
            });
        }

        int port() {
            return socket.getLocalPort();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
