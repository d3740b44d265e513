package io.imaint.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.imaint.simulator.SimulatorService;
import io.imaint.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Goal: whatever goes wrong, the terminal says it once and plainly. Method: the commands with their output collected. */
class CommandLineIT {
    @TempDir
    private Path folder;

    private String out = "";
    private String err = "";

    private int imaint(String... arguments) {
        var words = new ArrayList<>(List.of(arguments));
        words.addAll(List.of("--home", folder.toString()));
        return bare(words.toArray(String[]::new));
    }

    private int bare(String... arguments) {
        var run = CommandOutput.of(arguments);
        out = run.out();
        err = run.err();
        return run.exit();
    }

    private JsonNode json() {
        return JsonMapper.shared().readTree(out);
    }

    private JsonNode step(String name) {
        for (var step : json().get("steps")) {
            if (step.get("step").stringValue().equals(name)) {
                return step;
            }
        }
        throw new AssertionError(name + " is not in " + out);
    }

    @Test
    void withJsonAnErrorIsJsonAndNothingElse() {
        assertThat(imaint("integrations", "show", "robots", "--json")).isEqualTo(Main.FAILED);
        assertThat(err).isEmpty();
        assertThat(json().get("code").stringValue()).isEqualTo("integration-unknown");
        assertThat(bare("inbound", "history", "--limit", "many", "--json")).isEqualTo(Main.WRONG_USE);
        assertThat(err).isEmpty();
        assertThat(json().get("code").stringValue()).isEqualTo("command-invalid");
    }

    @Test
    void aMisplacedCommandIsFoundElsewhereAndAMisspeltOneIsCorrected() {
        assertThat(bare("discover")).isEqualTo(Main.WRONG_USE);
        assertThat(err).contains("imaint integrations discover").doesNotContain("version");
        assertThat(bare("statsu")).isEqualTo(Main.WRONG_USE);
        assertThat(err).contains("Did you mean: status?");
        assertThat(bare("robots")).isEqualTo(Main.WRONG_USE);
        assertThat(err).contains("imaint --help");
    }

    @Test
    void theTargetsAreListedInTheHelpAndByTheOption() {
        assertThat(bare("run", "--help")).isZero();
        assertThat(out).contains("business", "store", "sap-system", "workorder-api-service");
        assertThat(imaint("run", "--list", "--json")).isZero();
        assertThat(json())
                .extracting(target -> target.get("name").stringValue())
                .contains("store", "sap-system", "workorder-api-service");
        assertThat(imaint("run", "--target", "robots", "--port", "0")).isEqualTo(Main.WRONG_USE);
        assertThat(err).contains("[target-unknown]");
    }

    @Test
    void settingsAreListedWithRangeDefaultValueAndSource() throws IOException {
        Files.writeString(folder.resolve("settings.properties"), "simulator-orders=7\nsap-password=hunter2\n");
        assertThat(imaint("settings", "--port", "18080", "--json")).isEqualTo(Main.WRONG_USE);
        assertThat(out).doesNotContain("hunter2");
        assertThat(imaint("settings", "--port", "18080")).isEqualTo(Main.WRONG_USE);
        assertThat(out)
                .contains("port = 18080  (--port)", "0 to 65535, default 8080; IMAINT_PORT")
                .contains("simulator-orders = 7  (simulator-orders in line 1 of settings.properties)")
                .contains("sap-password = ***", "sap-client = 100  (default)")
                .doesNotContain("hunter2");
        assertThat(out.lines()).allMatch(line -> line.length() <= TextTable.WIDTH || line.contains(" = "));
        assertThat(err).contains("[settings-invalid]");
    }

    @Test
    void aMistakeInTheSettingsFileIsNamedByItsLine() throws IOException {
        var file = folder.resolve("settings.properties");
        Files.writeString(file, "# ports\\\n\nport=\\\n  many\nprot=1\n");
        assertThat(imaint("settings")).isEqualTo(Main.WRONG_USE);
        assertThat(err)
                .contains(
                        "port in line 3 of settings.properties is 'many' but must be",
                        "prot in line 5 of settings.properties is unknown (did you mean port?)")
                .doesNotContain("?.", "?;");
        Files.writeString(file, "port=1\nhome=\\u12\n");
        assertThat(imaint("settings")).isEqualTo(Main.FAILED);
        assertThat(err).contains("settings.properties, line 2: ", "[settings-file-unreadable]");
        Files.write(file, new byte[] {'a', '=', (byte) 0xff});
        assertThat(imaint("settings")).isEqualTo(Main.FAILED);
        assertThat(err).contains("is not UTF-8");
    }

