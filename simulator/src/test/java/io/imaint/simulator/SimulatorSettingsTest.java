package io.imaint.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.settings.Settings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SimulatorSettingsTest {
    @Test
    void hasADefaultForEverything() {
        var settings = Settings.of(Map.of());
        var read = SimulatorSettings.read(settings);
        settings.verify();
        assertThat(read.port()).isEqualTo(8000);
        assertThat(read.orders()).isEqualTo(5000);
        assertThat(read.user()).isEqualTo("IMAINT");
        assertThat(read.client()).isEqualTo("100");
        assertThat(read.data()).isEmpty();
        assertThat(read.toString()).doesNotContain(SimulatorSettings.DEMO_PASSWORD);
    }

    @Test
    void takesWhatIsGiven() {
        var settings =
                Settings.of(Map.of("simulator-data", "/plant", "simulator-password", "x", "simulator-seed", "7"));
        var read = SimulatorSettings.read(settings);
        assertThat(read.data()).hasValue(Path.of("/plant"));
        assertThat(read.password().reveal()).isEqualTo("x");
        assertThat(read.seed()).isEqualTo(7);
    }

    @Test
    void reportsEveryMistake() {
        var settings = Settings.of(Map.of("simulator-orders", "-1", "simulator-client", "10", "simulator-user", "a:b"));
        SimulatorSettings.read(settings);
        assertThatThrownBy(settings::verify)
                .isInstanceOf(Failure.class)
                .hasMessageContainingAll("simulator-orders", "simulator-client", "simulator-user");
    }
}
