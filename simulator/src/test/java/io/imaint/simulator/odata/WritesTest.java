package io.imaint.simulator.odata;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.PlantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/**
 * Goal: creating, changing, deleting and calling speak the protocol of a SAP Gateway, and what is refused changes nothing.
 * Method: a service over a generated plant with the real business rules, asked directly.
 */
class WritesTest {
    private final DirectCaller caller = new DirectCaller(PlantSource.open(1, 60, Optional.empty()));

    private DirectCaller.Reply created(String extId) {
        return caller.post(
                "/NotificationSet",
                "{\"QMART\":\"M1\",\"QMTXT\":\"Pump leaks\",\"IWERK\":\"%s\",\"EXTID\":\"%s\"}"
                        .formatted(plant(), extId));
    }

    private DirectCaller.Reply created() {
        return created(UUID.randomUUID().toString());
    }

    private String plant() {
        return caller.d("/PlantSet?$top=1").at("/results/0/WERKS").asString();
    }

    private static String number(DirectCaller.Reply reply) {
        return reply.d().get("QMNUM").asString();
    }

    private String order(String more) {
        var body = "{\"AUART\":\"PM01\",\"KTEXT\":\"Mend\",\"WERKS\":\"%s\"%s}".formatted(plant(), more);
        return caller.post("/WorkOrderSet", body).d().get("AUFNR").asString();
    }

    @Test
    void createsAnEntity() {
        var reply = created();
        var entity = reply.d();
        assertThat(reply.status()).isEqualTo(201);
        assertThat(entity.get("QMTXT").asString()).isEqualTo("Pump leaks");
        assertThat(entity.get("STATUSES").asString()).isEqualTo("OSNO");
        assertThat(reply.location()).isEqualTo(entity.at("/__metadata/uri").asString());
        assertThat(reply.etag())
                .isEqualTo(entity.at("/__metadata/etag").asString())
                .matches("W/\"'[0-9]{13}'\"");
        var read = caller.get(DirectCaller.below(reply.location()));
        assertThat(read.d()).isEqualTo(entity);
        assertThat(read.etag()).isEqualTo(reply.etag());
        assertThat(caller.get("/NotificationSet('%s')".formatted(stripped(number(reply))))
                        .status())
                .isEqualTo(200);
    }

    private static String stripped(String number) {
        return number.replaceFirst("^0+", "");
    }

    @Test
    void saysWhatSapSays() {
        var message = DirectCaller.JSON.readTree(created().headers().get("sap-message"));
        assertThat(message.get("code").asString()).isEqualTo("IM/300");
        assertThat(message.get("severity").asString()).isEqualTo("success");
        assertThat(message.get("message").asString()).contains("saved");
        assertThat(message.get("details").isArray()).isTrue();
    }

    @Test
    void createsWhatIsBelowAnEntityWithIt() {
        var array = "[{\"LTXA1\":\"Drain\"},{\"LTXA1\":\"Weld\",\"ARBEI\":\"2.5\"}]";
        for (var form : List.of(array, "{\"results\":" + array + "}")) {
            var reply = caller.post(
                    "/WorkOrderSet",
                    "{\"AUART\":\"PM01\",\"KTEXT\":\"Mend\",\"WERKS\":\"%s\",\"Operations\":%s}"
                            .formatted(plant(), form));
            assertThat(reply.status()).isEqualTo(201);
            var echoed = reply.d().at("/Operations/results");
            assertThat(echoed).hasSize(2);
            assertThat(echoed.get(1).get("LTXA1").asString()).isEqualTo("Weld");
            assertThat(echoed.get(1).get("ARBEI").asString()).isEqualTo("2.5");
            assertThat(reply.d().at("/Components/__deferred/uri").asString()).endsWith("/Components");
            var path = "/WorkOrderSet('%s')/Operations"
                    .formatted(reply.d().get("AUFNR").asString());
            assertThat(caller.d(path).get("results")).isEqualTo(echoed);
        }
    }

    @Test
    void createsUnderTheEntityItIsPostedTo() {
        var order = order("");
        var path = "/WorkOrderSet('%s')/Operations".formatted(stripped(order));
        int before = caller.d(path).get("results").size();
        var reply = caller.post(path, "{\"LTXA1\":\"Paint\"}");
        assertThat(reply.status()).as(reply.text()).isEqualTo(201);
        assertThat(reply.d().get("AUFNR").asString()).isEqualTo(order);
        assertThat(caller.d(path).get("results")).hasSize(before + 1);
        var contradiction = caller.post(path, "{\"LTXA1\":\"Paint\",\"AUFNR\":\"1\"}");
        assertThat(contradiction.status()).isEqualTo(400);
        assertThat(contradiction.text()).contains("contradicts the address");
        assertThat(caller.post("/WorkOrderSet('1')/Operations", "{}").status()).isEqualTo(404);
    }

