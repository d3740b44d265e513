package io.imaint.integration.references;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imaint.integration.state.Holder;
import io.imaint.store.Document;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: while copied fields are outdated, the mapper says so, and it does not wait for a process that was killed. */
class BacklogIT {
    private final ReferenceFixture fixture;

    BacklogIT(@TempDir Path directory) {
        fixture = new ReferenceFixture(directory);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void namesTheCollectionsWhoseChangesAreStillToBeCopied() {
        assertThat(References.behind(fixture.store)).isEmpty();
        fixture.write("Equipment", new Document().put("id", "E1").put("description", "Pump"));
        assertThat(References.behind(fixture.store)).containsExactly("Equipment");
        fixture.follow();
        assertThat(References.behind(fixture.store)).isEmpty();
    }

    @Test
    void theMapperTakesOverFromAKilledProcessAtOnce() {
        var killed = new Holder(Holder.here().machine(), 999_999_999L, 1, "killed");
        assertThat(fixture.store.leases().acquire("reference-mapper", killed.text(), Duration.ofHours(1)))
                .isPresent();
        fixture.write("WorkOrders", new Document().put("id", "4").put("equipment", "E1"));
        fixture.write("Equipment", new Document().put("id", "E1").put("description", "Pump"));
        try (var mapper = ReferenceMapper.start(fixture.store, InstantSource.system())) {
            assertThat(mapper.readiness().ready()).isTrue();
            await().until(() -> mapper.readiness().detail().equals("ready"));
        }
        assertThat(fixture.find("WorkOrders", "4").text("equipmentDescription")).hasValue("Pump");
    }
}
