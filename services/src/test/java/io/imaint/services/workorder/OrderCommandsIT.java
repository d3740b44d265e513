package io.imaint.services.workorder;

import static io.imaint.services.ApiClient.reasons;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.services.ApiClient;
import io.imaint.services.ApiClient.Answer;
import io.imaint.services.ServedPlant;
import io.imaint.store.Document;
import io.imaint.store.outbox.OutboxItem;
import io.imaint.store.outbox.OutboxItem.Outcome;
import io.imaint.store.outbox.OutboxQueue;
import io.imaint.store.replica.Replicas;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Commands about orders over HTTP: what is accepted, what is refused, what reads show until SAP has it. */
@NullMarked
class OrderCommandsIT {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final String ORDERS = "/api/work-orders";
    private static final String PUMP = """
            {"orderType": "PM01", "description": "Pump leaks", "equipment": "10000001"}""";

    @RegisterExtension
    final ServedPlant plant = new ServedPlant(WorkOrderService.module(CLOCK));

    private ApiClient anna;

    @BeforeEach
    void signIn() {
        anna = plant.as(new Caller("anna", permission -> true, PlantScope.of("1000")));
    }

    private Answer post(String path, String body, String... headers) {
        return anna.send("POST", path, body, headers);
    }

    private Answer post(String path) {
        return anna.send("POST", path, null);
    }

    private OutboxItem item(String id) {
        return plant.store().documents(OutboxItem.TYPE).find(id).orElseThrow().value();
    }

    private void sapDoes(String id, String number) {
        var queue = new OutboxQueue(plant.store(), CLOCK);
        var claimed = queue.claim(id, "test").orElseThrow();
        queue.posted(claimed, new Outcome(number, null, null, "saved", null));
    }

    private void sapRefuses(String id, String words) {
        var queue = new OutboxQueue(plant.store(), CLOCK);
        queue.failed(queue.claim(id, "test").orElseThrow(), Outcome.words("IW/001", words, null));
    }

    @Test
    void anOrderIsAcceptedAtOnceAndFilledFromItsEquipment() {
        var answer = post(ORDERS, PUMP);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        var id = answer.json().required("id").asString();
        assertThat(answer.header("Location")).isEqualTo("/api/outbox/" + id);
        assertThat(answer.json().required("state").asString()).isEqualTo("queued");
        assertThat(answer.json().required("command").asString()).isEqualTo("create-order");
        var values = item(id).request().values();
        assertThat(item(id).plant()).isEqualTo("1000");
        assertThat(values.text("equipment")).contains("000000000010000001");
        assertThat(values.text("plant")).contains("1000");
        assertThat(values.has("notification")).isFalse();
    }

    @Test
    void anOrderThatSapHasNotNumberedIsShownByItsItemAndAboveTheOthers() {
        var id = post(ORDERS, PUMP).json().required("id").asString();
        var shown = anna.get(ORDERS + "/" + id);
        assertThat(shown.status()).as(shown.text()).isEqualTo(200);
        assertThat(shown.json().required("orderNumber").asString()).isEqualTo(id);
        assertThat(shown.json().required("description").asString()).isEqualTo("Pump leaks");
        assertThat(shown.json().required("lifecycleStatus").asString()).isEqualTo("CRTD");
        assertThat(shown.json().required("equipmentDescription").asString()).isEqualTo("Feed pump");
        assertThat(ApiClient.Answer.texts(shown.json().required("pending"), "command"))
                .containsExactly("create-order");

        assertThat(anna.get(ORDERS).each("orderNumber")).startsWith(id).hasSizeGreaterThan(2);
        assertThat(anna.get(ORDERS + "?plant=1000&type=PM01").each("orderNumber"))
                .startsWith(id);
        assertThat(anna.get(ORDERS + "?type=PM02").each("orderNumber")).doesNotContain(id);
        assertThat(anna.get(ORDERS + "?text=leaks").each("orderNumber")).containsExactly(id);
    }

    @Test
    void nobodyInAnotherPlantSeesAPendingOrder() {
        var id = post(ORDERS, PUMP).json().required("id").asString();
        var ben = plant.as(new Caller("ben", permission -> true, PlantScope.of("2000")));
        assertThat(ben.get(ORDERS + "/" + id).status()).isEqualTo(404);
        assertThat(ben.get(ORDERS).each("orderNumber")).doesNotContain(id);
        assertThat(ben.send("POST", ORDERS + "/" + id + "/release", null).status())
                .isEqualTo(404);
    }

