package io.imaint.checks;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.store.Condition;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import io.imaint.store.replica.Replicas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: an operator can dump, reset, restore and switch from the command line, and is stopped from doing harm. Method: the
 * program as processes of its own, over one data directory.
 */
class ArchiveCommandsIT {
    private static final Map<String, String> SIMULATOR =
            Map.of("IMAINT_SIMULATOR_ORDERS", "20", "IMAINT_SIMULATOR_PORT", "0");
    private static final Map<String, String> ANOTHER =
            Map.of("IMAINT_SAP_URL", "http://sap.example:8000", "IMAINT_SAP_USER", "X", "IMAINT_SAP_PASSWORD", "x");

    @TempDir
    Path home;

    private String succeeds(Map<String, String> settings, String... arguments) {
        try (var program = Program.start(home, settings, arguments)) {
            var output = program.output();
            assertThat(program.exitCode()).as(program.errors()).isZero();
            return output;
        }
    }

    private String fails(int exit, Map<String, String> settings, String... arguments) {
        try (var program = Program.start(home, settings, arguments)) {
            program.output();
            assertThat(program.exitCode()).as(program.errors()).isEqualTo(exit);
            return program.errors();
        }
    }

    private long orders() {
        try (var store = StoreService.open(new StoreSettings(home, Optional.empty()))) {
            return store.documents(Replicas.WORK_ORDERS).count(Condition.ALL);
        }
    }

    @Test
    void anOperatorDumpsResetsRestoresAndSwitches() throws IOException {
        succeeds(SIMULATOR, "inbound", "run");
        assertThat(fails(2, SIMULATOR, "reset")).contains("WorkOrders", "20", "--yes");
        assertThat(orders()).isEqualTo(20);
        assertThat(fails(2, SIMULATOR, "reset", "--yes", "--keep", "Robots")).contains("Robots");

        var dump = home.resolve("backup.dump");
        assertThat(succeeds(SIMULATOR, "dump", dump.toString())).contains("of simulator");
        assertThat(fails(1, SIMULATOR, "dump", dump.toString())).contains("dump-exists");
        assertThat(fails(1, SIMULATOR, "restore", dump.toString())).contains("restore-not-empty");
        assertThat(succeeds(SIMULATOR, "reset", "--yes", "--json")).contains("\"dump\" : \"" + home.resolve("dumps"));
        assertThat(orders()).isZero();

        var bytes = Files.readAllBytes(dump);
        var cut = home.resolve("cut.dump");
        Files.write(cut, java.util.Arrays.copyOf(bytes, bytes.length / 2));
        assertThat(fails(1, SIMULATOR, "restore", cut.toString())).contains("dump-damaged");
        assertThat(succeeds(SIMULATOR, "restore", dump.toString())).contains("loaded: simulator");
        assertThat(orders()).isEqualTo(20);
        succeeds(SIMULATOR, "map");
        succeeds(SIMULATOR, "map", "--check"); // Exit code 1 would tell of copies that are not right.

        assertThat(fails(1, ANOTHER, "inbound", "run")).contains("system-changed", "imaint integrations switch");
        assertThat(fails(1, ANOTHER, "integrations", "switch", "--system", "elsewhere"))
                .contains("system-not-named");
        assertThat(succeeds(ANOTHER, "integrations", "switch", "--system", "sap.example"))
                .contains("parked simulator", "nothing is loaded");
        assertThat(orders()).isZero();
        assertThat(succeeds(ANOTHER, "integrations", "switch", "--list")).contains("parked   simulator");
        assertThat(succeeds(SIMULATOR, "integrations", "switch", "--system", "simulator"))
                .contains("restored simulator");
        assertThat(orders()).isEqualTo(20);
    }
}
