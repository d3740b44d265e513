package io.imaint.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.integration.broker.Broker;
import io.imaint.integration.broker.BrokerService;
import io.imaint.kernel.settings.BackingServices;
import io.imaint.kernel.settings.Settings;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InProcessBrokerTest extends BrokerContract {
    private final Broker broker = BrokerService.open(BackingServices.read(Settings.of(Map.of())));

    @AfterEach
    void close() {
        broker.close();
    }

    @Override
    Broker broker() {
        return broker;
    }

    @Override
    void deadLetter(String message) {
        // It is counted and logged; nothing keeps it.
    }

    @Test
    void aFullQueueTakesNothing() {
        for (int message = 0; message < 10_000; message++) {
            broker.publish(queue, "m" + message);
        }
        assertThatThrownBy(() -> broker.publish(queue, "one too many")).hasMessageContaining("BROKER_FULL");
        assertThat(broker.description()).isEqualTo("within the process");
    }
}
