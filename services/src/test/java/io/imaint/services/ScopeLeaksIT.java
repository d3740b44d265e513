package io.imaint.services;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Directory;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.kernel.service.Group;
import io.imaint.kernel.service.ServiceModule;
import io.imaint.services.alert.AlertService;
import io.imaint.services.erpmasterdata.ErpMasterDataService;
import io.imaint.services.masterconfiguration.MasterConfigurationService;
import io.imaint.services.workorder.WorkOrderService;
import io.imaint.store.Aggregation;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.replica.Replicas;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Goal: nobody learns from a side of an answer what its front hides. Method: a caller of plant 1000 asks the
 * {@link SmallPlant} for what only plant 2000 has, and the answer has to be that about what does not exist.
 *
 * <p>Tested elsewhere:
 *
 * <ul>
 *   <li>every route, its objects, lists, totals, facets, cursors of other callers, If-Match, If-None-Match and ranges:
 *       {@code ScopeMatrixIT} in {@code checks}. No route of a service downloads a file yet; one that does gets its row there.
 *   <li>the store's queries, keys and unique values that are taken, altered cursors, tombstones, a change of plant:
 *       {@code ScopeContract} in {@code store}
 *   <li>the stream of events: {@code EventsIT}; the audit trail: {@code AuditTrailIT}
 *   <li>inbox: {@code AlertInboxIT}; mail, push and webhooks: {@code AlertScopeIT}
 *   <li>idempotency keys of one caller on several routes: {@code IdempotencyTest} in {@code kernel}
 * </ul>
 */
class ScopeLeaksIT {
    private static final ServiceModule<Directory> NOBODY = ServiceModule.named(
                    "users", Group.FOUNDATION, "Nobody can be informed")
            .starts(needs -> new Directory() {
                @Override
                public Optional<Person> person(String id) {
                    return Optional.empty();
                }

                @Override
                public List<Person> holding(String role) {
                    return List.of();
                }
            });

    @RegisterExtension
    static final ServedPlant PLANT = new ServedPlant(
            WorkOrderService.MODULE,
            MasterConfigurationService.MODULE,
            ErpMasterDataService.MODULE,
            AlertService.module(NOBODY));

    /** Orders of plant 3000 of which only the number is known. */
    private static final List<String> BARE_ORDERS = List.of("000005000001", "000005000002", "000005000003");

    @BeforeAll
    static void fill() {
        BARE_ORDERS.forEach(
                number -> add(Replicas.WORK_ORDERS, number, "3000", document -> document.put("orderNumber", number)));
        add(
                Replicas.FUNCTIONAL_LOCATIONS,
                "RO-PUMP",
                "2000",
                document -> document.put("functionalLocation", "RO-PUMP").put("superiorFunctionalLocation", "RO"));
        add(
                Replicas.EQUIPMENT,
                "000000000010000005",
                "2000",
                document ->
                        document.put("equipment", "000000000010000005").put("superiorEquipment", "000000000010000004"));
        add(
                Replicas.OPERATIONS,
                "000004000002/0020/",
                "2000",
                document -> document.put("orderNumber", "000004000002").put("operation", "0020"));
        add(
                Replicas.CONFIRMATIONS,
                "0000000009/1",
                "2000",
                document -> document.put("orderNumber", "000004000002")
                        .put("confirmation", "0000000009")
                        .put("counter", "1")
                        .put("text", "Elsewhere"));
        add(
                Replicas.MEASUREMENT_DOCUMENTS,
                "90",
                "2000",
                document -> document.put("measuringPoint", "000000000002")
                        .put("measurementDocument", "90")
                        .put("readingDate", "2026-03-01")
                        .put("text", "Elsewhere"));
        add(
                Replicas.NOTIFICATION_ITEMS,
                "000010000001/9",
                "2000",
                document -> document.put("notification", "000010000001")
                        .put("item", "9")
                        .put("text", "Elsewhere"));
        add(
                Replicas.CLASS_CHARACTERISTICS,
                "000000000010000003/EQ/X",
                "2000",
                document -> document.put("object", "000000000010000003")
                        .put("class", "EQ")
                        .put("classType", "002")
                        .put("characteristic", "X")
                        .put("value", "Elsewhere"));
        for (int i = 1; i <= 4; i++) {
            int reading = i * i;
            var order = i == 4 ? "only there" : "everywhere";
            add(
                    Replicas.MEASUREMENT_DOCUMENTS,
                    Integer.toString(i),
                    i % 2 == 0 ? "2000" : "1000",
                    document -> document.put("orderNumber", order).put("reading", reading));
        }
    }

    private static void add(CollectionType<Document> type, String key, String plant, UnaryOperator<Document> filled) {
        var document = new Document().put("id", key).put("plant", plant);
        PLANT.store().documents(type).upsertAll(List.of(filled.apply(document)));
    }

