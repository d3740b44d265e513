package io.imaint.integration.inbound;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Reading;
import io.imaint.integration.definition.Status;
import io.imaint.integration.delta.DeltaSettings;
import io.imaint.integration.delta.Deltas;
import io.imaint.integration.load.InboundLoads;
import io.imaint.integration.load.LoadListener;
import io.imaint.integration.odata.Entity;
import io.imaint.integration.odata.EntityType;
import io.imaint.integration.odata.Metadata;
import io.imaint.integration.odata.ODataAnswer;
import io.imaint.integration.odata.ODataChange;
import io.imaint.integration.odata.ODataClient;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.odata.ODataService;
import io.imaint.integration.odata.ODataSettings;
import io.imaint.integration.odata.PageRead;
import io.imaint.integration.odata.PageRequest;
import io.imaint.integration.odata.Row;
import io.imaint.integration.pipeline.InboundContext;
import io.imaint.integration.references.BatchEnricher;
import io.imaint.integration.source.SapSession;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.Holder;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.LoadOptions;
import io.imaint.integration.state.RunResult;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import io.imaint.store.Stored;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A SAP fixture and a real store, with the loads between them built as a test wishes. */
public final class Bench implements AutoCloseable {
    /** Changes what a source does; the client is the real one. */
    public interface Tampering {
        PageRead read(ODataService client, PageRequest request, Row.Sink sink);
    }

    /** A process of this machine that ended long ago; no process has so high a number. */
    public static final Holder DEAD = new Holder(Holder.here().machine(), 999_999_999L, 1, "dead");

    public final SapFixture sap = new SapFixture();
    public final Store store;
    public final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());

    public Bench(Path directory) {
        store = StoreService.open(new StoreSettings(directory, Optional.empty()));
    }

    public LoadOptions terms(int pageSize) {
        return terms(pageSize, Holder.here(), InstantSource.system());
    }

    public LoadOptions terms(int pageSize, Holder holder, InstantSource clock) {
        return new LoadOptions(
                2,
                pageSize,
                holder,
                Duration.ofMinutes(5),
                Duration.ofMinutes(1),
                clock,
                new Random(1),
                (stop, time) -> {
                    pauses.add(time);
                    stop.check();
                });
    }

    public InboundLoads loads(int pageSize) {
        return new InboundLoads(store, "test", client(), terms(pageSize));
    }

    /** The service as a process runs it. */
    Inbound inbound(int pageSize) {
        var loads = loads(pageSize);
        var clock = InstantSource.system();
        var meters = new InboundMeters(clock);
        var deltas = new Deltas(
                context(store, client(), terms(pageSize)),
                sap.system().credentials().user(),
                DeltaSettings.DEFAULT,
                meters);
        return Inbound.start(loads, terms(pageSize), new InboundRoutes(store, loads, deltas, meters, clock));
    }

    /** What runs work with, over a service of a test's own. */
    public static InboundContext context(Store store, ODataService sap, LoadOptions options) {
        return new InboundContext(store, "test", new SapSession(sap, options.clock()), options, BatchEnricher.NONE);
    }

    public InboundLoads tampered(int pageSize, Tampering tampering) {
        return new InboundLoads(store, "test", source(tampering), terms(pageSize));
    }

    /** Loads whose line breaks before the second page of a part. */
    public InboundLoads cut(int pageSize) {
        return tampered(pageSize, (client, request, sink) -> {
            if (request.target().contains("skiptoken")) {
                throw ODataProblem.SAP_FAILED.because("cut");
            }
            return client.read(request, sink);
        });
    }

    public ODataService client() {
        var system = sap.system();
        return new ODataClient(new ODataSettings(
                system.serviceUrl(),
                system.credentials(),
                system.client(),
                system.language(),
                Duration.ofSeconds(5),
                Duration.ofSeconds(20)));
    }

    public ODataService source(Tampering tampering) {
        var client = client();
        return new ODataService() {
            @Override
            public Metadata metadata() {
                return client.metadata();
            }

            @Override
            public PageRead read(PageRequest request, Row.Sink sink) {
                return tampering.read(client, request, sink);
            }

            @Override
            public long count(String target) {
                return client.count(target);
            }

            @Override
            public Optional<Entity> entity(String target, EntityType type) {
                return client.entity(target, type);
            }

            @Override
            public ODataAnswer change(ODataChange change) {
                return client.change(change);
            }

            @Override
            public void ping() {
                client.ping();
            }

            @Override
            public ODataService at(String servicePath) {
                return client.at(servicePath);
            }

            @Override
            public void close() {
                client.close();
            }
        };
    }

    /** Splits an integration into parts of so many rows of its set, by the first property of its key. */
    public void partitioned(String name, int rows) {
        Integrations.seed(store.documents(Integrations.TYPE));
        var stored = store.documents(Integrations.TYPE).find(name).orElseThrow();
        var before = stored.value();
        var reading = before.reading();
        var property = before.mapping().keys().getFirst();
        change(
                stored,
                new Reading(
                        reading.pageSize(),
                        reading.filter(),
                        new Reading.Partitioning(property, rows),
                        reading.delta(),
                        reading.changeStamp()),
                before.service());
    }

    /** Lets an integration read from another service. */
    public void readFrom(String name, String service) {
        Integrations.seed(store.documents(Integrations.TYPE));
        var stored = store.documents(Integrations.TYPE).find(name).orElseThrow();
        change(stored, stored.value().reading(), service);
    }

    private void change(Stored<Integration> stored, Reading reading, @Nullable String service) {
        var before = stored.value();
        store.documents(Integrations.TYPE)
                .replace(
                        new Integration(
                                before.name(),
                                service,
                                before.mapping(),
                                reading,
                                before.schedule(),
                                before.dependsOn(),
                                before.status()),
                        stored.rev());
    }

    public static List<RunResult> run(InboundLoads loads, String... names) {
        try (loads) {
            return names.length == 0
                    ? loads.runAll(LoadListener.NONE, new Cancellation())
                    : loads.run(List.of(names), LoadListener.NONE, new Cancellation());
        }
    }

    public Integration integration(String name) {
        return store.documents(Integrations.TYPE).find(name).orElseThrow().value();
    }

    /** What an integration is doing. */
    public Status status(String name) {
        return InboundState.withStatus(store, integration(name)).status();
    }

    public InboundState state(String name) {
        return InboundState.of(store, name);
    }

    /** Every document of a collection with its revision. */
    public List<Stored<Document>> all(CollectionType<Document> type) {
        return store.documents(type)
                .list(Query.where(Condition.ALL).limit(Query.LIMIT_MAX))
                .items();
    }

    @Override
    public void close() {
        store.close();
        sap.close();
    }
}
