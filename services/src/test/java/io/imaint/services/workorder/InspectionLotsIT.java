package io.imaint.services.workorder;

import static io.imaint.services.ApiClient.Answer.texts;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.services.ApiClient;
import io.imaint.services.ServedPlant;
import io.imaint.store.Document;
import io.imaint.store.outbox.OutboxItem.Outcome;
import io.imaint.store.outbox.OutboxQueue;
import io.imaint.store.replica.Replicas;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Inspection lots over HTTP: lists, one with its characteristics, and what is pending about it. */
@NullMarked
class InspectionLotsIT {
    private static final String ONE = "/api/inspection-lots/1";
    private static final Instant CHANGED = Instant.parse("2026-03-01T10:00:00Z");

    @RegisterExtension
    final ServedPlant plant = new ServedPlant(WorkOrderService.MODULE);

    private ApiClient anna;

    @BeforeEach
    void fill() {
        var store = plant.store();
        store.documents(Replicas.INSPECTION_LOTS)
                .upsertAll(List.of(
                        lot("1", "1000", "14", "REL", "2026-03-01")
                                .put("description", "Check of the feed pump")
                                .put("orderNumber", "000004000001")
                                .put("equipment", "000000000010000001")
                                .put("functionalLocation", "HH-PUMP-01"),
                        lot("2", "1000", "14", "UD", "2026-02-10").put("description", "Check of the crane"),
                        lot("3", "2000", "89", "RREC", "2026-01-05").put("description", "Check of the compressor"),
                        new Document().put("id", number("4")).put("inspectionLot", number("4"))));
        store.documents(Replicas.INSPECTION_CHARACTERISTICS)
                .upsertAll(List.of(
                        characteristic("0010")
                                .put("description", "Pressure")
                                .put("quantitative", true)
                                .put("lowerLimit", 2)
                                .put("upperLimit", 6)
                                .put("unit", "BAR"),
                        characteristic("0020").put("description", "Visual").put("codeGroup", "IC-VIS")));
        store.documents(Replicas.CATALOG_CODES)
                .upsertAll(
                        List.of(code("1", "IC-VIS", "OK", "Without finding"), code("3", "UD-PM", "ACC", "Accepted")));
        anna = plant.as(new Caller("anna", permission -> true, PlantScope.ALL));
    }

    private static String number(String digit) {
        return "00000000000" + digit;
    }

    private static Document lot(String digit, String plant, String type, String status, String created) {
        return new Document()
                .put("id", number(digit))
                .put("inspectionLot", number(digit))
                .put("plant", plant)
                .put("inspectionType", type)
                .put("systemStatuses", status.equals("REL") ? List.of("REL") : List.of("REL", status))
                .put("lifecycleStatus", status)
                .put("createdOn", created);
    }

    private static Document characteristic(String key) {
        return new Document()
                .put("id", number("1") + "/00000001/" + key)
                .put("inspectionLot", number("1"))
                .put("plant", "1000")
                .put("operation", "00000001")
                .put("characteristic", key)
                .put("changedAt", CHANGED);
    }

    private static Document code(String catalog, String group, String code, String text) {
        return new Document()
                .put("id", String.join("/", catalog, group, code))
                .put("catalog", catalog)
                .put("codeGroup", group)
                .put("code", code)
                .put("description", text);
    }

    private static String lastDigits(List<String> numbers) {
        return String.join(
                " ",
                numbers.stream()
                        .map(number -> number.substring(number.length() - 1))
                        .toList());
    }

    private String listed(String query) {
        var answer = anna.get("/api/inspection-lots?" + query);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return lastDigits(answer.each("inspectionLot"));
    }

