package io.imaint.integration.delta;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.load.InboundLoads;
import io.imaint.integration.load.LoadListener;
import io.imaint.integration.odata.EdmKind;
import io.imaint.integration.odata.EdmProperty;
import io.imaint.integration.odata.EntitySet;
import io.imaint.integration.odata.EntityType;
import io.imaint.integration.odata.Metadata;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.DeltaState;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.RunResult;
import io.imaint.integration.state.RunResult.ChangeSource;
import io.imaint.store.replica.Replicas;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: documents whose ids an earlier release made of GUIDs in capitals are replaced. Method: as DeltasIT. */
class EarlierIdsIT extends ChangingSet {
    EarlierIdsIT(@TempDir Path directory) {
        super(directory);
    }

    /** The set with a GUID as its key. */
    @Override
    ChangingSap sap() {
        try (var client = bench.client()) {
            var integration = bench.integration(NAME);
            var set = client.metadata().set(integration.mapping().entitySet()).orElseThrow();
            var key = integration.mapping().keys().getFirst();
            var properties = set.type().properties().stream()
                    .map(property -> property.name().equals(key) ? EdmProperty.of(key, EdmKind.GUID) : property)
                    .toList();
            var type = new EntityType(set.type().name(), properties, set.type().keys());
            var metadata = new Metadata(List.of(new EntitySet(set.name(), type, set.label(), set.abilities())));
            return new ChangingSap(integration, metadata, clock);
        }
    }

    private static String guid(int row) {
        return "0050569c-%04d-1eda-abcd-ef0123456789".formatted(row);
    }

    @BeforeEach
    @Override
    void tenRowsAreLoaded() {
        for (int i = 0; i < 10; i++) {
            sap.putAt(guid(i), "PLTXT", "first " + i, now.get());
        }
        assertThat(new InboundLoads(bench.store, "test", sap, terms())
                        .run(List.of(NAME), LoadListener.NONE, new Cancellation())
                        .getFirst())
                .isInstanceOf(RunResult.Loaded.class);
    }

    private void writeAsEarlier(int rows) {
        var documents = bench.store.documents(Replicas.FUNCTIONAL_LOCATIONS);
        for (int i = 0; i < rows; i++) {
            var document = document(guid(i));
            documents.upsertAll(List.of(document.value().copy().put("id", guid(i).toUpperCase(Locale.ROOT))));
            documents.remove(guid(i), document.rev());
        }
    }

    private void noteEarlierFingerprint() {
        var state = bench.state(NAME);
        var position = state.delta().position();
        var earlier = new DeltaState.Position(
                position.scope(), "earlier", position.loadedAt(), position.token(), position.watermark());
        bench.store
                .documents(InboundState.TYPE)
                .upsertAll(List.of(state.with(state.delta().with(earlier))));
    }

    @Test
    void allAreReplacedThoughSoManyRemovalsAreNotAllowed() {
        current();
        writeAsEarlier(10);
        noteEarlierFingerprint();
        var run = current();
        assertThat(run.source()).isEqualTo(ChangeSource.REREAD);
        assertThat(run.run().counters().inserted()).isEqualTo(10);
        assertThat(run.run().removed()).isEqualTo(10);
        assertSame();
    }

    @Test
    void anEmptySystemRemovesThemNoMoreThanOthers() {
        current();
        writeAsEarlier(10);
        noteEarlierFingerprint();
        sap.hideAll();
        try (var deltas = deltas("READER")) {
            assertThat(deltas.run(NAME, new Cancellation()).line()).contains("at most 3 may be removed");
        }
        assertThat(bench.all(Replicas.FUNCTIONAL_LOCATIONS)).hasSize(10);
    }
}
