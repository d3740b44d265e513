package io.imaint.services.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.facts.Fact;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.kernel.telemetry.Telemetry;
import io.imaint.services.ApiClient;
import io.imaint.services.ServedPlant;
import io.imaint.store.Document;
import io.imaint.store.StoredFact;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.Draft;
import io.imaint.store.outbox.Outbox;
import io.imaint.store.outbox.OutboxItem.Outcome;
import io.imaint.store.outbox.OutboxQueue;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Goal: people see what became of a command, and mend what SAP refused. Method: items as consumers leave them. */
class OutboxItemsIT {
    private static final String PATH = "/api/outbox";
    private static final InstantSource CLOCK = InstantSource.system();

    @RegisterExtension
    private final ServedPlant plant = new ServedPlant(OutboxService.MODULE);

    private ApiClient planner() {
        return plant.as(caller("planner", "outbox.read", "outbox.edit"));
    }

    private static Caller caller(String id, String... permissions) {
        return new Caller(
                id, Set.copyOf(Stream.of(permissions).map(Permission::new).toList()), PlantScope.of("1000"));
    }

    private OutboxQueue queue() {
        return new OutboxQueue(plant.store(), CLOCK);
    }

    private String accepted(Command command, @Nullable String order) {
        var id = UUID.randomUUID().toString();
        var draft = new Draft(
                id,
                command,
                "WorkOrders",
                order,
                "1000",
                order,
                new Document().put("description", "pump leaks"),
                new Document(),
                Map.of());
        return new Outbox(plant.store(), CLOCK).accept(draft, caller("hector")).key();
    }

    private String failed() {
        var id = accepted(Command.CREATE_ORDER, null);
        queue().failed(queue().claim(id, "p").orElseThrow(), Outcome.words("IW/500", "is locked", "Unlock it."));
        return id;
    }

    private ApiClient.Answer step(String id, String step, @Nullable String body) {
        var tag = planner().get(PATH + "/" + id).header("etag");
        return planner().send("POST", PATH + "/" + id + "/" + step, body, "If-Match", tag);
    }

    private static String text(ApiClient.Answer answer, String pointer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().at(pointer).asString();
    }

    @Test
    void listsTheNewestFirstByStateCommandObjectAndUser() {
        var created = failed();
        var release = accepted(Command.RELEASE_ORDER, "000004000012");
        assertThat(planner().get(PATH).each("id")).containsExactlyInAnyOrder(created, release);
        assertThat(planner().get(PATH + "?state=failed").each("id")).containsExactly(created);
        assertThat(planner().get(PATH + "?state=failed&state=queued").each("id"))
                .hasSize(2);
        assertThat(planner().get(PATH + "?command=release-order").each("number"))
                .containsExactly("000004000012");
        assertThat(planner().get(PATH + "?object=WorkOrders/000004000012").each("id"))
                .containsExactly(release);
        assertThat(planner().get(PATH + "?by=hector").each("byName")).hasSize(2);
        assertThat(planner().get(PATH + "?by=nobody").each("id")).isEmpty();
        assertThat(planner().get(PATH + "?state=lost").status()).isEqualTo(400);
        assertThat(plant.as(caller("hector")).get(PATH).status()).isEqualTo(403);
    }

    @Test
    void listsToEverybodyWhatTheyEntered() {
        var first = failed();
        var follower = accepted(Command.RELEASE_ORDER, first);
        var hector = plant.as(caller("hector"));
        assertThat(hector.get("/api/my-outbox").each("id")).containsExactlyInAnyOrder(first, follower);
        assertThat(hector.get("/api/my-outbox?state=failed").each("id")).containsExactly(first);
        assertThat(hector.get("/api/my-outbox?waitsFor=" + first).each("id")).containsExactly(follower);
        assertThat(planner().get(PATH + "?waitsFor=" + first).each("id")).containsExactly(follower);
        assertThat(plant.as(caller("ada")).get("/api/my-outbox").each("id")).isEmpty();
    }

    @Test
    void showsAnItemToWhoEnteredItAndToWhoMayReadTheOutbox() {
        var id = failed();
        for (var reader : List.of(caller("hector"), caller("ada", "outbox.read"))) {
            var shown = plant.as(reader).get(PATH + "/" + id);
            assertThat(text(shown, "/state")).isEqualTo("failed");
            assertThat(text(shown, "/message")).isEqualTo("is locked");
            assertThat(text(shown, "/values/description")).isEqualTo("pump leaks");
            assertThat(text(shown, "/history/0/what")).isEqualTo("sent");
            assertThat(shown.header("etag")).isEqualTo("\"3\"");
        }
        assertThat(plant.as(caller("ada")).get(PATH + "/" + id).status()).isEqualTo(404);
        assertThat(planner().get(PATH + "/" + UUID.randomUUID()).status()).isEqualTo(404);
    }

    @Test
    void sendsAFailedItemAgainWithOtherValues() {
        var id = failed();
        var edited = step(id, "retry", "{\"changes\": {\"description\": null, \"priority\": \"1\", \"hours\": 2.50}}");
        assertThat(text(edited, "/state")).isEqualTo("queued");
        assertThat(edited.json().get("values").toString()).isEqualTo("{\"priority\":\"1\",\"hours\":2.5}");
        assertThat(text(edited, "/history/1/what")).isEqualTo("edited");
        assertThat(step(id, "retry", null).status()).isEqualTo(409);
        assertThat(step(id, "retry", "{\"changes\": 7}").status()).isEqualTo(400);
    }

