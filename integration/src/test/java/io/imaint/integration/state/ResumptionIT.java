package io.imaint.integration.state;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.definition.Definitions;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Status;
import io.imaint.integration.state.InboundState.LastError;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: the order of failures and resumptions is that of their writes. Method: failures by clocks far ahead and behind. */
class ResumptionIT {
    private static final Instant AHEAD = Instant.parse("2999-01-01T00:00:00Z");

    private final Store store;

    ResumptionIT(@TempDir Path directory) {
        store = StoreService.open(new StoreSettings(directory, Optional.empty()));
        Integrations.seed(store.documents(Integrations.TYPE));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void fail(Instant at) {
        try (var held = InboundState.Held.acquire(store, "plants", LoadOptions.of(1, 100))
                .orElseThrow()) {
            var error = LastError.of(InboundProblem.INBOUND_DEFECT.because("a test"), at);
            held.save(held.now().with(held.now().health().failed(error)));
        }
    }

    private Status status() {
        var plants = store.documents(Integrations.TYPE).find("plants").orElseThrow();
        return InboundState.withStatus(store, plants.value()).status();
    }

    @Test
    void aResumptionCountsThoughTheClockOfTheFailureIsAhead() {
        fail(AHEAD);
        assertThat(status()).isEqualTo(Status.FAILED);
        new Definitions(store).resume("plants");
        assertThat(status()).isEqualTo(Status.ACTIVE);
    }

    @Test
    void aFailureAfterAResumptionCountsThoughItsClockIsBehind() {
        fail(AHEAD);
        new Definitions(store).resume("plants");
        fail(Instant.EPOCH);
        assertThat(status()).isEqualTo(Status.FAILED);
        new Definitions(store).resume("plants");
        assertThat(status()).isEqualTo(Status.ACTIVE);
    }

    @Test
    void anErrorThatIsOnlyCarriedOnStaysResumed() {
        fail(AHEAD);
        new Definitions(store).resume("plants");
        try (var held = InboundState.Held.acquire(store, "plants", LoadOptions.of(1, 100))
                .orElseThrow()) {
            held.save(held.now().with(held.now().health().retried(1)));
        }
        assertThat(status()).isEqualTo(Status.ACTIVE);
    }
}