    @Test
    void anUpWithAPortOfItsOwnIsFoundWhileItsProcessLives() throws IOException {
        try (var lock = DataDirectory.lock(folder)) {
            lock.answersAt(URI.create("http://127.0.0.1:1"));
            assertThat(imaint("status", "--json")).isEqualTo(Main.FAILED);
            assertThat(json().get("address").asString()).isEqualTo("http://127.0.0.1:1");
            var address = folder.resolve("up.address");
            Files.writeString(address, Files.readString(address).replaceFirst(" [0-9]+ ", " 1 "));
            assertThat(imaint("status", "--json", "--port", "2")).isEqualTo(Main.FAILED);
            assertThat(json().get("address").asString()).isEqualTo("http://127.0.0.1:2");
        }
        assertThat(folder.resolve("up.address")).doesNotExist();
    }

    @Test
    void theListOfSubcommandsHoldsWholeSentences() {
        for (var group : List.of(List.of("integrations", "--help"), List.of("inbound", "--help"), List.of("--help"))) {
            assertThat(bare(group.toArray(String[]::new))).isZero();
            var commands = out.substring(out.indexOf("Commands:"));
            assertThat(commands.lines().skip(1).filter(line -> line.matches("  [a-z-]+  .*")))
                    .isNotEmpty()
                    .allMatch(line -> line.endsWith("."));
        }
    }

