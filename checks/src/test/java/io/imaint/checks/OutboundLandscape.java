package io.imaint.checks;

import io.imaint.integration.broker.Broker;
import io.imaint.integration.broker.InProcessBroker;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.outbound.OutboundConsumer;
import io.imaint.integration.outbound.OutboundProducer;
import io.imaint.integration.outbound.OutboundSettings;
import io.imaint.integration.source.SapSession;
import io.imaint.integration.source.SapSystem;
import io.imaint.integration.state.InboundSettings;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.settings.Secret;
import io.imaint.kernel.settings.Settings;
import io.imaint.simulator.SapGateway;
import io.imaint.simulator.SimulatorSettings;
import io.imaint.simulator.faults.FaultRule;
import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.plant.PlantSource;
import io.imaint.store.Document;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.Draft;
import io.imaint.store.outbox.Outbox;
import io.imaint.store.outbox.OutboxItem;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** An outbox, those who post it, and a simulated SAP, in one process. */
final class OutboundLandscape implements AutoCloseable {
    static final OutboundSettings QUICK = new OutboundSettings(
            8,
            20,
            Duration.ofMillis(10),
            Duration.ofMillis(100),
            Duration.ofMillis(10),
            Duration.ofMillis(100),
            Duration.ofMillis(100));

    private static final int ROWS_MAX = 1000;

    static final Caller CALLER = Caller.system("outbound");

    /** All that SAP was asked. */
    final AtomicInteger requests = new AtomicInteger();

    final SapGateway sap;
    final Store store;
    final Outbox outbox;
    final Broker broker;
    private final SapSession session;
    private @Nullable OutboundProducer producer;
    private @Nullable OutboundConsumer consumer;

    OutboundLandscape(Path home) {
        this(home, "");
    }

    /** @param password other than SAP's; empty for the right one */
    OutboundLandscape(Path home, String password) {
        this(home, password, new InProcessBroker());
    }

    /** @param broker which the caller closes */
    OutboundLandscape(Path home, String password, Broker broker) {
        this.broker = broker;
        this.sap = SapGateway.start(
                SimulatorSettings.read(Settings.of(Map.of("simulator-port", "0"))),
                PlantSource.open(1, 2000, Optional.empty()),
                InstantSource.system(),
                request -> {
                    requests.incrementAndGet();
                });
        this.store = StoreService.open(new StoreSettings(home, Optional.empty()));
        Integrations.seed(store.documents(Integrations.TYPE));
        this.outbox = new Outbox(store, InstantSource.system());
        this.session = session(password.isEmpty() ? sap.password() : new Secret(password));
    }

    SapSession session(Secret password) {
        var system = new SapSystem(sap.serviceUrl(), sap.user(), password, sap.client(), "EN", "outbound");
        return SapSession.to(store, system, InboundSettings.read(Settings.of(Map.of())), InstantSource.system());
    }

    OutboundLandscape start() {
        return start(QUICK);
    }

    OutboundLandscape start(OutboundSettings settings) {
        consumer = OutboundConsumer.start(
                store,
                session,
                broker,
                settings,
                new OutboundConsumer.Terms("test", InstantSource.system(), new Random(1)));
        producer = OutboundProducer.start(store, broker, settings, InstantSource.system());
        return this;
    }

    OutboundConsumer consumer() {
        if (consumer == null) {
            throw new AssertionError("not started");
        }
        return consumer;
    }

    /** Accepts a command that creates an object. */
    OutboxItem create(Command command, Document values) {
        return accept(command, command.collection().name(), null, null, values, new Document(), Map.of());
    }

    /** Accepts a command about an object, which is called by its number or by the item that creates it. */
    OutboxItem about(Command command, String collection, String object, @Nullable String key, Document values) {
        return accept(command, collection, object, key, values, new Document(), Map.of());
    }

    OutboxItem accept(
            Command command,
            String collection,
            @Nullable String object,
            @Nullable String key,
            Document values,
            Document base,
            Map<String, String> references) {
        var draft = new Draft(
                UUID.randomUUID().toString(), command, collection, object, null, key, values, base, references);
        return outbox.accept(draft, CALLER).value();
    }

    OutboxItem item(String id) {
        return outbox.find(id, CALLER).orElseThrow().value();
    }

    /** Waits until nothing is left to do for a command but for people. */
    OutboxItem settled(OutboxItem accepted) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(
                        () -> item(accepted.id()),
                        item -> item.state().settled() || item.state().stuck());
    }

    /** The rows of a set in SAP that fulfil a condition, at most a thousand. */
    List<Row> rows(EntitySet set, Predicate<Row> where) {
        return rows(sap, set, where, ROWS_MAX);
    }

    /** All rows of a set in SAP. */
    static List<Row> rows(SapGateway sap, EntitySet set) {
        return rows(sap, set, row -> true, Integer.MAX_VALUE);
    }

    private static List<Row> rows(SapGateway sap, EntitySet set, Predicate<Row> where, int max) {
        var rows = new ArrayList<Row>();
        var reader = sap.plant().rows(set, List.of());
        var values = new @Nullable Object[set.properties().size()];
        while (rows.size() < max && reader.next(values)) {
            var row = Row.of(set, values.clone());
            if (where.test(row)) {
                rows.add(row);
            }
        }
        return rows;
    }

    Row row(EntitySet set, String... key) {
        return sap.plant().find(set, List.of(key)).orElseThrow();
    }

    /** What goes wrong from now on, as the simulator's faults are written. */
    void faults(String... rules) {
        sap.faults().clear();
        for (var rule : rules) {
            FaultRule.parse(rule).forEach(sap.faults()::add);
        }
    }

    @Override
    public void close() {
        if (producer != null) {
            producer.close();
        }
        if (consumer != null) {
            consumer.close();
        }
        session.close();
        store.close();
        sap.close();
    }
}
