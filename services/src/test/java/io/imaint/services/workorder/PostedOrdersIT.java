package io.imaint.services.workorder;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.services.ApiClient;
import io.imaint.services.ServedPlant;
import io.imaint.store.Document;
import io.imaint.store.outbox.OutboxItem;
import io.imaint.store.outbox.OutboxItem.Outcome;
import io.imaint.store.outbox.OutboxQueue;
import io.imaint.store.replica.Replicas;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** Orders between SAP's answer to a command and the delta that brings its result. */
@NullMarked
class PostedOrdersIT {
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

    private String accepted(String method, String path, @Nullable String body) {
        var answer = anna.send(method, path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.json().required("id").asString();
    }

    private void sapDoes(String id, String number, @Nullable Document answer) {
        var queue = new OutboxQueue(plant.store(), CLOCK);
        queue.posted(queue.claim(id, "test").orElseThrow(), new Outcome(number, answer, null, "saved", null));
    }

    @Test
    void whatSapHasDoneIsLaidOverOnlyUntilTheReplicaHasIt() {
        var id = accepted("PATCH", ORDERS + "/4000001", "{\"description\": \"By SAP shortened\"}");
        var done = new Document().put("changedAt", "2026-03-05T10:00:00.000Z");
        sapDoes(id, "000004000001", done);
        var shown = anna.get(ORDERS + "/4000001").json();
        assertThat(shown.required("description").asString()).isEqualTo("By SAP shortened");
        assertThat(shown.required("pending")).hasSize(1);

        replicated("Pump leaks", "2026-03-05T10:00:00.000Z"); // Read in the same second, before the change.
        shown = anna.get(ORDERS + "/4000001").json();
        assertThat(shown.required("description").asString()).isEqualTo("By SAP shortened");

        replicated("By SAP shortened", "2026-03-05T10:00:00.000Z");
        assertThat(anna.get(ORDERS + "/4000001").json().path("pending")).isEmpty();

        replicated("Shortened", "2026-03-05T10:00:01.000Z");
        shown = anna.get(ORDERS + "/4000001").json();
        assertThat(shown.required("description").asString()).isEqualTo("Shortened");
        assertThat(shown.path("pending")).isEmpty();
        assertThat(anna.get(ORDERS).json().required("items").valueStream().map(line -> line.path("pending")))
                .allMatch(JsonNode::isEmpty);
    }

    @Test
    void ofSeveralChangesInOneSecondThoseBeforeAReplicatedOneAreReplicatedToo() {
        for (var text : List.of("First", "Second")) {
            sapDoes(
                    accepted("PATCH", ORDERS + "/4000001", "{\"description\": \"%s\"}".formatted(text)),
                    "000004000001",
                    new Document().put("changedAt", "2026-03-05T10:00:00.000Z"));
        }
        replicated("Second", "2026-03-05T10:00:00.000Z");
        var shown = anna.get(ORDERS + "/4000001").json();
        assertThat(shown.required("description").asString()).isEqualTo("Second");
        assertThat(shown.path("pending")).isEmpty();
    }

    @Test
    void whatFollowsACreationIsLaidOverThoughOnlyTheCreationIsPosted() {
        var id = accepted("POST", ORDERS, PUMP);
        accepted("PATCH", ORDERS + "/" + id, "{\"description\": \"Pump leaks oil\"}");
        sapDoes(id, "000004000100", null);
        for (var key : List.of(id, "4000100")) {
            var shown = anna.get(ORDERS + "/" + key).json();
            assertThat(shown.required("description").asString()).as(key).isEqualTo("Pump leaks oil");
            assertThat(shown.required("pending")).as(key).hasSize(2);
        }
        var answer = anna.send(
                "PATCH",
                ORDERS + "/" + id,
                "{\"description\": \"Pump is dry\", \"base\": {\"description\": \"Pump leaks oil\"}}");
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        assertThat(anna.get(ORDERS + "/4000100").json().required("description").asString())
                .isEqualTo("Pump is dry");
    }

    @Test
    void commandsByTheIdAndByTheNumberOfAnOrderKeepOneOrder() {
        var id = accepted("POST", ORDERS, PUMP);
        sapDoes(id, "000004000100", null);
        var hour = "{\"actualWork\": 1, \"workUnit\": \"H\"}";
        var commands = List.of(
                accepted("POST", ORDERS + "/4000100/release", null),
                accepted("POST", ORDERS + "/" + id + "/operations/0010/confirmations", hour),
                accepted("POST", ORDERS + "/4000100/operations/0010/confirmations", hour),
                accepted("POST", ORDERS + "/" + id + "/operations/0010/confirmations", hour));
        for (int i = 0; i < commands.size(); i++) {
            for (var later : commands.subList(i + 1, commands.size())) {
                assertThat(new OutboxQueue(plant.store(), CLOCK).claim(later, "test"))
                        .as("%s before %s", later, commands.get(i))
                        .isEmpty();
            }
            sapDoes(commands.get(i), "000004000100", null);
        }
        assertThat(plant.store().documents(OutboxItem.TYPE).findAll(commands).values())
                .extracting(stored -> stored.value().object())
                .containsOnly("WorkOrders/000004000100");
    }

    private void replicated(String description, String changedAt) {
        var orders = plant.store().documents(Replicas.WORK_ORDERS);
        var replica = orders.find("000004000001").orElseThrow().value().copy();
        orders.upsertAll(List.of(replica.put("description", description).put("changedAt", changedAt)));
    }

    @Test
    void anOrderThatSapHasJustCreatedIsListedAndCountedBeforeItIsReplicated() {
        long before = anna.get(ORDERS).json().required("total").asLong();
        var id = accepted("POST", ORDERS, PUMP);
        assertThat(anna.get(ORDERS).json().required("total").asLong()).isEqualTo(before + 1);
        sapDoes(id, "000004000100", null);
        var list = anna.get(ORDERS);
        assertThat(list.each("orderNumber")).startsWith("000004000100").doesNotContain(id);
        assertThat(list.json().required("total").asLong()).isEqualTo(before + 1);
        assertThat(anna.get(ORDERS + "?text=p%C3%BCmp%20lea%204000100").each("orderNumber"))
                .containsExactly("000004000100");
        var orders = plant.store().documents(Replicas.WORK_ORDERS);
        orders.upsertAll(List.of(orders.find("000004000001")
                .orElseThrow()
                .value()
                .copy()
                .put("id", "000004000100")
                .put("orderNumber", "000004000100")));
        assertThat(anna.get(ORDERS).each("orderNumber")).containsOnlyOnce("000004000100");
    }
}