    @Test
    void answersARepeatedCreationWithTheFirstEntity() {
        var id = UUID.randomUUID().toString();
        var first = created(id);
        long sequence = caller.state.sequence();
        var second = created(id);
        assertThat(second.status()).isEqualTo(200);
        assertThat(second.d()).isEqualTo(first.d());
        assertThat(second.headers()).doesNotContainKey("sap-message");
        assertThat(caller.state.sequence()).isEqualTo(sequence);
        assertThat(created().status()).isEqualTo(201);
    }

    @Test
    void refusesAnExternalIdUsedBelow() {
        var id = UUID.randomUUID();
        var body = "{\"AUART\":\"PM01\",\"WERKS\":\"%s\",\"Operations\":[{\"EXTID\":\"%s\"},{\"EXTID\":\"%s\"}]}";
        var twice = caller.post("/WorkOrderSet", body.formatted(plant(), id, id));
        assertThat(twice.status()).isEqualTo(400);
        assertThat(twice.code()).isEqualTo("/INVICL/ICWP/002");
        assertThat(caller.post("/WorkOrderSet", body.formatted(plant(), id, UUID.randomUUID()))
                        .status())
                .isEqualTo(201);
        assertThat(caller.post("/WorkOrderSet", body.formatted(plant(), id, UUID.randomUUID()))
                        .code())
                .isEqualTo("/INVICL/ICWP/002");
    }

    @Test
    void makesOneEntityOfConcurrentRepetitions() throws Exception {
        var id = UUID.randomUUID().toString();
        long before = caller.state.count(IcwpModel.NOTIFICATION);
        Callable<DirectCaller.Reply> creation = () -> created(id);
        try (var threads = Executors.newFixedThreadPool(4)) {
            var replies = threads.invokeAll(List.of(creation, creation, creation, creation));
            var numbers = new HashSet<String>();
            int made = 0;
            for (var reply : replies) {
                numbers.add(number(reply.get()));
                made += reply.get().status() == 201 ? 1 : 0;
            }
            assertThat(numbers).hasSize(1);
            assertThat(made).isEqualTo(1);
        }
        assertThat(caller.state.count(IcwpModel.NOTIFICATION)).isEqualTo(before + 1);
    }

    @Test
    void changesWhatItIsGiven() {
        var reply = created();
        var path = "/NotificationSet('%s')".formatted(number(reply));
        for (var method : List.of("MERGE", "PATCH")) {
            var etag = caller.get(path).etag();
            var changed = caller.ask(method, path, "{\"QMTXT\":\"%s\"}".formatted(method), "If-Match", etag);
            assertThat(changed.status()).as(changed.text()).isEqualTo(204);
            assertThat(changed.body()).isEmpty();
            var now = caller.get(path);
            assertThat(now.d().get("QMTXT").asString()).isEqualTo(method);
            assertThat(now.d().get("PRIOK")).isEqualTo(reply.d().get("PRIOK"));
            assertThat(now.etag()).isNotEqualTo(etag).isEqualTo(changed.etag());
        }
        var tunnelled = caller.ask("POST", path, "{\"QMTXT\":\"x\"}", "X-HTTP-Method", "merge", "If-Match", "*");
        assertThat(tunnelled.status()).isEqualTo(204);
        assertThat(caller.d(path).get("QMTXT").asString()).isEqualTo("x");
    }

    @Test
    void replacesTheWholeEntity() {
        var order = order(",\"ILART\":\"REP\"");
        var path = "/WorkOrderSet('%s')".formatted(order);
        assertThat(caller.d(path).get("ILART").asString()).isEqualTo("REP");
        var body =
                "{\"KTEXT\":\"New\",\"AUART\":\"PM01\",\"GSTRP\":\"2026-11-24T00:00:00\",\"GLTRP\":\"/Date(1796000000000)/\",\"VAWRK\":\"%s\",\"IWERK\":\"%1$s\"}"
                        .formatted(plant());
        var replaced = caller.ask("PUT", path, body, "If-Match", "*");
        assertThat(replaced.status()).as(replaced.text()).isEqualTo(204);
        assertThat(caller.d(path).get("KTEXT").asString()).isEqualTo("New");
        assertThat(caller.d(path).get("ILART").asString()).isEmpty();
    }

    @Test
    void takesWholeEntitiesAsLibrariesSendThem() {
        var path = "/NotificationSet('%s')".formatted(number(created()));
        var whole = (ObjectNode) caller.d(path);
        whole.put("QMTXT", "New");
        whole.putArray("Items");
        whole.putObject("Activities").putArray("results");
        whole.putNull("Tasks");
        assertThat(caller.ask("PUT", path, whole.toString(), "If-Match", "*").status())
                .isEqualTo(204);
        assertThat(caller.d(path).get("QMTXT").asString()).isEqualTo("New");
        whole.putArray("Items").addObject().put("FENUM", "0001");
        var deep = caller.ask("PUT", path, whole.toString(), "If-Match", "*");
        assertThat(deep.status()).isEqualTo(400);
        assertThat(deep.text()).contains("Inline component is not defined or not allowed (HTTP PUT and PATCH)");
    }

