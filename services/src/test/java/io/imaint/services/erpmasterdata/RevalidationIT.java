package io.imaint.services.erpmasterdata;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.cache.Cache;
import io.imaint.kernel.cache.Counters;
import io.imaint.kernel.cache.SharedCache;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.services.ApiClient;
import io.imaint.services.ServedPlant;
import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import io.imaint.store.replica.Replicas;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What browsers keep of the value lists, and how they learn that it is no longer right. */
class RevalidationIT {
    private static final String PERSONS = "/api/master-data/persons";

    private final Map<String, String> cached = new ConcurrentHashMap<>();

    @RegisterExtension
    final ServedPlant plant = new ServedPlant(ErpMasterDataService.module(
            ServiceModule.named("cache", Group.FOUNDATION, "Keeps values where the test sees them")
                    .starts(needs -> new Seen(cached))));

    private record Seen(Map<String, String> values) implements SharedCache, Cache {
        @Override
        public Optional<String> get(String key) {
            return Optional.ofNullable(values.get(key));
        }

        @Override
        public void put(String key, String value, Duration timeToLive) {
            values.put(key, value);
        }

        @Override
        public Cache cache() {
            return this;
        }

        @Override
        public Counters counters() {
            throw new UnsupportedOperationException("lists count nothing");
        }

        @Override
        public String description() {
            return "of the test";
        }

        @Override
        public void close() {
            values.clear();
        }
    }

    private final Caller everywhere = new Caller("everywhere", permission -> true, PlantScope.ALL);
    private final Caller rotterdam = new Caller("rotterdam", permission -> true, PlantScope.of("2000"));

    private static ApiClient.Answer again(ApiClient client, String target, String tag) {
        return client.send("GET", target, null, "If-None-Match", tag);
    }

    private void write(CollectionType<Document> type, Document document) {
        plant.store().documents(type).upsertAll(List.of(document));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "order-types",
                "notification-types",
                "priorities",
                "activity-types",
                "status-texts",
                "catalog-profiles",
                "catalog-codes",
                "planner-groups",
                "work-centers",
                "persons",
                "materials",
                "storage-locations"
            })
    void answersNothingToWhoHasTheList(String list) {
        var client = plant.as(everywhere);
        var target = "/api/master-data/" + list + "?plant=1000";
        var tag = client.get(target).header("ETag");
        assertThat(tag).isNotEmpty();
        var known = again(client, target, tag);
        assertThat(known.status()).isEqualTo(304);
        assertThat(known.text()).isEmpty();
        assertThat(known.header("Cache-Control")).isEqualTo("private, no-cache");
    }

    @Test
    void answersTheListAgainWhenAValueIsNewOrGone() {
        var client = plant.as(everywhere);
        var first = client.get(PERSONS).header("ETag");
        write(Replicas.WORK_ORDERS, new Document().put("id", "4999999").put("plant", "1000"));
        assertThat(again(client, PERSONS, first).status())
                .as("another collection's change")
                .isEqualTo(304);
        write(
                Replicas.PERSONS,
                new Document().put("id", "9").put("personnelNumber", "9").put("name", "Cem Aydin"));
        var second = again(client, PERSONS, first);
        assertThat(second.each("name")).contains("Cem Aydin");
        assertThat(plant.store().documents(Replicas.PERSONS).remove("9", 1)).isTrue();
        var third = again(client, PERSONS, second.header("ETag"));
        assertThat(third.each("name")).doesNotContain("Cem Aydin");
    }

    @Test
    void whoDoesNotHaveAListGetsItFromTheCacheUntilAValueChanges() {
        plant.as(everywhere).get(PERSONS);
        cached.replaceAll((key, json) -> json.replace("Ben Vries", "Ben as cached"));
        var another = plant.as(new Caller("another", permission -> true, PlantScope.ALL));
        assertThat(another.get(PERSONS).each("name")).contains("Ben as cached");
        assertThat(plant.as(rotterdam).get(PERSONS).each("name"))
                .as("the list of other plants is another list")
                .containsExactly("Ben Vries");
        assertThat(another.get(PERSONS + "?text=vries").each("name"))
                .as("so is that of another question")
                .containsExactly("Ben Vries");
        write(
                Replicas.PERSONS,
                new Document().put("id", "9").put("personnelNumber", "9").put("name", "Cem Aydin"));
        assertThat(another.get(PERSONS).each("name")).contains("Ben Vries", "Cem Aydin");
    }

    @Test
    void listsWhoHasNoPlantInEveryPlant() {
        write(
                Replicas.PERSONS,
                new Document().put("id", "9").put("personnelNumber", "9").put("name", "Cem Aydin"));
        assertThat(plant.as(everywhere).get(PERSONS + "?plant=2000").each("name"))
                .containsExactlyInAnyOrder("Ben Vries", "Cem Aydin");
        assertThat(plant.as(rotterdam).get(PERSONS + "?plant=2000").each("name"))
                .as("who sees some plants sees nothing without a plant")
                .containsExactly("Ben Vries");
    }

    @Test
    void hasAVersionForEachScopeAndQuestion() {
        var tag = plant.as(everywhere).get(PERSONS).header("ETag");
        assertThat(again(plant.as(rotterdam), PERSONS, tag).each("name")).containsExactly("Ben Vries");
        assertThat(again(plant.as(everywhere), PERSONS + "?plant=1000", tag).status())
                .isEqualTo(200);
    }

    @Test
    void listsThePlannerGroupsOfThePlanningPlant() {
        var target = "/api/master-data/planner-groups?plant=2000";
        var client = plant.as(everywhere);
        var before = client.get(target);
        assertThat(before.each("plannerGroup")).containsExactly("P2");
        write(
                Replicas.PLANTS,
                new Document().put("id", "2000").put("plant", "2000").put("planningPlant", "1000"));
        assertThat(again(client, target, before.header("ETag")).each("plannerGroup"))
                .containsExactly("P1");
    }

    @Test
    void followsTheStocks() {
        var target = "/api/master-data/materials?text=bearing";
        var client = plant.as(everywhere);
        var before = client.get(target);
        assertThat(before.json().at("/items/0/stocks").size()).isZero();
        var stock = new Document()
                .put("id", "BEARING/1000/0002")
                .put("material", "BEARING")
                .put("plant", "1000")
                .put("storageLocation", "0002")
                .put("unrestrictedStock", 3);
        write(Replicas.STOCKS, stock);
        assertThat(again(client, target, before.header("ETag"))
                        .json()
                        .at("/items/0/stocks/0/unrestrictedStock")
                        .asInt())
                .isEqualTo(3);
    }

    @Test
    void aSearchForTheWordNullIsNotTheWholeList() {
        var client = plant.as(everywhere);
        var all = client.get("/api/master-data/order-types");
        var none = client.get("/api/master-data/order-types?text=null");
        assertThat(none.json().get("items")).isEmpty();
        assertThat(none.header("etag")).isNotEqualTo(all.header("etag"));
        assertThat(client.get("/api/master-data/order-types").json()).isEqualTo(all.json());
        assertThat(all.json().get("items")).isNotEmpty();
    }
}