    private static Caller caller(String id, String... plants) {
        return new Caller(id, permission -> true, PlantScope.of(plants));
    }

    private static final Caller HAMBURG = caller("hamburg", "1000");

    /** An answer without what differs from request to request. */
    private static String answer(String target) {
        var reply = PLANT.as(HAMBURG).get(target);
        var json = reply.json();
        if (json.has("requestId")) {
            ((ObjectNode) json).put("requestId", "");
        }
        return reply.status() + " " + json;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/functional-location-tree?root=?      | RO       | XX",
                "/api/functional-locations?superior=?      | RO       | XX",
                "/api/functional-locations?functionalLocation=?* | RO | XX",
                "/api/functional-locations?plant=?         | 2000     | 9999",
                "/api/equipment?superior=?                 | 10000004 | 99999999",
                "/api/equipment?functionalLocation=?       | RO       | XX",
                "/api/equipment?plant=?                    | 2000     | 9999",
                "/api/work-orders?equipment=?              | 10000004 | 99999999",
                "/api/work-orders?functionalLocation=?*    | RO       | XX",
                "/api/work-orders?plant=?                  | 2000     | 9999",
                "/api/work-orders?status=?                 | TECO     | NONE",
                "/api/work-order-counts?plant=?            | 2000     | 9999",
                "/api/work-order-counts?type=?             | PM03     | NONE",
                "/api/notifications?equipment=?            | 10000004 | 99999999",
                "/api/notifications?status=?               | NOCO     | NONE",
                "/api/notifications?plant=?                | 2000     | 9999",
                "/api/measuring-points?equipment=?         | 10000004 | 99999999",
                "/api/bom-items?equipment=?                | 10000004 | 99999999",
                "/api/maintenance-plans?planningPlant=?    | 2000     | 9999",
                "/api/maintenance-plans?equipment=?        | 10000004 | 99999999",
                "/api/stocks?plant=?                       | 2000     | 9999",
                "/api/materials?plant=?                    | 2000     | 9999",
                "/api/master-data/persons?user=?           | BEN      | NOBODY",
                "/api/master-data/persons?plant=?          | 2000     | 9999",
                "/api/master-data/materials?plant=?        | 2000     | 9999",
                "/api/master-data/storage-locations?plant=? | 2000    | 9999",
                "/api/search?q=?                           | 10000004 | 99999999",
            })
    void answersAReferenceToWhatIsHiddenAsOneToNothing(String target, String hidden, String missing) {
        assertThat(answer(filled(target, hidden)).replace(hidden, missing)).isEqualTo(answer(filled(target, missing)));
        assertThat(PLANT.get(filled(target, hidden)).text())
                .as("somebody of all plants finds it")
                .isNotEqualTo(PLANT.get(filled(target, missing)).text().replace(missing, hidden));
    }

    private static String filled(String target, String value) {
        int place = target.lastIndexOf('?');
        return target.substring(0, place) + value + target.substring(place + 1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/work-orders?text=",
                "/api/work-order-counts?text=",
                "/api/equipment?text=",
                "/api/functional-locations?text=",
                "/api/plants?text=",
                "/api/notifications?text=",
                "/api/maintenance-plans?text=",
                "/api/task-lists?text=",
                "/api/search?q="
            })
    void findsNoWordsOfWhatIsHidden(String target) {
        for (var word : List.of("compressor", "compr", "10000004", "rotterdam", "lighting", "europoort")) {
            assertThat(answer(target + word)).as(word).isEqualTo(answer(target + "nosuchword"));
        }
    }

    @Test
    void measuresOnlyWhatTheCallerSees() {
        var figures = Aggregation.of(new Condition.In("orderNumber", List.of("everywhere", "only there")))
                .by("plant")
                .count("count")
                .sum("sum", "reading")
                .min("min", "reading")
                .max("max", "reading")
                .avg("avg", "reading");
        var seen = PLANT.store().as(HAMBURG).documents(Replicas.MEASUREMENT_DOCUMENTS);
        assertThat(seen.aggregate(figures)).singleElement().satisfies(group -> {
            assertThat(group.by().text("plant")).contains("1000");
            assertThat(group.figures().integer("count")).contains(2L);
            assertThat(group.figures().integer("sum")).contains(10L);
            assertThat(group.figures().integer("min")).contains(1L);
            assertThat(group.figures().integer("max")).contains(9L);
            assertThat(group.figures().decimal("avg").orElseThrow()).isEqualByComparingTo("5");
        });
        var here = Condition.equal("orderNumber", "only there");
        assertThat(seen.aggregate(Aggregation.of(here).count("count").max("max", "reading")))
                .isEqualTo(seen.aggregate(Aggregation.of(Condition.equal("orderNumber", "nowhere"))
                        .count("count")
                        .max("max", "reading")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"basicStart", "-basicStart", "priority", "orderNumber"})
    void sortsByAFieldThatOnlyHiddenDocumentsHave(String sort) {
        var elsewhere = caller("elsewhere", "3000");
        var numbers = new ArrayList<String>();
        for (@Nullable String next = ""; next != null; ) {
            var page = PLANT.as(elsewhere)
                    .get("/api/work-orders?limit=1&sort=%s%s".formatted(sort, next.isEmpty() ? "" : "&after=" + next));
            assertThat(page.json().get("total").asInt()).isEqualTo(3);
            numbers.addAll(page.each("orderNumber"));
            next = page.json().get("next").asString(null);
        }
        assertThat(numbers).containsExactlyInAnyOrderElementsOf(BARE_ORDERS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plant=1000", "status=REL", "sort=priority", "text=bearing"})
    void takesACursorForItsOwnQueryOnly(String other) {
        var hamburg = PLANT.as(HAMBURG);
        var cursor = hamburg.get("/api/work-orders?limit=1").json().get("next").asString();
        assertThat(hamburg.get("/api/work-orders?limit=1&after=" + cursor).status())
                .isEqualTo(200);
        var refused = hamburg.get("/api/work-orders?limit=1&%s&after=%s".formatted(other, cursor));
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("code").asString()).isEqualTo("cursor-invalid");
        assertThat(hamburg.get("/api/equipment?limit=1&after=" + cursor).status())
                .isEqualTo(400);
    }

    @Test
    void showsNoPlaceOfAHiddenDocumentInACursor() {
        var cursor = PLANT.as(HAMBURG)
                .get("/api/work-orders?limit=3&sort=orderNumber")
                .json()
                .get("next")
                .asString();
        var bytes = Base64.getUrlDecoder().decode(cursor);
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
                .contains("000004000003")
                .doesNotContain("000004000004", "000004000005");
    }

    @Test
    void answersAnIdempotencyKeyToItsCallerOnly() {
        var webhook = """
            {"name": "%s", "url": "https://1.1.1.1/hook", "plants": ["%s"], "enabled": false}\
            """;
        var key = new String[] {"Idempotency-Key", "the-same"};
        var path = "/api/alert-webhooks";
        var own = PLANT.as(HAMBURG).send("POST", path, webhook.formatted("a", "1000"), key);
        assertThat(own.status()).as(own.text()).isEqualTo(201);
        assertThat(PLANT.as(HAMBURG)
                        .send("POST", path, webhook.formatted("a", "1000"), key)
                        .text())
                .isEqualTo(own.text());
        var rotterdam = PLANT.as(caller("rotterdam", "2000"));
        assertThat(rotterdam
                        .send("POST", path, webhook.formatted("a", "1000"), key)
                        .status())
                .as("what the first caller may do")
                .isEqualTo(403);
        var theirs = PLANT.as(caller("harbour", "2000")).send("POST", path, webhook.formatted("b", "2000"), key);
        assertThat(theirs.status()).as("not what the first caller sent").isEqualTo(201);
        assertThat(theirs.header("Location")).isNotEqualTo(own.header("Location"));
    }

    @Test
    void seesOnlyWhatHangsOnAnObjectWithinThePlants() {
        assertThat(PLANT.get("/api/work-orders/4000002").json().get("operations"))
                .hasSize(2);
        assertThat(PLANT.as(HAMBURG).get("/api/work-orders/4000002").json().get("operations"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/api/work-orders/4000002/confirmations | /total",
                "/api/work-orders/4000002 | /confirmationCount",
                "/api/measuring-points/2/readings | /count"
            })
    void countsOnlyWhatHangsOnAnObjectWithinThePlants(String target, String figure) {
        assertThat(PLANT.get(target).json().at(figure).asInt()).isEqualTo(1);
        assertThat(PLANT.as(HAMBURG).get(target).json().at(figure).asInt(-1)).isZero();
        assertThat(PLANT.as(HAMBURG).get(target).text()).doesNotContain("Elsewhere");
    }

    @Test
    void showsNoPartOfANotificationAndNoValueOfAnObjectFromAnotherPlant() {
        for (var target : List.of(
                "/api/notifications/10000001",
                "/api/equipment/10000003/classification",
                "/api/measuring-points/2",
                "/api/measuring-points?functionalLocation=HH-HALL")) {
            assertThat(PLANT.get(target).text()).as(target).contains("Elsewhere");
            assertThat(PLANT.as(HAMBURG).get(target).text()).as(target).doesNotContain("Elsewhere");
        }
    }
}