    @Test
    void eachFilterFindsItsLotsAndTheTotalCountsThem() {
        var expected = """
                limit=50 | 1 2 3 4
                plant=1000 | 1 2
                plant=1000&plant=2000 | 1 2 3
                plant=9999 |
                inspectionType=89 | 3
                inspectionType=14&inspectionType=89 | 1 2 3
                status=REL | 1
                status=REL&status=RREC | 1 3
                decided=true | 2
                decided=false | 1 3 4
                decided=false&status=RREC | 3
                decided=false&status=UD |
                equipment=10000001 | 1
                functionalLocation=HH* | 1
                functionalLocation=HH** | 1
                functionalLocation=HH-PUMP |
                order=4000001 | 1
                createdFrom=2026-02-10 | 1 2
                createdTo=2026-02-10 | 2 3
                createdFrom=2026-02-10&createdTo=2026-02-10 | 2
                text=crane | 2
                text=check+of | 1 2 3
                plant=1000&inspectionType=14&status=REL&decided=false&equipment=10000001&functionalLocation=HH*&order=4000001&createdFrom=2026-01-01&createdTo=2026-12-31&text=pump | 1""";
        for (var line : expected.lines().toList()) {
            var filter = line.substring(0, line.indexOf('|')).strip();
            var found = line.substring(line.indexOf('|') + 1).strip();
            assertThat(listed(filter + "&sort=inspectionLot")).as(filter).isEqualTo(found);
            assertThat(anna.get("/api/inspection-lots?" + filter)
                            .json()
                            .required("total")
                            .asInt())
                    .as(filter)
                    .isEqualTo(found.isEmpty() ? 0 : found.split(" ").length);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"inspectionLot", "createdOn", "-createdOn"})
    void pagesShowEveryLotOnceInTheOrderOfTheWholeList(String sort) {
        var paged = new ArrayList<String>();
        var target = "/api/inspection-lots?limit=1&sort=" + sort;
        var page = anna.get(target);
        while (!page.json().required("next").isNull()) {
            paged.addAll(page.each("inspectionLot"));
            page = anna.get(target + "&after=" + page.json().required("next").asString());
        }
        paged.addAll(page.each("inspectionLot"));
        assertThat(lastDigits(paged))
                .isEqualTo(listed("sort=" + sort))
                .isEqualTo(
                        switch (sort) {
                            case "inspectionLot", "-createdOn" -> "1 2 3 4";
                            default -> "4 3 2 1";
                        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "limit=0 | limit",
                "createdFrom=yesterday | createdFrom",
                "decided=perhaps | decided",
                "sort=priority | sort",
                "colour=red | colour",
            })
    void badParametersAreRefusedByName(String query, String parameter) {
        var answer = anna.get("/api/inspection-lots?" + query);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().required("errors").toString()).contains(parameter);
    }

    @Test
    void lotsAreCountedByWhatTheyHaveInCommon() {
        assertThat(counts("by=status")).isEqualTo("{\"\":1,\"REL\":1,\"RREC\":1,\"UD\":1}");
        assertThat(counts("by=inspectionType&decided=false")).isEqualTo("{\"\":1,\"14\":1,\"89\":1}");
        assertThat(counts("by=plant&inspectionType=14")).isEqualTo("{\"1000\":2}");
        assertThat(anna.get("/api/inspection-lots?total=false")
                        .json()
                        .required("total")
                        .isNull())
                .isTrue();
    }

