package io.imaint.integration.inbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Status;
import io.imaint.integration.state.Counters;
import io.imaint.integration.state.InboundState;
import io.imaint.store.Document;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import io.imaint.store.replica.Replicas;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: the list of integrations counts nothing. Method: the store keeps a wrong count, which the list then shows. */
class DocumentCountsIT {
    private static @Nullable Long shown(Store store) {
        return IntegrationView.all(store).stream()
                .filter(view -> view.name().equals("plants"))
                .findFirst()
                .orElseThrow()
                .documents();
    }

    @Test
    void aCountIsKeptUntilARunReadsRowsAndForAMinuteAtMost(@TempDir Path directory) {
        var now = new AtomicReference<>(Instant.parse("2026-11-30T06:00:00Z"));
        try (var store = StoreService.open(new StoreSettings(directory, Optional.empty()))) {
            var counts = new DocumentCounts(store, now::get);
            var plants = Integrations.product().getFirst().with(Status.ACTIVE);
            var idle = InboundState.none(plants.name());
            var documents = store.documents(Replicas.PLANTS);
            assertThat(counts.of(plants, idle)).isZero();
            documents.upsertAll(List.of(new Document().put("id", "1000")));
            assertThat(counts.of(plants, idle)).as("kept").isZero();
            var read = idle.with(idle.load().at(new Counters(1, 1, 0, 0, 1, 0), null, 100));
            assertThat(counts.of(plants, read)).as("a run read rows").isEqualTo(1);
            documents.upsertAll(List.of(new Document().put("id", "1010")));
            assertThat(counts.of(plants, read)).isEqualTo(1);
            now.set(now.get().plus(DocumentCounts.AGE_MAX_RUNNING));
            assertThat(counts.of(plants, read)).isEqualTo(1);
            assertThat(counts.of(plants.with(Status.RUNNING), read))
                    .as("of a run under way")
                    .isEqualTo(2);
            documents.upsertAll(List.of(new Document().put("id", "1020")));
            now.set(now.get().plus(DocumentCounts.AGE_MAX));
            assertThat(counts.of(plants, read)).as("a minute later").isEqualTo(3);
        }
    }

    @Test
    void theListShowsTheCountsThatWritesKeep(@TempDir Path directory) throws Exception {
        var settings = new StoreSettings(directory, Optional.empty());
        try (var store = StoreService.open(settings)) {
            Integrations.seed(store.documents(Integrations.TYPE));
            store.documents(Replicas.PLANTS)
                    .upsertAll(List.of(
                            new Document().put("id", "1000"),
                            new Document().put("id", "1010"),
                            new Document().put("id", "1020")));
            assertThat(shown(store)).isEqualTo(3);
        }
        try (var files = Files.list(directory)) {
            var file = files.filter(path -> path.toString().endsWith(".db"))
                    .findFirst()
                    .orElseThrow();
            try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                    var statement = connection.createStatement()) {
                assertThat(statement.executeUpdate("UPDATE imaint_collections SET documents=4711 WHERE name='Plants'"))
                        .isEqualTo(1);
            }
        }
        try (var store = StoreService.open(settings)) {
            assertThat(shown(store)).isEqualTo(4711);
        }
    }
}
