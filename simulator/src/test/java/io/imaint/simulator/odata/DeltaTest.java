package io.imaint.simulator.odata;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.HandmadePlant;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.state.Actor;
import io.imaint.simulator.state.PlantState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Goal: a caller that follows the delta links holds what the plant holds, whatever happens between two pages. Method: a
 * plain replica that applies every page is compared with the plant after random changes; the words for tokens that are not
 * good are tried one by one.
 */
class DeltaTest {
    private static final String[] TRACKED = {"Prefer", "odata.track-changes"};

    private final Time time = new Time();
    private final PlantState state = PlantState.inMemory(new HandmadePlant(12), time);
    private final DirectCaller caller = new DirectCaller(state, time);

    /** A clock that the test moves. */
    private static final class Time implements InstantSource {
        private Instant now = DirectCaller.NOW;

        @Override
        public Instant instant() {
            return now;
        }

        void pass(Duration duration) {
            now = now.plus(duration);
        }
    }

    private void put(int n, String text) {
        put(state, n, text);
    }

    private static void put(PlantState state, int n, String text) {
        state.change(Actor.unrestricted("X"), change -> {
            var key = HandmadePlant.orderNumber(n);
            var row = change.find(IcwpModel.WORK_ORDER, key)
                    .orElseGet(() -> Row.of(IcwpModel.WORK_ORDER).set("AUFNR", key));
            return change.put(row.set("KTEXT", text));
        });
    }

    private static void delete(PlantState state, int n) {
        state.change(Actor.unrestricted("X"), change -> {
            change.find(IcwpModel.WORK_ORDER, HandmadePlant.orderNumber(n)).ifPresent(change::delete);
            return true;
        });
    }

    private String load(String path) {
        return DirectCaller.below(caller.d(path, TRACKED).get("__delta").asString());
    }

    @Test
    void answersWhatChanged() {
        var delta = load("/WorkOrderSet?$select=AUFNR,KTEXT");
        assertThat(delta).matches("/WorkOrderSet\\?\\$select=AUFNR,KTEXT&!deltatoken='D20261123034612_[0-9]{9,}'");
        assertThat(caller.d(delta).get("results")).isEmpty();
        put(1, "changed");
        put(50, "new");
        put(50, "newer");
        delete(state, 2);
        var reply = caller.get(delta, TRACKED);
        var rows = reply.d().get("results");
        assertThat(reply.headers().get("Preference-Applied")).isEqualTo("odata.track-changes");
        assertThat(rows).hasSize(3);
        assertThat(rows.get(0).get("KTEXT").asString()).isEqualTo("changed");
        assertThat(rows.get(0).get("ODQ_CHANGEMODE").asString()).isEqualTo("U");
        assertThat(rows.get(1).get("KTEXT").asString()).isEqualTo("newer");
        assertThat(rows.get(2).propertyNames())
                .containsExactly("__metadata", "AUFNR", "ODQ_CHANGEMODE", "ODQ_ENTITYCNTR");
        assertThat(rows.get(2).get("__metadata").propertyNames()).containsExactly("id", "uri", "type");
        assertThat(rows.get(2).get("ODQ_CHANGEMODE").asString()).isEqualTo("D");
        var later = DirectCaller.below(reply.d().get("__delta").asString());
        assertThat(caller.d(later).get("results")).isEmpty();
        assertThat(caller.d(delta).get("results")).hasSize(3);
        assertThat(caller.d("/WorkOrderSet").at("/results/0").has("ODQ_CHANGEMODE"))
                .isFalse();
    }

    @Test
    void askingAgainWithoutChangesEndsInTheSameTokenUntilItIsOld() {
        var delta = load("/WorkOrderSet?$select=AUFNR,KTEXT");
        for (int i = 0; i < 50; i++) {
            time.pass(Duration.ofSeconds(1));
            assertThat(next(delta)).isEqualTo(delta);
        }
        assertThat(state.subscriptions().issued(IcwpModel.WORK_ORDER, "IMAINT")).hasSize(1);
        time.pass(Duration.ofHours(1));
        var renewed = next(delta);
        assertThat(renewed).isNotEqualTo(delta);
        put(1, "changed");
        assertThat(next(renewed)).isNotEqualTo(renewed);
    }

    private String next(String delta) {
        return DirectCaller.below(caller.d(delta).get("__delta").asString());
    }