    @Test
    void aWrongSettingIsNamedBeforeTheLockOfARunningUp() throws IOException {
        try (var lock =
                FileChannel.open(folder.resolve("up.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            assertThat(lock.lock().isValid()).isTrue();
            assertThat(imaint("up", "--port", "99999")).isEqualTo(Main.WRONG_USE);
            assertThat(err).contains("--port is '99999'").doesNotContain("already");
            assertThat(imaint("up", "--port", "0")).isEqualTo(Main.FAILED);
            assertThat(err).contains("[already-running]");
        }
    }

    @Test
    void aDataDirectoryThatIsAFileIsExplained() throws IOException {
        var file = Files.writeString(folder.resolve("file"), "");
        assertThat(bare("status", "--home", file.toString())).isEqualTo(Main.FAILED);
        assertThat(err).contains(file + ": a file with this name is in the way", "[data-directory-unusable]");
    }

    @Test
    void aDumpCreatesNoDirectories() {
        assertThat(imaint("dump", folder.resolve("none/a.dump").toString())).isEqualTo(Main.FAILED);
        assertThat(err).contains("there is no directory", "[dump-unwritable]");
        assertThat(folder.resolve("none")).doesNotExist();
        assertThat(imaint(
                        "reset",
                        "--yes",
                        "--dump",
                        folder.resolve("none/a.dump").toString()))
                .isEqualTo(Main.FAILED);
    }

    @Test
    void aSwitchAsksForConfirmationAndTakesItAsAnOption() {
        assertThat(imaint("integrations", "switch")).isEqualTo(Main.WRONG_USE);
        assertThat(err).contains("switches to simulator", "--yes");
        assertThat(imaint("integrations", "switch", "--yes")).isZero();
        var sap = List.of("--sap-url", "http://127.0.0.1:8112", "--sap-user", "A", "--sap-password", "b");
        for (var name : List.of("127.0.0.1", "127.0.0.1:8112")) {
            var words = new ArrayList<>(List.of("integrations", "switch", "--system", name));
            words.addAll(sap);
            assertThat(imaint(words.toArray(String[]::new))).as(err).isZero();
        }
    }

    @Test
    void aFailureThatAllIntegrationsShareIsPrintedOnceWithACount() throws IOException {
        var sap = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sap.createContext("/", exchange -> {
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        sap.start();
        var url = "http://127.0.0.1:" + sap.getAddress().getPort();
        var verbose = "";
        try {
            var words = new ArrayList<>(
                    List.of("inbound", "run", "--sap-url", url, "--sap-user", "A", "--sap-password", "wrong"));
            assertThat(imaint(
                            "inbound",
                            "run",
                            "plants",
                            "--verbose",
                            "--log-format",
                            "text",
                            "--sap-url",
                            url,
                            "--sap-user",
                            "A",
                            "--sap-password",
                            "wrong"))
                    .isEqualTo(Main.FAILED);
            verbose = err;
            assertThat(imaint(words.toArray(String[]::new))).isEqualTo(Main.FAILED);
        } finally {
            sap.stop(0);
        }
        assertThat(verbose).contains("WARNING");
        assertThat(err.lines().filter(line -> line.contains("refused the user")))
                .hasSize(1);
        assertThat(err).contains("of 37 integrations were not loaded", "sap-unauthenticated (");
        assertThat(err + out).doesNotContain("WARNING", "\tat ", "SAP_UNAUTHENTICATED");
        assertThat(Files.readString(folder.resolve("logs/imaint.log"))).contains("WARNING");
    }

    @Test
    void theConnectionToAWorkingSystemIsVerified() {
        try (var simulator = SimulatorService.start(SimulatorSettings.read(io.imaint.kernel.settings.Settings.of(
                Map.of("home", folder.toString(), "simulator-port", "0", "simulator-orders", "50"))))) {
            var url = simulator.serviceUrl().toString();
            var right = List.of("--sap-url", url, "--sap-user", "IMAINT", "--sap-password", "maintain");
            var words = new ArrayList<>(List.of("verify-connection", "--json"));
            words.addAll(right);
            assertThat(imaint(words.toArray(String[]::new))).as(err + out).isZero();
            assertThat(json().get("steps")).hasSize(10);
            assertThat(step("logon").get("result").stringValue()).isEqualTo("ok");
            assertThat(step("row").get("detail").stringValue()).contains("one row of");
            assertThat(step("clock").get("result").stringValue()).isEqualTo("ok");
            assertThat(folder.resolve("imaint.db")).doesNotExist();

            var unknown = "/sap/opu/odata/invicl/NO_SUCH_SRV";
            assertThat(imaint(
                            "verify-connection",
                            "--json",
                            "--sap-url",
                            url.replaceAll("/sap/.*", unknown),
                            "--sap-user",
                            "IMAINT",
                            "--sap-password",
                            "maintain"))
                    .isEqualTo(Main.FAILED);
            assertThat(step("logon").get("result").stringValue()).isEqualTo("ok");
            assertThat(step("service").get("transactions").toString()).contains("/IWFND/MAINT_SERVICE");
            assertThat(step("row").get("result").stringValue()).isEqualTo("skipped");
        }
    }

    @Test
    void aRefusedLogonIsTriedOnce() throws IOException {
        var tries = new AtomicInteger();
        var sap = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        sap.createContext("/", exchange -> {
            if (exchange.getRequestHeaders().containsKey("Authorization")) {
                tries.incrementAndGet();
            }
            exchange.sendResponseHeaders(401, -1);
            exchange.close();
        });
        sap.start();
        try {
            var url = "http://127.0.0.1:" + sap.getAddress().getPort();
            assertThat(imaint(
                            "verify-connection", "--json", "--sap-url", url, "--sap-user", "A", "--sap-password", "b"))
                    .isEqualTo(Main.FAILED);
        } finally {
            sap.stop(0);
        }
        assertThat(tries).hasValue(1);
        assertThat(step("http").get("result").stringValue()).isEqualTo("ok");
        assertThat(step("logon").get("code").stringValue()).isEqualTo("sap-unauthenticated");
        assertThat(step("logon").get("transactions").toString()).contains("SU01");
        assertThat(step("service").get("result").stringValue()).isEqualTo("skipped");
    }

    @Test
    void theFirstStepThatFailsIsNamed() throws IOException {
        int closed;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        assertThat(imaint(
                        "verify-connection",
                        "--sap-url",
                        "https://127.0.0.1:" + closed,
                        "--sap-user",
                        "A",
                        "--sap-password",
                        "b"))
                .isEqualTo(Main.FAILED);
        assertThat(out)
                .containsPattern("dns +ok")
                .containsPattern("tcp +failed")
                .contains("SMICM", "does not work");
        var plain = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        plain.start();
        try {
            assertThat(imaint(
                            "verify-connection",
                            "--json",
                            "--sap-url",
                            "https://127.0.0.1:" + plain.getAddress().getPort(),
                            "--sap-user",
                            "A",
                            "--sap-password",
                            "b",
                            "--sap-connect-timeout",
                            "2s"))
                    .isEqualTo(Main.FAILED);
        } finally {
            plain.stop(0);
        }
        assertThat(step("tls").get("result").stringValue()).isEqualTo("failed");
    }
}
