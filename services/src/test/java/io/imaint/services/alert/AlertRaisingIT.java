package io.imaint.services.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.interaso.webpush.VapidKeys;
import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Directory;
import io.imaint.kernel.sealing.SealingKey;
import io.imaint.services.alert.AlertRule.Grouping;
import io.imaint.store.Actor;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Documents.Change;
import io.imaint.store.JsonValues;
import io.imaint.store.Query;
import io.imaint.store.RecordCodec;
import io.imaint.store.Store;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import io.imaint.store.StoredFact;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * Goal: what belongs together is one alert, counted exactly, whatever comes again after a crash. Method: facts with
 * chosen times and positions, given to the consumer directly; a real store.
 */
class AlertRaisingIT {
    private static final Instant MORNING = Instant.parse("2026-11-29T08:00:00Z");

    private final Crew crew = new Crew();
    private final MovingClock clock = new MovingClock();
    private Store store;
    private AlertRaising raising;
    private long position;

    @BeforeEach
    void open(@TempDir Path directory) {
        store = StoreService.open(new StoreSettings(directory, Optional.empty()));
        raising = raising(crew);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private AlertRaising raising(Directory directory) {
        var http = new OutgoingHttp(new OutgoingAddresses(List.of(), InetAddress::getAllByName), clock);
        var senders = new DeliveryChannels.Senders(
                Optional.empty(),
                new Push(http, VapidKeys.generate(), "mailto:operator@example.com"),
                http,
                new SealingKey(
                        "0123456789abcdef0123456789abcdef", new SecureRandom(), AlertProblem.ALERT_KEY_UNUSABLE));
        var recipients = new Recipients(directory);
        var channels = new DeliveryChannels(store, senders, recipients, ZoneId.of("UTC"), clock);
        var results = new DeliveryQueue.Results(new RetryPolicy(new Random(1)), new AlertMeters(store, clock));
        var queue = new DeliveryQueue(store, channels, results, clock, () -> {});
        return new AlertRaising(store, new AlertInbox(store), recipients, queue, clock);
    }

    @Test
    void makesOneAlertOfAThousandFailures() {
        rule(new Grouping(List.of(), Duration.ofMinutes(10)));
        var facts = new ArrayList<StoredFact>();
        for (int i = 0; i < 1_000; i++) {
            facts.add(fact(MORNING.plusSeconds(i), "hot"));
        }
        for (int from = 0; from < facts.size(); from += 100) {
            raising.accept(facts.subList(from, from + 100));
        }

        assertThat(alerts()).singleElement().extracting(Alert::count).isEqualTo(1_000L);
        assertThat(store.documents(AlertCollections.INBOX).count(Condition.ALL)).isEqualTo(2);
        assertThat(store.documents(AlertCollections.DELIVERIES).count(Condition.ALL))
                .isEqualTo(2);
    }

    @Test
    void partsFactsThatDifferInAFieldOfTheGrouping() {
        rule(new Grouping(List.of("reason"), Duration.ofMinutes(10)));
        raising.accept(List.of(fact(MORNING, "hot"), fact(MORNING, "loud"), fact(MORNING, "hot")));
        assertThat(alerts()).extracting(Alert::count).containsExactlyInAnyOrder(2L, 1L);
    }

    @Test
    void makesAnAlertOfEachFactWithoutAGrouping() {
        rule(null);
        raising.accept(List.of(fact(MORNING, "hot"), fact(MORNING, "hot")));
        assertThat(alerts()).extracting(Alert::count).containsExactly(1L, 1L);
    }

    @Test
    void goesOnForAsLongAsFactsFollowWithinTheWindow() {
        rule(new Grouping(List.of(), Duration.ofMinutes(10)));
        raising.accept(List.of(fact(MORNING, "hot")));
        raising.accept(List.of(fact(MORNING.plusSeconds(600), "hot")));
        raising.accept(List.of(fact(MORNING.plusSeconds(1_200), "hot"), fact(MORNING.plusSeconds(1_801), "hot")));
        assertThat(alerts()).extracting(Alert::count).containsExactlyInAnyOrder(3L, 1L);
    }

    @Test
    void beginsANewAlertWhenTheFirstLeavesTheInboxes() {
        rule(new Grouping(List.of(), Duration.ofDays(7)));
        for (int week = 0; week < 14; week++) {
            raising.accept(List.of(fact(MORNING.plus(Duration.ofDays(7L * week)), "hot")));
        }
        assertThat(alerts()).extracting(Alert::count).containsExactlyInAnyOrder(13L, 1L);
        assertThat(store.documents(AlertCollections.DELIVERIES).count(Condition.ALL))
                .isEqualTo(4);
    }

    @Test
    void showsTheLastFact() {
        rule(new Grouping(List.of(), Duration.ofMinutes(10)));
        raising.accept(List.of(fact(MORNING, "hot")));
        raising.accept(List.of(fact(MORNING, "loud")));
        assertThat(alerts().getFirst().data()).containsEntry("reason", "loud");
        assertThat(alerts().getFirst().subject()).isEqualTo("M2");
    }

    @Test
    void beginsANewAlertOnceTheLastIsClosed() {
        rule(new Grouping(List.of(), Duration.ofMinutes(10)));
        raising.accept(List.of(fact(MORNING, "hot")));
        var first = alerts().getFirst();
        store.documents(AlertCollections.ALERTS)
                .update(first.id(), stored -> Change.of(stored.value().moved(AlertState.CLOSED, "anna", MORNING)));

        raising.accept(List.of(fact(MORNING.plusSeconds(1), "hot")));

        assertThat(alerts()).extracting(Alert::state).containsExactlyInAnyOrder(AlertState.CLOSED, AlertState.OPEN);
    }

    @Test
    void countsNoFactTwice() {
        rule(new Grouping(List.of(), Duration.ofMinutes(10)));
        var facts = List.of(fact(MORNING, "hot"), fact(MORNING, "hot"), fact(MORNING.plusSeconds(3_600), "hot"));
        raising.accept(facts);
        var before = alerts();

        raising.accept(facts);
        raising.accept(facts.subList(1, 2));

        assertThat(alerts()).isEqualTo(before);
        assertThat(store.documents(AlertCollections.DELIVERIES).count(Condition.ALL))
                .isEqualTo(4);
    }

    @Test
    void makesUpForWhatACrashCutOff() {
        rule(new Grouping(List.of(), Duration.ofMinutes(10)));
        var facts = List.of(fact(MORNING, "hot"), fact(MORNING, "hot"));
        var dying = raising(new Directory() {
            @Override
            public Optional<Person> person(String id) {
                throw new IllegalStateException("the process ends here");
            }

            @Override
            public List<Person> holding(String role) {
                throw new IllegalStateException("the process ends here");
            }
        });
        assertThatThrownBy(() -> dying.accept(facts)).hasMessageContaining("ends here");
        assertThat(alerts()).hasSize(1);
        assertThat(store.documents(AlertCollections.INBOX).count(Condition.ALL)).isZero();

        raising.accept(facts);

        assertThat(alerts()).singleElement().extracting(Alert::count).isEqualTo(2L);
        assertThat(store.documents(AlertCollections.INBOX).count(Condition.ALL)).isEqualTo(2);
        assertThat(store.documents(AlertCollections.DELIVERIES).count(Condition.ALL))
                .isEqualTo(2);
    }

    @Test
    void leavesAloneWhatAReaderDidWhenFactsComeAgain() {
        rule(new Grouping(List.of(), Duration.ofMinutes(10)));
        var facts = List.of(fact(MORNING, "hot"));
        raising.accept(facts);
        var entries = store.documents(AlertCollections.INBOX);
        var entry = InboxEntry.idOf(alerts().getFirst().id(), "anna");
        entries.update(entry, stored -> Change.of(stored.value().moved(AlertState.READ, null)));

        raising.accept(facts);

        assertThat(entries.find(entry).orElseThrow().value().state()).isEqualTo(AlertState.READ);
    }

    @Test
    void ignoresARuleThatIsSwitchedOff() {
        var rule = rule(null);
        store.documents(AlertCollections.RULES)
                .update(
                        rule.id(),
                        stored -> Change.of(new AlertRuleInput(
                                        rule.name(),
                                        false,
                                        rule.fact(),
                                        List.of(),
                                        List.of(),
                                        List.of(),
                                        rule.roles(),
                                        null,
                                        rule.text(),
                                        rule.severity(),
                                        List.of(),
                                        null,
                                        null,
                                        true)
                                .rule(rule.id())));
        raising.accept(List.of(fact(MORNING, "hot")));
        assertThat(alerts()).isEmpty();
    }

    @Test
    void theDeliveredRulesTellWhoeverEnteredWhatSapRefused() throws IOException {
        deliveredRules().forEach(rule -> store.documents(AlertCollections.RULES).insert(rule));
        var refused = new Document()
                .put("command", "release-order")
                .put("object", "WorkOrders/000004000001")
                .put("by", "anna")
                .put("message", "Order 4000001 is closed");
        raising.accept(List.of(new StoredFact(
                "refused",
                1,
                "CommandFailed",
                "Outbox",
                "1",
                1,
                MORNING,
                new Actor("anna", "", null, "", ""),
                new PlantCode("1000"),
                refused)));
        assertThat(alerts())
                .singleElement()
                .satisfies(alert -> assertThat(alert.rule()).isEqualTo("entry-refused-by-sap"));
        assertThat(store.documents(AlertCollections.INBOX)
                        .list(Query.where(Condition.ALL))
                        .values())
                .extracting(InboxEntry::user)
                .containsExactly("anna");
    }

    private static List<AlertRule> deliveredRules() throws IOException {
        var codec = RecordCodec.of(AlertRule.class);
        try (var file = Objects.requireNonNull(
                AlertRule.class.getResourceAsStream("/io/imaint/services/seed/AlertRules.json"))) {
            return JsonMapper.shared()
                    .readTree(file)
                    .required("documents")
                    .valueStream()
                    .map(JsonValues::of)
                    .map(rule -> codec.read((Document) Objects.requireNonNull(rule)))
                    .toList();
        }
    }

    private AlertRule rule(@Nullable Grouping grouping) {
        var rule = new AlertRule(
                "rule",
                "Failures",
                true,
                "MachineFailed",
                List.of(),
                List.of(),
                List.of(),
                List.of("technician"),
                null,
                "fact",
                Severity.WARNING,
                List.of(Channel.EMAIL),
                grouping,
                null,
                true);
        store.documents(AlertCollections.RULES).insert(rule);
        return rule;
    }

    private StoredFact fact(Instant at, String reason) {
        position++;
        return new StoredFact(
                "fact-" + position,
                position,
                "MachineFailed",
                "Machines",
                "M" + position,
                1,
                at,
                new Actor(Caller.ANONYMOUS.id(), "", null, "", ""),
                new PlantCode("1000"),
                new Document().put("reason", reason));
    }

    private List<Alert> alerts() {
        return store.documents(AlertCollections.ALERTS)
                .list(Query.where(Condition.ALL))
                .values();
    }
}