    @Test
    void whatFollowsTheCreationOfAnOrderWaitsForItsNumber() {
        var id = post(ORDERS, PUMP).json().required("id").asString();
        var release = post(ORDERS + "/" + id + "/release");
        assertThat(release.status()).as(release.text()).isEqualTo(202);
        assertThat(release.json().required("waitsFor").asString()).isEqualTo(id);
        assertThat(anna.get(ORDERS + "/" + id)
                        .json()
                        .required("lifecycleStatus")
                        .asString())
                .isEqualTo("REL");
        var confirmed = post(ORDERS + "/" + id + "/operations/10/confirmations", "{\"actualWork\": 1.5}");
        assertThat(confirmed.status()).as(confirmed.text()).isEqualTo(202);
        var item = item(confirmed.json().required("id").asString());
        assertThat(item.request().references()).containsEntry("orderNumber", id);
        assertThat(item.request().values().text("operation")).contains("0010");

        sapDoes(id, "000004000100");
        var shown = anna.get(ORDERS + "/" + id);
        assertThat(shown.json().required("orderNumber").asString()).isEqualTo("000004000100");
        assertThat(shown.json().required("lifecycleStatus").asString()).isEqualTo("REL");
        assertThat(anna.get(ORDERS + "/4000100").status()).isEqualTo(200);
    }

