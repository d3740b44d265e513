package io.imaint.services.outbox;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.services.ApiClient;
import io.imaint.services.ServedPlant;
import io.imaint.store.Document;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.CommandPermissions;
import io.imaint.store.outbox.Draft;
import io.imaint.store.outbox.Outbox;
import io.imaint.store.outbox.OutboxItem.Outcome;
import io.imaint.store.outbox.OutboxQueue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Goal: people mend their own failed entries themselves, and nothing else. Method: entries that SAP refused, over HTTP. */
class OwnEntriesIT {
    private static final String CREATE = "work-orders.create";
    private static final InstantSource CLOCK = InstantSource.system();

    @RegisterExtension
    private final ServedPlant plant = new ServedPlant(OutboxService.MODULE);

    private ApiClient as(String id, String... permissions) {
        return plant.as(caller(id, permissions));
    }

    private static Caller caller(String id, String... permissions) {
        return new Caller(
                id, Set.copyOf(Stream.of(permissions).map(Permission::new).toList()), PlantScope.of("1000"));
    }

    /** What Hector entered and SAP refused. */
    private String failed(Command command, Document values) {
        var id = UUID.randomUUID().toString();
        var draft = new Draft(id, command, "WorkOrders", null, "1000", null, values, new Document(), Map.of());
        var unused = new Outbox(plant.store(), CLOCK).accept(draft, caller("hector"));
        var queue = new OutboxQueue(plant.store(), CLOCK);
        queue.failed(queue.claim(id, "p").orElseThrow(), Outcome.words("IW/500", "is locked", null));
        return id;
    }

    private String failed() {
        return failed(
                Command.CREATE_ORDER,
                new Document().put("description", "pump leaks").put("equipment", "7"));
    }

    private static ApiClient.Answer step(ApiClient client, String id, String step, String body) {
        return client.send("POST", "/api/outbox/" + id + "/" + step, body, "If-Match", "\"3\"");
    }

    @Test
    void areCorrectedAndSentAgainByWhoEnteredThem() {
        var id = failed();
        var hector = as("hector", CREATE);
        var shown = hector.get("/api/outbox/" + id);
        assertThat(shown.json().at("/mayDecide").asBoolean()).isTrue();
        assertThat(shown.json().at("/correctable").toString())
                .contains("\"description\"", "\"priority\"")
                .doesNotContain("equipment");
        var sent = step(hector, id, "retry", "{\"changes\": {\"description\": \"pump leaks at the seal\"}}");
        assertThat(sent.status()).as(sent.text()).isEqualTo(200);
        assertThat(sent.json().at("/state").asString()).isEqualTo("queued");
        assertThat(sent.json().at("/values/description").asString()).isEqualTo("pump leaks at the seal");
        assertThat(sent.json().at("/history/1/by").asString()).isEqualTo("hector");
    }

    @Test
    void areDiscardedByWhoEnteredThem() {
        var discarded = step(as("hector", CREATE), failed(), "discard", "{\"reason\": \"entered twice\"}");
        assertThat(discarded.status()).as(discarded.text()).isEqualTo(200);
        assertThat(discarded.json().at("/state").asString()).isEqualTo("discarded");
    }

    @Test
    void stayWithTheirObjectPersonAndPlant() {
        var id = failed();
        for (var field : new String[] {"equipment", "planningPlant", "personnelNumber", "orderNumber", "unheardOf"}) {
            var refused = step(as("hector", CREATE), id, "retry", "{\"changes\": {\"%s\": \"8\"}}".formatted(field));
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text()).contains("/changes/" + field);
        }
        var repaired =
                step(as("ada", "outbox.read", "outbox.edit"), id, "retry", "{\"changes\": {\"equipment\": \"8\"}}");
        assertThat(repaired.json().at("/values/equipment").asString()).isEqualTo("8");
        assertThat(repaired.json().at("/correctable").isNull()).isTrue();
    }

    @Test
    void areNotForOthersNorForWhoMayNoLongerEnterSuch() {
        var id = failed();
        var body = "{\"reason\": \"not needed\"}";
        assertThat(step(as("ada", CREATE), id, "discard", body).status()).isEqualTo(404);
        assertThat(step(as("ada", CREATE, "outbox.read"), id, "discard", body).status())
                .isEqualTo(403);
        var former = as("hector");
        assertThat(step(former, id, "discard", body).text()).contains(CREATE);
        assertThat(step(former, id, "retry", "{}").status()).isEqualTo(403);
        assertThat(former.get("/api/outbox/" + id).json().at("/mayDecide").asBoolean())
                .isFalse();
    }

    @Test
    void ofActionsHaveNothingToCorrect() {
        var release = failed(Command.RELEASE_ORDER, new Document());
        var hector = as("hector", "work-orders.release");
        assertThat(hector.get("/api/outbox/" + release)
                        .json()
                        .at("/correctable")
                        .isEmpty())
                .isTrue();
        assertThat(step(hector, release, "retry", "{}").status()).isEqualTo(200);
    }

    @Test
    void ofAChangeStayOneOfTheSameFields() {
        var id = failed(Command.CHANGE_OPERATION, new Document().put("workCenter", "MECH"));
        var hector = as("hector", "work-orders.assign");
        assertThat(hector.get("/api/outbox/" + id).json().at("/correctable").toString())
                .isEqualTo("[\"workCenter\"]");
        assertThat(step(hector, id, "retry", "{\"changes\": {\"work\": 100}}").status())
                .isEqualTo(400);
        assertThat(step(hector, id, "retry", "{\"changes\": {\"workCenter\": \"ELEC\"}}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void ofCancellationsHaveNothingToCorrect() {
        var id = failed(Command.CANCEL_MEASUREMENT_DOCUMENT, new Document().put("cancelled", true));
        var refused = step(as("hector", "measurements.cancel"), id, "retry", "{\"changes\": {\"reading\": 7}}");
        assertThat(refused.status()).isEqualTo(400);
    }

    @Test
    void ofWhoAssignsAnOrderAreForWhoMayAssign() {
        var assigned = failed(Command.CHANGE_ORDER, new Document().put("workCenter", "MECH"));
        assertThat(step(as("hector", "work-orders.assign"), assigned, "retry", "{}")
                        .status())
                .isEqualTo(200);
        var changed = failed(Command.CHANGE_ORDER, new Document().put("description", "pump"));
        assertThat(step(as("hector", "work-orders.assign"), changed, "retry", "{}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void ofTheWorkOfOthersTakeThePermissionForThat() {
        var id = failed(
                Command.CONFIRM_OPERATION, new Document().put("actualWork", 1).put("personnelNumber", "00000042"));
        var refused = step(as("hector", "work-orders.confirm"), id, "retry", "{}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.text()).contains("work-orders.confirm-others");
        var crew = as("hector", "work-orders.confirm", "work-orders.confirm-others");
        assertThat(step(crew, id, "retry", "{\"changes\": {\"operation\": \"0020\"}}")
                        .status())
                .isEqualTo(400);
        assertThat(step(crew, id, "retry", "{}").status()).isEqualTo(200);
    }

    @Test
    void needAPermissionThatThereIs() throws IOException {
        try (InputStream seed = OutboxService.class.getResourceAsStream("/io/imaint/services/seed/Permission.json")) {
            var catalogue = new String(Objects.requireNonNull(seed).readAllBytes(), StandardCharsets.UTF_8);
            for (var command : Command.values()) {
                assertThat(catalogue)
                        .contains("\"id\": \"" + CommandPermissions.of(command).name() + "\"");
            }
        }
    }
}
