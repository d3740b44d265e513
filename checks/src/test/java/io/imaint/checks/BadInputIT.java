package io.imaint.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.SimulatorSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: who starts the program wrongly reads what to do. Method: the program as a process, its exit code and its lines. */
class BadInputIT {
    private static final int PORT_NOBODY_LISTENS_ON = 1;

    @TempDir
    private Path home = Path.of("");

    private Map<String, String> small = Map.of();

    @BeforeEach
    void useASmallPlant() {
        small = Map.of("IMAINT_SIMULATOR_PORT", "0", "IMAINT_SIMULATOR_ORDERS", "50");
    }

    @Test
    void everyWrongSettingIsNamedAtOnceAndNothingStarts() {
        var settings = Map.of("IMAINT_PORT", "eighty", "IMAINT_SIMULATOR_ORDRES", "5", "IMAINT_SAP_URL", "ftp://sap");
        try (var program = Program.start(home, settings, "up")) {
            assertThat(program.exitCode()).isEqualTo(2);
            assertThat(program.errors())
                    .contains("IMAINT_PORT is 'eighty'")
                    .contains("IMAINT_SIMULATOR_ORDRES is unknown (did you mean simulator-orders?)")
                    .contains("IMAINT_SAP_URL is 'ftp://sap'")
                    .contains("[settings-invalid]");
        }
        assertThat(home.resolve("imaint.db")).doesNotExist();
    }

    @Test
    void aWrongPasswordStopsAtOnceAndStandsInTheIntegrations() {
        try (var simulator =
                Program.start(home.resolve("sap"), Map.of(), "simulator", "--port", "0", "--orders", "50")) {
            var url = simulator.awaitLine("ready").split(" ", -1)[1];
            var settings = sap(url, "wrong");
            try (var program = Program.start(home, settings, "up")) {
                assertThat(program.exitCode()).isEqualTo(1);
                assertThat(program.errors()).contains("sap-unauthenticated").contains("SU01");
            }
            try (var integrations = Program.start(home, settings, "integrations", "--json")) {
                assertThat(integrations.output()).contains("\"status\" : 4").contains("sap-unauthenticated");
            }
            try (var again = Program.start(home, sap(url, SimulatorSettings.DEMO_PASSWORD), "up")) {
                assertThat(again.awaitLine("ready")).contains("work-orders=50");
            }
        }
    }

    @Test
    void anUnreachableSapIsSaidSo() {
        var settings = sap("http://127.0.0.1:" + PORT_NOBODY_LISTENS_ON, "any");
        try (var program = Program.start(home, settings, "inbound", "run", "plants")) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.errors()).contains("[sap-unreachable]");
        }
    }

    @Test
    void aTakenPortIsNamedWithItsSetting() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var program = Program.start(
                        home,
                        Map.of(
                                "IMAINT_PORT", Integer.toString(taken.getLocalPort()),
                                "IMAINT_SIMULATOR_PORT", "0",
                                "IMAINT_SIMULATOR_ORDERS", "50"),
                        "up")) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.errors())
                    .contains(Integer.toString(taken.getLocalPort()))
                    .contains("[port-taken]");
        }
    }

    @Test
    void aBrokenExtractIsReportedCellByCellAndNothingIsServed() throws IOException {
        var extract = Files.createDirectory(home.resolve("extract"));
        Files.writeString(extract.resolve("T001W.csv"), "WERKS;NAME1\n1000;Hamburg\n");
        Files.writeString(
                extract.resolve("AUFK.csv"),
                "AUFNR;AUART;WERKS;ERDAT\n4711;PM01;1000;31.02.2024\n4712;PM01;1000;soon\n");
        var settings = Map.of("IMAINT_SIMULATOR_PORT", "0", "IMAINT_SIMULATOR_DATA", extract.toString());
        try (var program = Program.start(home, settings, "up")) {
            assertThat(program.exitCode()).isEqualTo(1);
            assertThat(program.errors())
                    .contains("AUFK.csv")
                    .contains("31.02.2024")
                    .contains("soon")
                    .contains("ERDAT")
                    .contains("[extract-invalid]");
        }
    }

    @Test
    void aDataDirectoryOfAnotherSystemIsLeftAlone() {
        try (var program = Program.start(home, small, "up")) {
            program.awaitLine("ready");
        }
        try (var other = Program.start(home, sap("http://127.0.0.1:" + PORT_NOBODY_LISTENS_ON, "any"), "up")) {
            assertThat(other.exitCode()).isEqualTo(1);
            assertThat(other.errors()).contains("[system-changed]").contains("imaint reset");
        }
    }

    @Test
    void resetAsksOrTakesYesAndTheNextLoadBeginsFromNothing() {
        try (var program = Program.start(home, small, "up")) {
            program.awaitLine("ready");
        }
        try (var unasked = Program.start(home, small, "reset")) {
            assertThat(unasked.exitCode()).isEqualTo(2);
            assertThat(unasked.errors()).contains("WorkOrders").contains("--yes");
        }
        try (var reset = Program.start(home, small, "reset", "--yes", "--json")) {
            assertThat(reset.exitCode()).isZero();
            assertThat(reset.output()).contains("\"WorkOrders\" : 50");
        }
        try (var again = Program.start(home, small, "inbound", "run", "--json")) {
            assertThat(again.output()).contains("\"inserted\" : 50");
        }
    }

    @Test
    void theAdministratorsTokenIsForItsOwnerOnly() throws IOException {
        try (var program = Program.start(home, small, "up")) {
            program.awaitLine("ready");
            var token = home.resolve("admin-token");
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(token)))
                    .isEqualTo("rw-------");
        }
    }

    private static Map<String, String> sap(String url, String password) {
        return Map.of("IMAINT_SAP_URL", url, "IMAINT_SAP_USER", "IMAINT", "IMAINT_SAP_PASSWORD", password);
    }
}
