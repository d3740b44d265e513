package io.imaint.integration.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.definition.Integrations;
import io.imaint.integration.inbound.Bench;
import io.imaint.integration.inbound.SapFixture;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.references.BatchEnricher;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.Counters;
import io.imaint.integration.state.DeadLetters;
import io.imaint.integration.state.Holder;
import io.imaint.integration.state.InboundProblem;
import io.imaint.integration.state.RunResult;
import io.imaint.store.Document;
import io.imaint.store.replica.Replicas;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Goal: what becomes of the rows of a load, good, old and bad, and what the load leaves to the deltas. */
class LoadedRowsIT {
    private final Bench bench;

    LoadedRowsIT(@TempDir Path directory) {
        bench = new Bench(directory);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aRowThatCannotBeLoadedIsKeptAsideAndThePageGoesOn() {
        bench.sap.fault(target -> target.startsWith("PlantSet")
                ? page(
                        "{\"WERKS\":\"1\"},{\"WERKS\":\"2\",\"CHANGEDAT\":\"yesterday\"},{\"NAME1\":\"no key\"},{\"WERKS\":\"4\"}")
                : null);
        assertThat(Bench.run(bench.loads(10), "plants")).hasOnlyElementsOfType(RunResult.Loaded.class);
        assertThat(bench.all(Replicas.PLANTS))
                .extracting(stored -> stored.key())
                .containsExactly("1", "4");
        assertThat(bench.state("plants").load().counters()).isEqualTo(new Counters(2, 2, 0, 0, 1, 2));
        assertThat(bench.state("plants").health().deadLetters()).isEqualTo(2);
        var letters = new DeadLetters(bench.store).newest("plants", 10, null).items();
        assertThat(letters).hasSize(2).anyMatch(letter -> letter.value().value().equals("yesterday"));
        bench.sap.fault(target -> null);
        bench.sap.keys("PlantSet", List.of("1", "2", "4"));
        Bench.run(bench.loads(10), "plants");
        assertThat(new DeadLetters(bench.store).newest("plants", 10, null).items())
                .as("the row that is good now has no letter any more")
                .noneMatch(letter -> "2".equals(letter.value().row()));
    }

    @Test
    void aValueThatItsConversionCannotTakeSpoilsItsRowAlone() {
        var definitions = bench.store.documents(Integrations.TYPE);
        Integrations.seed(definitions);
        var plants = definitions.find("plants").orElseThrow();
        var document = Integrations.TYPE.write(plants.value());
        document.put(
                "fields",
                List.of(
                        new Document()
                                .put("from", "CHANGEDAT")
                                .put("to", "changedAt")
                                .put("convert", "instant"),
                        new Document().put("from", "REGIO").put("to", "region").put("convert", "date")));
        definitions.replace(Integrations.TYPE.read(document), plants.rev());
        bench.sap.fault(target -> target.startsWith("PlantSet")
                ? page("{\"WERKS\":\"1\",\"REGIO\":\"20260105\"},{\"WERKS\":\"2\",\"REGIO\":\"20261399\"}")
                : null);
        assertThat(Bench.run(bench.loads(10), "plants")).hasOnlyElementsOfType(RunResult.Loaded.class);
        assertThat(bench.all(Replicas.PLANTS))
                .extracting(stored -> stored.key())
                .containsExactly("1");
        assertThat(new DeadLetters(bench.store).newest("plants", 10, null).values())
                .singleElement()
                .matches(letter -> "2".equals(letter.row()) && letter.code().equals("inbound-row-refused"));
    }

    @ParameterizedTest
    @EnumSource(
            value = ODataProblem.class,
            names = {"SAP_NOT_FOUND", "SAP_REQUEST_REFUSED", "SAP_DELTA_TOKEN_EXPIRED"})
    void whatWasLoadedBeforeAPageWasGoneIsComparedWithSap(ODataProblem gone) {
        Bench.run(bench.cut(3), "plants");
        bench.sap.keys("PlantSet", List.of("1", "2", "4"));
        var refused = new AtomicBoolean();
        var results = Bench.run(
                bench.tampered(3, (client, request, sink) -> {
                    if (request.target().contains("skiptoken") && refused.compareAndSet(false, true)) {
                        throw gone.because("the page is gone");
                    }
                    return client.read(request, sink);
                }),
                "plants");
        assertThat(results).hasOnlyElementsOfType(RunResult.Loaded.class);
        assertThat(bench.state("plants").load().counters().rowsRead()).isEqualTo(3);
        assertThat(bench.all(Replicas.PLANTS)).hasSizeGreaterThan(3);
        assertThat(bench.state("plants").load().sweepDue()).isTrue();
    }

    @Test
    void whenMostRowsAreBadTheMetadataIsReadAgainAndThenTheLoadFails() {
        var rows = IntStream.range(0, 150)
                .mapToObj(i -> i % 3 == 0 ? "{\"WERKS\":\"" + i + "\"}" : "{\"NAME1\":\"no key\"}")
                .collect(Collectors.joining(","));
        bench.sap.fault(target -> target.startsWith("PlantSet") ? page(rows) : null);
        var failed = (RunResult.Failed) Bench.run(bench.loads(1000), "plants").getFirst();
        assertThat(failed.failure().code()).isEqualTo(InboundProblem.INBOUND_ROWS_UNREADABLE);
        assertThat(bench.sap.requests()).containsExactly("$metadata", "PlantSet 0", "$metadata", "PlantSet 0");
        assertThat(bench.state("plants").load().open()).isTrue();
    }

    @Test
    void aReloadDoesNotPutOldRowsOverNewOnes() {
        Bench.run(bench.loads(10), "plants");
        var plants = bench.store.documents(Replicas.PLANTS);
        var newer = plants.find("000000000001").orElseThrow().value().copy();
        newer.put("name", "changed since").put("changedAt", Instant.parse("2030-01-01T00:00:00Z"));
        var older = plants.find("000000000002").orElseThrow().value().copy();
        older.put("name", "long ago").put("changedAt", Instant.parse("2001-01-01T00:00:00Z"));
        plants.upsertAll(List.of(newer, older));
        Bench.run(bench.loads(10), "plants");
        assertThat(plants.find("000000000001").orElseThrow().value()).isEqualTo(newer);
        assertThat(plants.find("000000000002").orElseThrow().value().text("name"))
                .hasValue("NAME1 2");
        assertThat(bench.state("plants").load().counters()).isEqualTo(new Counters(3, 0, 1, 2, 1, 0));
    }

    @Test
    void aLoadInOnePartEndsWithTheTokenOfItsChanges() {
        var tracked = new AtomicBoolean();
        var results = Bench.run(
                bench.tampered(10, (client, request, sink) -> {
                    tracked.compareAndSet(false, request.trackChanges());
                    return client.read(request, sink);
                }),
                "plants");
        assertThat(results).hasOnlyElementsOfType(RunResult.Loaded.class);
        assertThat(tracked).as("plants have change stamps, no tokens").isFalse();
        bench.sap.fault(target -> target.startsWith("FunctionalLocationSet")
                ? json(
                        "{\"d\":{\"results\":[{\"TPLNR\":\"A\"}],\"__delta\":\"FunctionalLocationSet?!deltatoken='D7'\"}}")
                : null);
        Bench.run(
                bench.tampered(10, (client, request, sink) -> {
                    tracked.compareAndSet(false, request.trackChanges());
                    return client.read(request, sink);
                }),
                "functional-locations");
        assertThat(tracked).isTrue();
        assertThat(bench.state("functional-locations").delta().loadToken()).isEqualTo("D7");
        assertThat(bench.state("plants").delta().loadToken()).isNull();
        assertThat(bench.state("plants").delta().position().watermark())
                .as("SAP's time")
                .isNotNull();
    }

    @Test
    void aStepCompletesDocumentsBeforeTheyAreWritten() {
        var type = new AtomicReference<String>();
        BatchEnricher step = (collection, chunk) -> {
            type.set(collection.name());
            chunk.forEach(document -> document.put("region", "completed"));
        };
        try (var loads = new InboundLoads(bench.store, "test", bench.client(), bench.terms(10), step)) {
            loads.run(List.of("plants"), LoadListener.NONE, new Cancellation());
        }
        assertThat(type).hasValue("Plants");
        assertThat(bench.all(Replicas.PLANTS))
                .allMatch(stored -> stored.value().text("region").equals(Optional.of("completed")));
    }

    @Test
    void anIntegrationMayReadFromAnotherServiceOfTheHost() {
        bench.readFrom("plants", SapFixture.OTHER_PATH);
        Bench.run(bench.loads(2), "plants");
        assertThat(bench.sap.requests()).containsExactly("other $metadata", "other PlantSet 0", "other PlantSet 2");
        assertThat(bench.all(Replicas.PLANTS)).hasSize(3);
    }

    @Test
    void metadataIsReadOnceInTenMinutes() {
        var now = new AtomicReference<>(Instant.parse("2026-11-01T00:00:00Z"));
        InstantSource clock = now::get;
        try (var loads = new InboundLoads(bench.store, "test", bench.client(), bench.terms(10, Holder.here(), clock))) {
            for (var at : List.of("2026-11-01T00:00:00Z", "2026-11-01T00:09:00Z", "2026-11-01T00:10:01Z")) {
                now.set(Instant.parse(at));
                loads.run(List.of("plants"), LoadListener.NONE, new Cancellation());
            }
        }
        assertThat(Collections.frequency(bench.sap.requests(), "$metadata")).isEqualTo(2);
    }

    private static SapFixture.Reply page(String rows) {
        return json("{\"d\":{\"results\":[" + rows + "]}}");
    }

    private static SapFixture.Reply json(String body) {
        return new SapFixture.Reply(200, "application/json", body);
    }
}
