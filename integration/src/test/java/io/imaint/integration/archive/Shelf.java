package io.imaint.integration.archive;

import io.imaint.integration.definition.Integrations;
import io.imaint.integration.state.Holder;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.LoadOptions;
import io.imaint.integration.state.LoadedSystem;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import io.imaint.store.Stored;
import io.imaint.store.replica.Replicas;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;

/** A store as a loaded system leaves it, and the archive over it. */
final class Shelf implements AutoCloseable {
    static final String A = "a.example:8000/sap client 100";
    static final String B = "b.example:8000/sap client 100";
    static final CollectionType<Document> THINGS = Replicas.find("ZThings").orElseThrow();
    private static final Instant LOADED = Instant.parse("2026-03-01T08:00:00Z");

    final Store store;
    final Path home;

    Shelf(Path home) {
        this.home = home;
        this.store = StoreService.open(new StoreSettings(home, Optional.empty()));
        Integrations.seed(store.documents(Integrations.TYPE));
    }

    Archive archive() {
        return archive(store);
    }

    Archive archive(Store seen) {
        return new Archive(seen, home, "1.2.3", terms(), UnaryOperator.identity());
    }

    /** Of a process that ended long ago, so that nobody waits for its leases. */
    static LoadOptions terms() {
        return new LoadOptions(
                1,
                1,
                new Holder(Holder.here().machine(), 999_999_999L, 1, "dead"),
                Duration.ofMinutes(5),
                Duration.ofMinutes(1),
                InstantSource.system(),
                new Random(1),
                (stop, time) -> stop.check());
    }

    /** Loads so many documents from a system into two collections, as an initial load does. */
    void load(String system, int documents) {
        new LoadedSystem(system, null).write(store);
        for (var type : List.of(Replicas.PLANTS, THINGS)) {
            var all = new ArrayList<Document>();
            for (int i = 0; i < documents; i++) {
                all.add(new Document()
                        .put("id", "%s-%05d".formatted(system.substring(0, 1), i))
                        .put("name", "From " + system)
                        .put("quantity", new BigDecimal("1.50"))
                        .put("changedAt", LOADED));
            }
            store.documents(type).upsertAll(all);
        }
        store.documents(InboundState.TYPE).upsertAll(List.of(state("plants", system), state("work-orders", system)));
    }

    static InboundState state(String integration, String system) {
        var type = InboundState.TYPE;
        return type.read(
                type.write(InboundState.none(integration)).put("system", system).put("fence", 7));
    }

    /** Everything that replication keeps, as it stands. */
    Map<String, List<Document>> content() {
        var content = new LinkedHashMap<String, List<Document>>();
        content.put(
                "LoadedSystem",
                List.of(new Document().put("system", LoadedSystem.of(store).system())));
        for (var type : List.of(Replicas.PLANTS, THINGS)) {
            content.put(type.name(), all(type));
        }
        content.put("states", all(InboundState.TYPE));
        return content;
    }

    private <T> List<Document> all(CollectionType<T> type) {
        return store.documents(type).list(Query.where(Condition.ALL).limit(Query.LIMIT_MAX)).items().stream()
                .map(Stored::value)
                .map(type::write)
                .toList();
    }

    @Override
    public void close() {
        store.close();
    }
}