    @Test
    void takesBackWhatItSent() {
        var path = "/NotificationSet('%s')".formatted(number(created()));
        var whole = caller.d(path).toString();
        assertThat(caller.ask("MERGE", path, whole, "If-Match", "*").status()).isEqualTo(204);
        assertThat(caller.ask("PUT", path, "{\"d\":" + whole + "}", "If-Match", "*")
                        .status())
                .isEqualTo(204);
        var other = caller.ask("MERGE", path, "{\"ERNAM\":\"OTHER\"}", "If-Match", "*");
        assertThat(other.status()).isEqualTo(400);
        assertThat(other.text()).contains("'ERNAM' is not updatable");
    }

    @Test
    void demandsTheVersionThatIsChanged() {
        var path = "/NotificationSet('%s')".formatted(number(created()));
        var etag = caller.get(path).etag();
        var body = "{\"QMTXT\":\"new\"}";
        assertThat(caller.ask("MERGE", path, body).status()).isEqualTo(428);
        assertThat(caller.ask("MERGE", path, body, "If-Match", "W/\"'1'\"").status())
                .isEqualTo(412);
        assertThat(caller.d(path).get("QMTXT").asString()).isEqualTo("Pump leaks");
        assertThat(caller.ask("MERGE", path, body, "If-Match", "\"x\", " + etag).status())
                .isEqualTo(204);
        assertThat(caller.ask("MERGE", path, body, "If-Match", etag).status()).isEqualTo(412);
        var now = caller.get(path);
        assertThat(caller.get(path, "If-None-Match", now.etag()).status()).isEqualTo(304);
        assertThat(caller.get(path, "If-None-Match", etag).status()).isEqualTo(200);
    }

    @Test
    void letsOneOfTwoChangersOfAVersionWin() throws Exception {
        var path = "/NotificationSet('%s')".formatted(number(created()));
        for (int round = 0; round < 20; round++) {
            var etag = caller.get(path).etag();
            Callable<Integer> change =
                    () -> caller.ask("MERGE", path, "{\"QMTXT\":\"" + UUID.randomUUID() + "\"}", "If-Match", etag)
                            .status();
            try (var threads = Executors.newFixedThreadPool(2)) {
                var statuses = threads.invokeAll(List.of(change, change));
                assertThat(List.of(statuses.get(0).get(), statuses.get(1).get()))
                        .containsExactlyInAnyOrder(204, 412);
            }
        }
    }

    @Test
    void deletes() {
        var order = order("");
        var material = caller.d("/MaterialSet?$top=1").at("/results/0/MATNR").asString();
        var body = "{\"MATNR\":\"%s\",\"BDMNG\":\"2.000\"}".formatted(material);
        var component = caller.post("/WorkOrderSet('%s')/Components".formatted(order), body);
        assertThat(component.status()).as(component.text()).isEqualTo(201);
        var path = DirectCaller.below(component.location());
        assertThat(caller.ask("DELETE", path, "").status()).isEqualTo(428);
        assertThat(caller.ask("DELETE", path, "", "If-Match", component.etag()).status())
                .isEqualTo(204);
        assertThat(caller.ask("DELETE", "/NotificationSet('1')", "").status()).isEqualTo(501);
    }

    @Test
    void callsFunctions() {
        var order = order("");
        var released = caller.post("/ReleaseOrder?AUFNR='%s'".formatted(stripped(order)), "");
        assertThat(released.status()).as(released.text()).isEqualTo(200);
        assertThat(released.d().get("STATUSES").asString()).contains("REL");
        assertThat(released.d().at("/__metadata/type").asString()).endsWith(".WorkOrder");
        var again = caller.post("/ReleaseOrder?AUFNR='%s'".formatted(order), "");
        assertThat(again.status()).isEqualTo(400);
        assertThat(caller.post("/ReleaseOrder?AUFNR='1'", "").status()).isEqualTo(404);
        assertThat(caller.post("/ReleaseOrder", "").status()).isEqualTo(400);
        assertThat(caller.post("/ReleaseOrder?AUFNR=1", "").status()).isEqualTo(400);
        assertThat(caller.post("/ReleaseOrder?AUFNR='1234567890123'", "").status())
                .isEqualTo(400);
        assertThat(caller.get("/ReleaseOrder?AUFNR='%s'".formatted(order)).status())
                .isEqualTo(405);
    }
}