    @Test
    void saysThatChangesAreTracked() {
        var page = caller.get("/WorkOrderSet", "Prefer", "odata.track-changes,odata.maxpagesize=5");
        assertThat(page.headers().get("Preference-Applied")).isEqualTo("odata.track-changes, odata.maxpagesize=5");
        assertThat(page.d().has("__delta")).isFalse();
        for (var path : List.of("/PlantSet", "/WorkOrderSet?$top=5", "/WorkOrderSet('4000003')/Operations")) {
            var reply = caller.get(path, TRACKED);
            assertThat(reply.headers()).doesNotContainKey("Preference-Applied");
            assertThat(reply.d().has("__delta")).isFalse();
        }
    }

    @Test
    void tellsWhatTheFilterNoLongerHolds() {
        var delta = load("/WorkOrderSet?$filter=startswith(KTEXT,'Order')");
        put(1, "Ordered");
        put(2, "other");
        var rows = caller.d(delta).get("results");
        assertThat(rows.get(0).get("ODQ_CHANGEMODE").asString()).isEqualTo("U");
        assertThat(rows.get(1).get("ODQ_CHANGEMODE").asString()).isEqualTo("D");
        assertThat(rows.get(1).has("KTEXT")).isFalse();
    }

    @Test
    void refusesTokensThatAreNotGood() {
        var delta = load("/WorkOrderSet");
        var token = delta.substring(delta.indexOf('\''));
        assertThat(caller.get("/OperationSet?!deltatoken=" + token).status()).isEqualTo(400);
        assertThat(caller.get("/WorkOrderSet?$filter=AUFNR ne ''&!deltatoken=" + token)
                        .status())
                .isEqualTo(400);
        assertThat(caller.get("/WorkOrderSet?!deltatoken='nonsense'").status()).isEqualTo(400);
        assertThat(caller.get("/WorkOrderSet?!deltatoken='D20269923034612_000030000'")
                        .status())
                .isEqualTo(400);
        assertThat(caller.get("/PlantSet?!deltatoken=" + token).status()).isEqualTo(501);
        assertThat(caller.get(delta + "&$top=1").status()).isEqualTo(400);
        assertThat(caller.as(Actor.unrestricted("OTHER")).get(delta).status()).isEqualTo(400);
        assertThat(caller.as(Actor.unrestricted("IMAINT"))
                        .get(delta.replace("!", "%21"))
                        .status())
                .isEqualTo(200);
        var future = "'D20261123034612_%d'".formatted(state.sequence() + 1);
        assertThat(caller.get("/WorkOrderSet?!deltatoken=" + future).status()).isEqualTo(410);
    }

    @Test
    void letsTokensExpire() {
        var delta = load("/WorkOrderSet");
        time.pass(Duration.ofHours(23));
        assertThat(caller.get(delta).status()).isEqualTo(200);
        time.pass(Duration.ofHours(1));
        var reply = caller.get(delta);
        assertThat(reply.status()).isEqualTo(410);
        assertThat(reply.code()).contains("EXPIRED");
        var fresh = load("/WorkOrderSet");
        time.pass(Duration.ofSeconds(1));
        state.reset();
        assertThat(caller.get(fresh).status()).isEqualTo(410);
    }

    @Test
    void endsWhatAResetInterrupted() {
        var next = caller.d("/WorkOrderSet", "Prefer", "odata.track-changes,odata.maxpagesize=5")
                .get("__next");
        time.pass(Duration.ofSeconds(1));
        state.reset();
        assertThat(caller.get(DirectCaller.below(next.asString())).status()).isEqualTo(410);
    }

    @Test
    void keepsOneSubscriptionOfAUserToASet() {
        var first = load("/WorkOrderSet");
        time.pass(Duration.ofSeconds(2));
        assertThat(caller.d("/WorkOrderSet", "Prefer", "odata.track-changes,odata.maxpagesize=5")
                        .has("__next"))
                .isTrue();
        assertThat(caller.get(first).status()).isEqualTo(200);
        var second = load("/WorkOrderSet");
        assertThat(caller.get(first).status()).isEqualTo(410);
        assertThat(caller.get(second).status()).isEqualTo(200);
        caller.as(Actor.unrestricted("OTHER"));
        var others = load("/WorkOrderSet");
        assertThat(caller.get(others).status()).isEqualTo(200);
        caller.as(Actor.unrestricted("IMAINT"));
        assertThat(caller.get(second).status()).isEqualTo(200);
    }