    @Test
    void aRepeatedRequestIsTheSameCommandAndAnotherWithItsKeyIsRefused() {
        var key = UUID.randomUUID().toString();
        var first = post(ORDERS, PUMP, "Idempotency-Key", key);
        var second = post(ORDERS, PUMP, "Idempotency-Key", key);
        assertThat(first.json().required("id").asString()).isEqualTo(key);
        assertThat(second.status()).isEqualTo(202);
        assertThat(second.json()).isEqualTo(first.json());
        var other = post(ORDERS, PUMP.replace("leaks", "is loud"), "Idempotency-Key", key);
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.json().required("code").asString()).isEqualTo("outbox-key-reused");
        assertThat(plant.store().documents(OutboxItem.TYPE).count(io.imaint.store.Condition.ALL))
                .isEqualTo(1);
    }

    @Test
    void aReleaseIsRepeatedThoughTheOrderIsReleasedByThen() {
        var release = ORDERS + "/4000002/release";
        var first = anna.send("POST", release, null, "Idempotency-Key", "once");
        sapDoes(first.json().required("id").asString(), "000004000002");
        var second = anna.send("POST", release, null, "Idempotency-Key", "once");
        assertThat(second.status()).as(second.text()).isEqualTo(202);
        assertThat(second.json().required("state").asString()).isEqualTo("posted");
    }

    @Test
    void whoWaitsGetsSapsNumberOrSapsWords() throws InterruptedException {
        var key = UUID.randomUUID().toString();
        var sap = Thread.ofVirtual().start(() -> {
            org.awaitility.Awaitility.await()
                    .until(() ->
                            plant.store().documents(OutboxItem.TYPE).find(key).isPresent());
            sapDoes(key, "000004000101");
        });
        var answer = post(ORDERS, PUMP, "Idempotency-Key", key, "Prefer", "wait=20");
        sap.join();
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=20");
        assertThat(answer.json().required("sapNumber").asString()).isEqualTo("000004000101");

        var refused = post(ORDERS, PUMP).json().required("id").asString();
        sapRefuses(refused, "The object is locked for good");
        var again = anna.send("POST", ORDERS, PUMP, "Idempotency-Key", failedKey(), "Prefer", "respond-async, wait=20");
        assertThat(again.status()).as(again.text()).isEqualTo(422);
        assertThat(again.json().required("code").asString()).isEqualTo("command-refused-by-sap");
        assertThat(again.json().required("detail").asString()).contains("Not in this period");
    }

    private String failedKey() {
        var key = UUID.randomUUID().toString();
        var answer = post(ORDERS, PUMP, "Idempotency-Key", key);
        assertThat(answer.status()).isEqualTo(202);
        sapRefuses(key, "Not in this period");
        return key;
    }

    @Test
    void whoDoesNotWantToWaitLongerIsToldThatItIsAccepted() {
        var answer = post(ORDERS, PUMP, "Prefer", "wait=1");
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Preference-Applied")).isEqualTo("wait=1");
        assertThat(post(ORDERS, PUMP, "Prefer", "handling=strict").header("Preference-Applied"))
                .isEmpty();
    }

    @Test
    void everythingThatIsWrongWithAnOrderIsSaidAtOnce() {
        var answer = post(ORDERS, """
                {"orderType": "ZZZZ", "description": "X", "equipment": "10000004", "activityType": "999",
                 "basicStart": "2026-04-02", "basicFinish": "2026-04-01",
                 "components": [{"material": "NOTHING", "requiredQuantity": 0}]}""");
        assertThat(answer.status()).as(answer.text()).isEqualTo(422);
        assertThat(answer.json().required("code").asString()).isEqualTo("entry-invalid");
        assertThat(reasons(answer))
                .anyMatch(reason -> reason.startsWith("/orderType is 'ZZZZ'"))
                .anyMatch(
                        reason -> reason.startsWith("/equipment is 000000000010000004, which is no equipment in your"))
                .anyMatch(reason -> reason.startsWith("/activityType is '999'"))
                .anyMatch(reason -> reason.startsWith("/basicFinish is before the basic start"))
                .anyMatch(reason -> reason.startsWith("/components/0/requiredQuantity is 0"))
                .anyMatch(reason -> reason.startsWith("/components/0/material is 'NOTHING'"));
    }

    @Test
    void anOrderComesFromANotificationWithoutOne() {
        var answer = post(ORDERS, "{\"notification\": \"10000002\", \"orderType\": \"PM01\"}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        var values = item(answer.json().required("id").asString()).request().values();
        assertThat(values.text("description")).contains("Crane squeaks");
        assertThat(values.text("equipment")).contains("000000000010000003");
        assertThat(values.text("notification")).contains("000010000002");

        var second = post(ORDERS, "{\"notification\": \"10000001\", \"orderType\": \"PM01\"}");
        assertThat(reasons(second)).singleElement().asString().startsWith("/notification has the order 000004000001");
        var foreign = post(ORDERS, "{\"notification\": \"10000003\", \"orderType\": \"PM01\", \"description\": \"X\"}");
        assertThat(reasons(foreign))
                .singleElement()
                .asString()
                .startsWith("/notification is 000010000003, which is no");
    }

    @ParameterizedTest
    @CsvSource({
        "4000001/release, 422", // Released.
        "4000002/technically-complete, 422", // Not released.
        "4000006/reopen, 422", // Closed.
        "4000004/reopen, 404", // Of another plant.
        "4999999/release, 404"
    })
    void aStepThatTheStatusForbidsIsRefused(String step, int status) {
        assertThat(post(ORDERS + "/" + step).status()).isEqualTo(status);
    }

    @Test
    void anOrderIsNotReleasedTwice() {
        assertThat(post(ORDERS + "/4000002/release").status()).isEqualTo(202);
        assertThat(reasons(post(ORDERS + "/4000002/release")))
                .singleElement()
                .asString()
                .contains("has the status REL");
    }

    @Test
    void aReleaseThatSapRefusedIsNotLaidOverAndBlocksAnother() {
        var id = post(ORDERS + "/4000002/release").json().required("id").asString();
        sapRefuses(id, "No settlement rule");
        var shown = anna.get(ORDERS + "/4000002").json();
        assertThat(shown.required("lifecycleStatus").asString()).isEqualTo("CRTD");
        var change = shown.required("pending").get(0).required("changes").get(0);
        assertThat(change.required("from").asString()).isEqualTo("CRTD");
        assertThat(change.required("to").asString()).isEqualTo("REL");
        assertThat(change.required("state").asString()).isEqualTo("failed");
        assertThat(change.required("message").asString()).isEqualTo("No settlement rule");
        assertThat(reasons(post(ORDERS + "/4000002/release")))
                .singleElement()
                .asString()
                .contains("was refused by SAP before");
    }

    @Test
    void aChangeKeepsWhatThePersonSaw() {
        var answer = patch("/4000001", "{\"description\": \"Replace both bearings\", \"priority\": null}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        var request = item(answer.json().required("id").asString()).request();
        assertThat(request.values())
                .isEqualTo(new Document()
                        .put("description", "Replace both bearings")
                        .put("priority", null));
        assertThat(request.base())
                .isEqualTo(new Document()
                        .put("description", "Replace bearing of feed pump")
                        .put("priority", "1"));
        assertThat(anna.get(ORDERS + "/4000001").json().required("description").asString())
                .isEqualTo("Replace both bearings");
        var line = line(anna.get(ORDERS), "000004000001");
        assertThat(line.required("description").asString()).isEqualTo("Replace both bearings");
        assertThat(line.required("pending")).hasSize(1);

        assertThat(patch("/4000001", "{\"description\": \"X\", \"base\": {\"description\": \"Replace both bearings\"}}")
                        .status())
                .isEqualTo(202);
        var late =
                patch("/4000001", "{\"description\": \"Y\", \"base\": {\"description\": \"Replace both bearings\"}}");
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.json().required("code").asString()).isEqualTo("command-base-outdated");
        assertThat(reasons(patch("/4000001", "{\"description\": \"X\"}")))
                .singleElement()
                .asString()
                .contains("changes nothing");
    }

    @Test
    void theNumbersWithinAnOrderHaveTheZerosThatSapGivesThem() {
        var answer = post(ORDERS, """
                {"orderType": "PM01", "description": "X", "equipment": "10000001",
                 "operations": [{"operation": "10", "suboperation": "5", "personnelNumber": "1"}],
                 "components": [{"material": "SEAL", "operation": "10", "requiredQuantity": 1}]}""");
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        var values = item(answer.json().required("id").asString()).request().values();
        assertThat(values.get("operations"))
                .isEqualTo(List.of(new Document()
                        .put("operation", "0010")
                        .put("suboperation", "0005")
                        .put("personnelNumber", "00000001")));
        assertThat(values.get("components"))
                .asInstanceOf(InstanceOfAssertFactories.list(Document.class))
                .singleElement()
                .satisfies(component -> assertThat(component.text("operation")).contains("0010"));
    }

    @Test
    void onlyWhatIsChangedOfAnOrganizationIsChecked() {
        var orders = plant.store().documents(Replicas.WORK_ORDERS);
        orders.upsertAll(List.of(orders.find("000004000001")
                .orElseThrow()
                .value()
                .copy()
                .put("workCenter", "GONE")
                .put("plannerGroup", "OLD")
                .put("planningPlant", "1000")));
        assertThat(patch("/4000001", "{\"description\": \"X\"}").status()).isEqualTo(202);
        assertThat(reasons(patch("/4000001", "{\"plannerGroup\": \"P2\"}")))
                .singleElement()
                .asString()
                .startsWith("/plannerGroup is 'P2'");
        assertThat(reasons(patch("/4000001", "{\"workCenterPlant\": \"2000\"}")))
                .singleElement()
                .asString()
                .startsWith("/workCenter is 'GONE'");
    }

    private Answer patch(String order, String body) {
        return anna.send("PATCH", ORDERS + order, body, "Content-Type", "application/merge-patch+json");
    }

    private static JsonNode line(Answer list, String number) {
        return list.json()
                .required("items")
                .valueStream()
                .filter(item -> item.required("orderNumber").asString().equals(number))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void workIsAssignedAndOrdersGrow() {
        var assigned = post(
                ORDERS + "/4000001/assignments",
                "{\"operation\": \"10\", \"workCenter\": \"ELEC\", \"personnelNumber\": \"1\"}");
        assertThat(assigned.status()).as(assigned.text()).isEqualTo(202);
        var item = item(assigned.json().required("id").asString());
        assertThat(item.request().key()).isEqualTo("000004000001/0010/");
        assertThat(item.request().values().text("personnelNumber")).contains("00000001");
        var again = post(ORDERS + "/4000001/assignments", "{\"operation\": \"10\", \"workCenter\": \"MECH\"}");
        assertThat(item(again.json().required("id").asString()).request().base())
                .isEqualTo(new Document().put("workCenter", "ELEC"));
        assertThat(post(ORDERS + "/4000001/assignments", "{\"personnelNumber\": \"1\"}")
                        .status())
                .isEqualTo(422);
        assertThat(post(ORDERS + "/4000001/operations", "{\"description\": \"Clean\", \"work\": 2}")
                        .status())
                .isEqualTo(202);
        assertThat(post(ORDERS + "/4000001/components", "{\"material\": \"SEAL\", \"requiredQuantity\": 1}")
                        .status())
                .isEqualTo(202);
        assertThat(post(ORDERS + "/4000006/operations", "{\"description\": \"Clean\"}")
                        .status())
                .isEqualTo(422);
    }
}