    @Test
    void sendsAFailedItemAgainAsItIs() {
        assertThat(text(step(failed(), "retry", null), "/history/1/what")).isEqualTo("retried");
        assertThat(text(step(failed(), "retry", "{}"), "/history/1/what")).isEqualTo("retried");
    }

    @Test
    void discardsAnItemForAReasonAndHoldsItsFollowers() {
        var first = accepted(Command.RELEASE_ORDER, "000004000012");
        var second = accepted(Command.COMPLETE_ORDER_TECHNICALLY, "000004000012");
        assertThat(step(first, "discard", "{}").status()).isEqualTo(400);
        assertThat(text(step(first, "discard", "{\"reason\": \"entered twice\"}"), "/state"))
                .isEqualTo("discarded");
        var held = planner().get(PATH + "/" + second);
        assertThat(text(held, "/state")).isEqualTo("held");
        assertThat(text(held, "/message")).contains(first, "entered twice");
    }

    @Test
    void refusesStepsOfAnOldRevisionAndWithoutPermission() {
        var id = failed();
        var target = PATH + "/" + id + "/retry";
        var old = planner().send("POST", target, null, "If-Match", "\"1\"");
        assertThat(old.status()).isEqualTo(412);
        assertThat(old.header("etag")).isEqualTo("\"3\"");
        assertThat(planner().send("POST", target, null).status()).isEqualTo(428);
        var hector = plant.as(caller("hector", "outbox.read"));
        assertThat(hector.send("POST", target, null, "If-Match", "\"3\"").status())
                .isEqualTo(403);
        var elsewhere = plant.as(new Caller("elsewhere", permission -> true, PlantScope.of("2000")));
        assertThat(elsewhere.send("POST", target, null, "If-Match", "\"3\"").status())
                .isEqualTo(404);
    }

    @Test
    void countsWhatIsOnItsWayAndWhatWasPostedNow() {
        failed();
        var release = accepted(Command.RELEASE_ORDER, "000004000012");
        var figures = planner().get("/api/outbox-figures");
        assertThat(figures.json().get("states").toString())
                .isEqualTo("{\"queued\":1,\"sending\":0,\"failed\":1,\"held\":0}");
        assertThat(text(figures, "/oldestUnsettled")).isNotEmpty();
        queue().posted(queue().claim(release, "p").orElseThrow(), new Outcome("000004000012", null, null, null, null));
        assertThat(text(planner().get("/api/outbox-figures"), "/postedLastHour"))
                .isEqualTo("1");
    }

    @Test
    void tellsOfFailedItemsInReadinessAndMetrics() {
        var items = plant.the(OutboxService.MODULE);
        assertThat(items.readiness().detail()).isEqualTo("ready");
        failed();
        assertThat(items.readiness().ready()).isTrue();
        assertThat(items.readiness().detail()).isEqualTo("ready, failed commands to SAP: 1");
        try (var telemetry = Telemetry.create()) {
            items.bindTo(telemetry.registry());
            assertThat(telemetry.scrape())
                    .contains("imaint_outbox_items{state=\"failed\"} 1.0", "imaint_outbox_oldest_seconds");
        }
    }

    @Test
    void saysOnceThatItemsWaitForTooLongOrHaveFailed() {
        failed();
        accepted(Command.RELEASE_ORDER, "000004000012");
        var settings = new OutboxSettings(Duration.ofMinutes(15), 0);
        InstantSource later = () -> Instant.now().plus(Duration.ofMinutes(16));
        try (var watch = new OutboxWatch(plant.store(), settings, later);
                var other = new OutboxWatch(plant.store(), settings, later)) {
            watch.compare();
            other.compare();
            watch.compare();
        }
        assertThat(said(PostingDelayed.class)).hasSize(1);
        assertThat(said(PostingsFailed.class))
                .singleElement()
                .satisfies(fact -> assertThat(fact.data().get("failed")).isEqualTo(1L));
        // Until the outbox is well again.
        try (var watch = new OutboxWatch(plant.store(), new OutboxSettings(Duration.ofDays(1), 1), CLOCK);
                var again = new OutboxWatch(plant.store(), settings, later)) {
            watch.compare();
            again.compare();
        }
        assertThat(said(PostingDelayed.class)).hasSize(2);
    }

    private List<StoredFact> said(Class<? extends Fact> fact) {
        return plant.store().facts().after(0, 1_000).stream()
                .filter(stored -> stored.name().equals(fact.getSimpleName()))
                .toList();
    }

    @Test
    void goesThroughALongListPageByPage() {
        var ids = IntStream.range(0, 5)
                .mapToObj(i -> accepted(Command.RELEASE_ORDER, "00000400001" + i))
                .toList();
        var first = planner().get(PATH + "?limit=3");
        var next = first.json().get("next").asString();
        var rest = planner().get(PATH + "?limit=3&after=" + next);
        assertThat(Stream.of(first, rest).flatMap(page -> page.each("id").stream()))
                .containsExactlyInAnyOrderElementsOf(ids);
    }
}