    @Test
    void listsAndEndsSubscriptions() {
        assertThat(caller.d("/SubscribedToWorkOrderSet")
                        .at("/SubscribedToWorkOrderSet/SubscribedFlag")
                        .booleanValue())
                .isFalse();
        var delta = load("/WorkOrderSet?$filter=KTEXT ne 'x y'");
        time.pass(Duration.ofSeconds(2));
        put(1, "changed");
        caller.d(delta);
        var links = caller.d("/DeltaLinksOfWorkOrderSet/?$format=json").get("results");
        assertThat(links).hasSize(2);
        assertThat(delta).contains(links.get(0).get("DeltaToken").asString());
        assertThat(links.get(0).get("IsInitialLoad").booleanValue()).isTrue();
        assertThat(links.get(0).get("CreatedAt").asString()).isEqualTo("/Date(1795405572000)/");
        assertThat(links.get(1).get("IsInitialLoad").booleanValue()).isFalse();
        var address = DirectCaller.below(
                links.get(0).at("/ChangesAfter/__deferred/uri").asString());
        assertThat(caller.d(address).get("results")).isEqualTo(caller.d(delta).get("results"));
        assertThat(caller.d(address).get("results")).hasSize(1);
        assertThat(caller.d(DirectCaller.below(caller.d(address).get("__delta").asString()))
                        .get("results"))
                .isEmpty();
        assertThat(caller.d(
                        DirectCaller.below(links.get(0).at("/__metadata/uri").asString())))
                .isEqualTo(links.get(0));
        assertThat(caller.d("/SubscribedToWorkOrderSet")
                        .at("/SubscribedToWorkOrderSet/SubscribedFlag")
                        .booleanValue())
                .isTrue();
        assertThat(caller.get("/TerminateDeltasForWorkOrderSet").status()).isEqualTo(200);
        assertThat(caller.d("/DeltaLinksOfWorkOrderSet").get("results")).isEmpty();
        assertThat(caller.get(delta).status()).isEqualTo(410);
        assertThat(caller.get("/DeltaLinksOfPlantSet").status()).isEqualTo(404);
    }

    /** What happens in the plant between two pages. */
    record Event(int order, boolean deletes, int read) {}

    @Provide
    Arbitrary<List<Event>> events() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 20),
                        Arbitraries.of(true, false, false),
                        Arbitraries.integers().between(0, 2))
                .as(Event::new)
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 300)
    void aReplicaThatFollowsTheLinksHoldsThePlant(
            @ForAll("events") List<Event> events, @ForAll @IntRange(min = 1, max = 8) int pageSize) {
        var clock = new Time();
        var plant = PlantState.inMemory(new HandmadePlant(10), clock);
        var asking = new DirectCaller(plant, clock);
        for (var filter : List.of("", "$filter=substringof('1',KTEXT)&")) {
            var replica = new Replica(asking, "/WorkOrderSet?" + filter + "$select=AUFNR,KTEXT", pageSize);
            int n = 0;
            for (var event : events) {
                if (event.deletes()) {
                    delete(plant, event.order());
                } else {
                    put(plant, event.order(), "text " + n++);
                }
                for (int i = 0; i < event.read(); i++) {
                    replica.readPage();
                }
            }
            replica.catchUp();
            var whole = new TreeMap<String, String>();
            for (var row :
                    asking.d("/WorkOrderSet?" + filter + "$select=AUFNR,KTEXT").get("results")) {
                whole.put(row.get("AUFNR").asString(), row.get("KTEXT").asString());
            }
            assertThat(new TreeMap<>(replica.rows)).isEqualTo(whole);
        }
    }

    /** Rows by key, kept by following links. */
    private static final class Replica {
        private final Map<String, String> rows = new HashMap<>();
        private final DirectCaller caller;
        private final int pageSize;
        private String address;
        private boolean ended;

        Replica(DirectCaller caller, String address, int pageSize) {
            this.caller = caller;
            this.address = address;
            this.pageSize = pageSize;
        }

        /**
         * Reads one page and applies it; false when there is nothing after it. The last page of changes up to an older
         * moment tells nothing of those since then, even when it is empty.
         */
        boolean readPage() {
            boolean upToNow = ended;
            var page = caller.d(address, "Prefer", "odata.track-changes, odata.maxpagesize=" + pageSize);
            for (var row : page.get("results")) {
                apply(row);
            }
            ended = page.has("__delta");
            address = DirectCaller.below(page.get(ended ? "__delta" : "__next").asString());
            return !upToNow || !page.get("results").isEmpty() || !ended;
        }

        void apply(JsonNode row) {
            var key = row.get("AUFNR").asString();
            if (row.path("ODQ_CHANGEMODE").asString("").equals("D")) {
                rows.remove(key);
            } else {
                rows.put(key, row.get("KTEXT").asString());
            }
        }

        void catchUp() {
            int rounds = 0;
            while (readPage()) {
                assertThat(rounds++).isLessThan(1000);
            }
        }
    }
}
