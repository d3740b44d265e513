package io.imaint.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.imaint.integration.broker.InProcessBroker;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.odata.Credentials;
import io.imaint.integration.outbound.OutboundConsumer;
import io.imaint.integration.outbound.OutboundProducer;
import io.imaint.integration.source.SapSession;
import io.imaint.integration.source.SapSystem;
import io.imaint.integration.state.InboundSettings;
import io.imaint.kernel.settings.Secret;
import io.imaint.kernel.settings.Settings;
import io.imaint.store.Document;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.Draft;
import io.imaint.store.outbox.Outbox;
import io.imaint.store.outbox.OutboxItem;
import io.imaint.store.outbox.OutboxItem.State;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: commands reach SAP through the API gateway, whose policy sees to the CSRF token. Method: gateway and simulator in a process of their own. */
class OutboundGatewayIT {
    private final Random random = new Random(1);

    @Test
    void theGatewaysPolicySeesToTheToken(@TempDir Path gatewayHome, @TempDir Path home) {
        try (var gateway = GatewayLandscape.start(gatewayHome);
                var store = StoreService.open(new StoreSettings(home, Optional.empty()));
                var session = SapSession.to(
                        store, system(gateway), InboundSettings.read(Settings.of(Map.of())), InstantSource.system());
                var broker = new InProcessBroker()) {
            Integrations.seed(store.documents(Integrations.TYPE));
            var outbox = new Outbox(store, InstantSource.system());
            var terms = new OutboundConsumer.Terms("test", InstantSource.system(), random);
            try (var consumer = OutboundConsumer.start(store, session, broker, OutboundLandscape.QUICK, terms);
                    var producer =
                            OutboundProducer.start(store, broker, OutboundLandscape.QUICK, InstantSource.system())) {
                Objects.requireNonNull(producer);
                assertThat(consumer.readiness().ready()).isTrue();
                var number = posted(
                        outbox,
                        draft(
                                Command.CREATE_NOTIFICATION,
                                null,
                                new Document()
                                        .put("notificationType", "M1")
                                        .put("description", "Through the gateway")));
                assertThat(posted(
                                outbox,
                                draft(
                                        Command.CHANGE_NOTIFICATION,
                                        number,
                                        new Document().put("description", "Changed through the gateway"))))
                        .isEqualTo(number);
                assertThat(posted(outbox, draft(Command.PUT_NOTIFICATION_IN_PROCESS, number, new Document())))
                        .isEqualTo(number);
                var row = gateway.askSap("GET", "/NotificationSet('%s')".formatted(number))
                        .with("Accept", "application/json")
                        .send()
                        .json()
                        .get("d");
                assertThat(row.get("QMTXT").asString()).isEqualTo("Changed through the gateway");
                assertThat(row.get("STATUSES").asString()).contains("NOPR");
            }
        }
    }

    private static SapSystem system(GatewayLandscape gateway) {
        var keys = gateway.demo();
        var application = new Credentials.Application(
                URI.create(gateway.address("/token")), new Secret(keys.key()), new Secret(keys.secret()));
        return new SapSystem(
                URI.create(gateway.address(GatewayLandscape.OAUTH)), application, "100", "EN", "through the gateway");
    }

    private static Draft draft(Command command, @Nullable String object, Document values) {
        var key = command.kind() == Command.Kind.CREATE ? null : object;
        return new Draft(
                UUID.randomUUID().toString(),
                command,
                "Notifications",
                object,
                null,
                key,
                values,
                new Document(),
                Map.of());
    }

    private static String posted(Outbox outbox, Draft draft) {
        outbox.accept(draft, OutboundLandscape.CALLER);
        var item = await().atMost(Duration.ofMinutes(1))
                .until(
                        () -> item(outbox, draft.id()),
                        now -> now.state().settled() || now.state().stuck());
        assertThat(item.state()).as("%s", item.outcome()).isEqualTo(State.POSTED);
        return Objects.requireNonNull(item.outcome().sapNumber());
    }

    private static OutboxItem item(Outbox outbox, String id) {
        return outbox.find(id, OutboundLandscape.CALLER).orElseThrow().value();
    }
}