    private String counts(String query) {
        return anna.get("/api/inspection-lot-counts?" + query)
                .json()
                .required("counts")
                .toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "000000000001"})
    void aLotIsShownWithItsCharacteristicsAndItsPlace(String number) {
        var shown = anna.get("/api/inspection-lots/" + number).json();
        assertThat(shown.required("inspectionLot").asString()).isEqualTo(number("1"));
        assertThat(texts(shown.required("place"), "functionalLocation")).containsExactly("HH", "HH-PUMP", "HH-PUMP-01");
        assertThat(texts(shown.required("characteristics"), "description")).containsExactly("Pressure", "Visual");
        assertThat(shown.at("/characteristics/0/upperLimit").decimalValue()).isEqualByComparingTo("6");
        assertThat(shown.required("usageDecision").isNull()).isTrue();
        assertThat(shown.required("pending").isEmpty()).isTrue();
    }

    @Test
    void anUnknownLotAndOneOfAnotherPlantAreNotFound() {
        assertMissing(anna.get("/api/inspection-lots/77"));
        var hamburg = plant.as(new Caller("ben", permission -> true, PlantScope.of("1000")));
        assertMissing(hamburg.get("/api/inspection-lots/3"));
        assertThat(hamburg.get("/api/inspection-lots").each("inspectionLot")).containsExactly(number("1"), number("2"));
    }

    private static void assertMissing(ApiClient.Answer answer) {
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.json().required("code").asString()).isEqualTo("inspection-lot-not-found");
        assertThat(answer.text()).contains("GET /api/inspection-lots?text=");
    }

    @Test
    void lotsAreSeenOnlyWithThePermission() {
        var recorder = plant.as(new Caller("carl", Set.of(new Permission("inspections.record")), PlantScope.ALL));
        for (var path : List.of("/api/inspection-lots", ONE, "/api/inspection-lot-counts")) {
            var answer = recorder.get(path);
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.text()).contains("inspections.read");
        }
    }

    private String recorded(String body) {
        var answer = anna.send("POST", ONE + "/results", body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json().required("id").asString();
    }

    private JsonNode shownCharacteristic(int index) {
        return anna.get(ONE).json().required("characteristics").get(index);
    }

    @Test
    void aPendingResultShowsAtItsCharacteristicInTheLotAndInTheList() {
        recorded("{\"operation\": \"1\", \"characteristic\": \"10\", \"result\": 4.2}");
        var pressure = shownCharacteristic(0);
        assertThat(pressure.required("result").decimalValue()).isEqualByComparingTo("4.2");
        assertThat(pressure.at("/pending/0/command").asString()).isEqualTo("record-inspection-result");
        assertThat(pressure.at("/pending/0/changes/0/field").asString()).isEqualTo("result");
        assertThat(pressure.at("/pending/0/changes/0/from").isNull()).isTrue();
        assertThat(shownCharacteristic(1).required("pending").isEmpty()).isTrue();
        recorded("{\"operation\": \"1\", \"characteristic\": \"20\", \"resultCode\": \"OK\"}");
        assertThat(shownCharacteristic(1).required("resultCodeDescription").asString())
                .isEqualTo("Without finding");
        assertThat(anna.get(ONE).json().required("pending").size()).isEqualTo(2);
        var listed = anna.get("/api/inspection-lots").json().required("items");
        assertThat(listed.get(0).required("pending").size()).isEqualTo(2);
        assertThat(listed.get(1).required("pending").isEmpty()).isTrue();
    }

    @Test
    void aRefusedResultShowsWhatSapSaidBesideTheResultThatStands() {
        change(characteristic("0010").put("quantitative", true).put("result", 4).put("valuation", "A"));
        var id = recorded("{\"operation\": \"1\", \"characteristic\": \"10\", \"result\": 9}");
        assertThat(shownCharacteristic(0).required("valuation").isNull()).isTrue();
        var queue = new OutboxQueue(plant.store(), InstantSource.system());
        queue.failed(queue.claim(id, "test").orElseThrow(), Outcome.words("QE/060", "The lot is locked", null));
        var pressure = shownCharacteristic(0);
        assertThat(pressure.required("result").decimalValue()).isEqualByComparingTo("4");
        assertThat(pressure.required("valuation").asString()).isEqualTo("A");
        assertThat(pressure.at("/pending/0/state").asString()).isEqualTo("failed");
        assertThat(pressure.at("/pending/0/message").asString()).contains("The lot is locked");
    }

    @Test
    void whatSapRecordedIsPendingOnlyUntilItIsReplicated() {
        var id = recorded("{\"operation\": \"1\", \"characteristic\": \"10\", \"result\": 4.2}");
        var queue = new OutboxQueue(plant.store(), InstantSource.system());
        var answer = new Document().put("changedAt", CHANGED.plusSeconds(60)).put("result", new BigDecimal("4.2"));
        queue.posted(queue.claim(id, "test").orElseThrow(), new Outcome(number("1"), answer, null, null, null));
        assertThat(shownCharacteristic(0).at("/pending/0/state").asString()).isEqualTo("posted");
        change(characteristic("0010")
                .put("quantitative", true)
                .put("result", new BigDecimal("4.2"))
                .put("valuation", "A")
                .put("changedAt", CHANGED.plusSeconds(60)));
        var lot = anna.get(ONE).json();
        assertThat(lot.at("/characteristics/0/pending").isEmpty()).isTrue();
        assertThat(lot.at("/characteristics/0/valuation").asString()).isEqualTo("A");
        assertThat(lot.required("pending").isEmpty()).isTrue();
    }

    @Test
    void aResultIsReplicatedWhereTheReplicaHasItsValueThoughSapToldNoTime() {
        var id = recorded("{\"operation\": \"1\", \"characteristic\": \"10\", \"result\": 4}");
        var queue = new OutboxQueue(plant.store(), InstantSource.system());
        queue.posted(queue.claim(id, "test").orElseThrow(), new Outcome(number("1"), null, null, null, null));
        assertThat(shownCharacteristic(0).required("valuation").isNull()).isTrue();
        change(characteristic("0010")
                .put("quantitative", true)
                .put("result", 4.0d)
                .put("valuation", "A"));
        assertThat(shownCharacteristic(0).required("valuation").asString()).isEqualTo("A");
        assertThat(shownCharacteristic(0).required("pending").isEmpty()).isTrue();
        assertThat(anna.get(ONE).json().required("pending").isEmpty()).isTrue();
    }

    private void change(Document characteristic) {
        plant.store().documents(Replicas.INSPECTION_CHARACTERISTICS).upsertAll(List.of(characteristic));
    }

    @Test
    void aDecisionIsPendingUntilSapHasMadeIt() {
        var asked = anna.send("POST", ONE + "/usage-decision", "{\"codeGroup\": \"UD-PM\", \"code\": \"ACC\"}");
        assertThat(asked.status()).as(asked.text()).isEqualTo(202);
        var lot = anna.get(ONE).json();
        assertThat(lot.at("/pending/0/command").asString()).isEqualTo("make-usage-decision");
        assertThat(lot.required("usageDecision").isNull()).isTrue();
        plant.store()
                .documents(Replicas.USAGE_DECISIONS)
                .upsertAll(List.of(new Document()
                        .put("id", number("1"))
                        .put("inspectionLot", number("1"))
                        .put("plant", "1000")
                        .put("code", "ACC")
                        .put("codeDescription", "Accepted")
                        .put("qualityScore", 100)));
        assertThat(anna.get(ONE).json().at("/usageDecision/codeDescription").asString())
                .isEqualTo("Accepted");
    }

    @Test
    void theVersionOfALotChangesWithAnyOfItsParts() {
        var first = tag(null);
        assertThat(anna.send("GET", ONE, null, "If-None-Match", first).status()).isEqualTo(304);
        change(characteristic("0030").put("description", "Noise"));
        var second = tag(first);
        recorded("{\"operation\": \"1\", \"characteristic\": \"10\", \"result\": 4.2}");
        var third = tag(second);
        assertThat(List.of(first, second, third)).doesNotHaveDuplicates();
        assertThat(tag(null)).isEqualTo(third);
    }

    private String tag(@Nullable String before) {
        var answer = before == null ? anna.get(ONE) : anna.send("GET", ONE, null, "If-None-Match", before);
        assertThat(answer.status()).isEqualTo(200);
        return answer.header("etag");
    }
}
