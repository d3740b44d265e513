package io.imaint.simulator.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.faults.RequestFacts;
import io.imaint.simulator.state.Locks.Lock;
import java.time.Duration;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Goal: whatever administrators do in SAP's transactions can be done as JSON. Method: the operations over a small plant in memory. */
class AdminApiTest {
    private static final String ORDER = "000004000003";

    private final Office office = new Office();

    static JsonNode row(JsonNode table, String column, String value) {
        return StreamSupport.stream(table.spliterator(), false)
                .filter(row -> row.get(column).asString().equals(value))
                .findFirst()
                .orElseThrow(() -> new AssertionError(value + " is not in " + table));
    }

    @Test
    void onlyAdministratorsMayUseIt() {
        office.user = "IMAINT";
        assertThat(office.call("GET", "status", "").status()).isEqualTo(403);
        office.user = "";
        assertThat(office.call("GET", "status", "").status()).isEqualTo(403);
        office.user = "BASIS";
        office.basis.users().unassign("BASIS", "SAP_ALL");
        assertThat(office.call("GET", "status", "").status()).isEqualTo(403);
    }

    @Test
    void listsItsOperationsAndKnowsNoOthers() {
        var listed = office.read("").get("operations");
        assertThat(listed.size()).isEqualTo(Operation.all().size());
        assertThat(row(listed, "path", "/sap/admin/users/create").get("method").asString())
                .isEqualTo("POST");
        assertThat(office.call("GET", "nothing", "").status()).isEqualTo(404);
        assertThat(office.call("GET", "users/create", "").status()).isEqualTo(405);
        assertThat(office.call("POST", "users", "{}").status()).isEqualTo(405);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'name':'X','password':'p','colour':'red'} | takes no 'colour', but name, password, initial",
                "{'name':'X'} | 'password' is missing",
                "{'name':['X'],'password':'p'} | 'name' must be a text",
                "{'name':'X','password':'p','initial':'perhaps'} | 'initial' must be true or false",
                "[] | must be a JSON object",
                "{'name' | no JSON",
                "`` | must be a JSON object",
            })
    void bodiesThatItCannotTakeAreRefusedWithTheReason(String body, String reason) {
        assertThat(office.refused(400, "users/create", body).get("detail").asString())
                .contains(reason);
    }

    @Test
    void unknownQueryParametersAreRefused() {
        assertThat(office.call("GET", "users?colour=red", "").status()).isEqualTo(400);
    }

    @Test
    void bodiesOfOtherSitesAreRefused() {
        office.headers.put("origin", "http://evil.example");
        assertThat(office.call("POST", "caches/clean-hub", "{}").status()).isEqualTo(403);
        office.headers.put("origin", "http://localhost:8000");
        assertThat(office.call("POST", "caches/clean-hub", "{}").status()).isEqualTo(200);
        office.headers.put("sec-fetch-site", "cross-site");
        assertThat(office.call("POST", "caches/clean-hub", "{}").status()).isEqualTo(403);
    }

    @Test
    void statusSaysWhatIsServed() {
        var status = office.read("status");
        assertThat(status.get("port").asInt()).isEqualTo(8000);
        assertThat(status.get("plant").asString()).isNotBlank();
        assertThat(status.get("entities").asLong()).isGreaterThan(60);
        office.now = office.now.plusSeconds(90);
        assertThat(office.read("status").get("uptimeSeconds").asLong()).isEqualTo(90);
    }

    @Test
    void setsAreListedWithTheirCounts() {
        assertThat(row(office.read("sets").get("sets"), "set", "WorkOrderSet")
                        .get("entities")
                        .asLong())
                .isEqualTo(60);
    }

    @Test
    void entitiesAreBrowsedPageByPage() {
        var first = office.read("browse?set=WorkOrderSet&rows=25");
        assertThat(first.get("rows").size()).isEqualTo(25);
        var after = first.get("after").get(0).asString();
        var second = office.read("browse?set=WorkOrder&rows=25&after=" + after);
        assertThat(second.get("rows").get(0).get("AUFNR").asString()).isGreaterThan(after);
        var last = office.read("browse?set=WorkOrderSet&rows=25&after="
                + second.get("after").get(0).asString());
        assertThat(last.get("rows").size()).isEqualTo(10);
        assertThat(last.has("after")).isFalse();
    }

    @Test
    void entitiesAreFoundByTheBeginningOfTheirKey() {
        var rows = office.read("browse?set=WorkOrderSet&prefix=00000400001").get("rows");
        assertThat(rows.size()).as("4000012, 4000015 and 4000018").isEqualTo(3);
        assertThat(office.read("browse?set=OperationSet&prefix=" + ORDER + "&prefix=")
                        .get("rows")
                        .size())
                .isEqualTo(office.read("browse?set=OperationSet&prefix=" + ORDER)
                        .get("rows")
                        .size());
        assertThat(office.read("browse?set=WorkOrderSet&prefix=9").get("rows").size())
                .isZero();
        assertThat(office.call("GET", "browse?set=WorkOrderSet&prefix=1&prefix=2", "")
                        .status())
                .isEqualTo(400);
        assertThat(office.call("GET", "browse?set=NothingSet", "").status()).isEqualTo(404);
        assertThat(office.call("GET", "browse?set=WorkOrderSet&rows=0", "").status())
                .isEqualTo(400);
    }

    @Test
    void anEntityIsShownWithWhatItLeadsTo() {
        var order = office.read("show?set=WorkOrderSet&key=4000003");
        assertThat(order.get("key").get(0).asString()).isEqualTo(ORDER);
        assertThat(order.get("values").get("AUFNR").asString()).isEqualTo(ORDER);
        assertThat(order.has("Operations")).isTrue();
        assertThat(order.has("Components")).isTrue();
        assertThat(office.call("GET", "show?set=WorkOrderSet&key=99", "").status())
                .isEqualTo(404);
        assertThat(office.call("GET", "show?set=WorkOrderSet&key=1&key=2", "").status())
                .isEqualTo(400);
    }

    @Test
    void anEntityIsLockedWhileItIsOpen() {
        office.done("open", "{'set':'WorkOrderSet','key':['4000003']}");
        assertThat(office.plant.locks().holder("Order " + ORDER, office.now)).contains("BASIS");
        assertThat(office.read("show?set=WorkOrderSet&key=4000003")
                        .get("lockedBy")
                        .asString())
                .isEqualTo("BASIS");
        office.done("close", "{'set':'WorkOrderSet','key':['4000003']}");
        assertThat(office.read("locks").get("locks").size()).isZero();
    }

    @Test
    void anEntityThatSomebodyElseHasOpenIsNotOpened() {
        office.plant.locks().hold(new Lock("Order " + ORDER, "PLANNER1", office.now.plusSeconds(60)), office.now);
        assertThat(office.refused(423, "open", "{'set':'WorkOrderSet','key':['4000003']}")
                        .get("detail")
                        .asString())
                .contains("PLANNER1");
        office.done("close", "{'set':'WorkOrderSet','key':['4000003']}");
        assertThat(office.read("locks").get("locks").size()).as("not our lock").isEqualTo(1);
        office.now = office.now.plusSeconds(61);
        office.done("open", "{'set':'WorkOrderSet','key':['4000003']}");
    }

    @Test
    void aForgottenLockEnds() {
        office.done("open", "{'set':'WorkOrderSet','key':['4000003']}");
        office.now = office.now.plus(Duration.ofMinutes(5));
        assertThat(office.read("locks").get("locks").size()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'KTEXT':'12345678901234567890123456789012345678901'} | KTEXT (Description) takes at most 40",
                "{'AUFNR':'1'} | cannot be changed",
                "{'NOTHING':'1'} | no property NOTHING",
                "{} | nothing to change",
                "{'GSTRP':'tomorrow'} | a day such as 2026-12-31",
            })
    void valuesThatDoNotFitAreRefused(String values, String reason) {
        var body = "{'set':'WorkOrderSet','key':['4000003'],'values':" + values + "}";
        assertThat(office.refused(400, "change", body).get("detail").asString()).contains(reason);
    }

    @Test
    void aChangeThatChangesNothingIsNoChange() {
        var before = office.read("show?set=WorkOrderSet&key=4000003")
                .get("values")
                .get("KTEXT")
                .asString();
        var saved = office.done(
                "change", "{'set':'WorkOrderSet','key':['4000003'],'values':{'KTEXT':'%s'}}".formatted(before));
        assertThat(saved.get("message").asString()).isEqualTo("Saved");
        assertThat(office.plant.changed()).isZero();
    }

    @Test
    void functionsAreCalledWithAllTheirParameters() {
        assertThat(office.refused(400, "call", "{'function':'Explode','values':{}}")
                        .get("detail")
                        .asString())
                .contains("ReleaseOrder");
        assertThat(office.refused(400, "call", "{'function':'InstallEquipment','values':{'EQUNR':'1'}}")
                        .get("detail")
                        .asString())
                .contains("EQUNR, TPLNR");
    }

    @Test
    void locksAreSetForOthersAndDeleted() {
        office.done("locks/add", "{'object':'Order 1','user':'planner1','minutes':30}");
        var lock = row(office.read("locks").get("locks"), "object", "Order 1");
        assertThat(lock.get("user").asString()).isEqualTo("PLANNER1");
        assertThat(lock.get("until").asString()).isEqualTo("2026-03-01T12:30:00Z");
        office.done("locks/delete", "{'object':'Order 1'}");
        office.refused(404, "locks/delete", "{'object':'Order 1'}");
    }

    @Test
    void sessionsAreListedAndEnded() {
        office.basis.logon(
                "Basic " + java.util.Base64.getEncoder().encodeToString("IMAINT:maintain".getBytes(UTF_8)), "", "");
        var session = office.read("sessions").get("sessions").get(0);
        assertThat(session.get("user").asString()).isEqualTo("IMAINT");
        office.done(
                "sessions/end", "{'number':%d}".formatted(session.get("number").asLong()));
        assertThat(office.read("sessions").get("sessions").size()).isZero();
        office.refused(404, "sessions/end", "{'number':77}");
    }

    @Test
    void requestsAreLoggedTheNewestFirst() {
        for (int i = 0; i < 3; i++) {
            office.log.add(new RequestLog.Entry(
                    office.now,
                    i == 1 ? "ANNA" : "IMAINT",
                    1,
                    "GET",
                    "/a/" + i,
                    200,
                    Duration.ofMillis(7),
                    9,
                    List.of("drop-after")));
        }
        var requests = office.read("log").get("requests");
        assertThat(requests.get(0).get("target").asString()).isEqualTo("/a/2");
        assertThat(requests.get(0).get("faults").asString()).isEqualTo("drop-after");
        assertThat(office.read("log?user=anna").get("requests").size()).isEqualTo(1);
        assertThat(office.read("log?path=/2").get("requests").size()).isEqualTo(1);
        assertThat(office.read("log?rows=2").get("requests").size()).isEqualTo(2);
    }

    @Test
    void theLogForgetsTheOldestAndShortensLongAddresses() {
        for (int i = 0; i < 2500; i++) {
            office.log.add(
                    new RequestLog.Entry(office.now, "", 0, "GET", "x".repeat(9000), 200, Duration.ZERO, 0, List.of()));
        }
        assertThat(office.log.latest())
                .hasSize(2000)
                .allMatch(entry -> entry.target().length() <= 301);
        assertThat(office.log.total()).isEqualTo(2500);
    }

    @Test
    void faultsAreOrdered() {
        office.done("faults/add", "{'rule':'drop-before on POST; lock-conflict p=0.5'}");
        var rules = office.read("faults").get("rules");
        assertThat(rules.get(0).get("rule").asString()).isEqualTo("drop-before on POST");
        assertThat(office.faults.decide(new RequestFacts("POST", "/", "")).none())
                .isFalse();
        office.done(
                "faults/remove",
                "{'number':%d}".formatted(rules.get(0).get("number").asInt()));
        office.refused(404, "faults/remove", "{'number':99}");
        assertThat(office.refused(400, "faults/add", "{'rule':'explode'}")
                        .get("detail")
                        .asString())
                .startsWith("column 1: 'explode'");
        office.refused(400, "faults/add", "{'rule':' '}");
        assertThat(office.done("faults/seed", "{'seed':42}").get("seed").asLong())
                .isEqualTo(42);
        assertThat(office.done("faults/clear", "{}").get("rules").size()).isZero();
        assertThat(office.read("faults/kinds").get("kinds").size()).isGreaterThan(20);
    }

    @Test
    void theStateIsKeptAndPutBack() {
        office.done("snapshot", "{'name':'one'}");
        assertThat(office.read("snapshots").get("snapshots").get(0).get("name").asString())
                .isEqualTo("one");
        office.done("restore", "{'name':'one'}");
        office.done("reset", "{}");
        assertThat(office.kept).containsExactly("snapshot one", "restore one", "reset");
    }

    @Test
    void theCatalogueOfOperationsIsWellFormed() {
        assertThat(Operation.all()).allSatisfy(operation -> {
            assertThat(operation.purpose()).endsWith(".");
            assertThat(operation.fields().isEmpty()
                            || !operation.example().isEmpty()
                            || operation.fields().stream().noneMatch(Field::required))
                    .as("example of " + operation.command())
                    .isTrue();
            assertThat(operation.example().isEmpty() || operation.example().startsWith(operation.command()))
                    .isTrue();
        });
    }
}
