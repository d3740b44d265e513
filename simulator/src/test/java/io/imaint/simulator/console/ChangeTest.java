package io.imaint.simulator.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.plant.PlantSource;
import io.imaint.simulator.state.Locks.Lock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Goal: whoever changes the plant as an administrator meets the same rules as any other user of SAP. Method: a generated plant. */
class ChangeTest {
    private static final Set<String> END = Set.of("TECO", "CLSD", "DLFL", "LKD");

    private static final String RELEASE = ">ReleaseOrder</button>";
    private static final String COMPLETE = ">CompleteOrderTechnically</button>";
    private static final String REOPEN = ">ReopenOrder</button>";

    private final Office office = new Office(PlantSource.open(1, 200, Optional.empty()));

    /** The first order that has a status and is not at its end. */
    private String order(String status) {
        var rows = office.read("browse?set=WorkOrderSet&rows=200").get("rows");
        return StreamSupport.stream(rows.spliterator(), false)
                .filter(row -> {
                    var statuses = List.of(row.get("STATUSES").asString().split(" ", -1));
                    return statuses.contains(status) && statuses.stream().noneMatch(END::contains);
                })
                .findFirst()
                .orElseThrow()
                .get("AUFNR")
                .asString();
    }

    private JsonNode shown(String order) {
        return office.read("show?set=WorkOrderSet&key=" + order);
    }

    @Test
    void aChangedTextIsKeptAndTheLockGivenUp() {
        var order = order("REL");
        office.done("open", "{'set':'WorkOrderSet','key':['%s']}".formatted(order));
        office.done(
                "change", "{'set':'WorkOrderSet','key':['%s'],'values':{'KTEXT':'Replace the seal'}}".formatted(order));
        assertThat(shown(order).get("values").get("KTEXT").asString()).isEqualTo("Replace the seal");
        assertThat(shown(order).get("lockedBy").isNull()).isTrue();
        assertThat(office.plant.changed()).isPositive();
    }

    private String page(String order) {
        return office.page("/sap/console/show?set=WorkOrderSet&key=" + order);
    }

    @Test
    void onlyWhatTheStatusPermitsIsOffered() {
        var order = order("REL");
        assertThat(page(order)).contains(COMPLETE).doesNotContain(RELEASE, REOPEN);
        assertThat(office.plant.changed()).as("looking changes nothing").isZero();
        office.done("locks/add", "{'object':'Order %s','user':'OTHER'}".formatted(order));
        assertThat(page(order)).as("a lock passes").contains(COMPLETE);
        office.done("locks/delete", "{'object':'Order %s'}".formatted(order));
        office.done("call", "{'function':'CompleteOrderTechnically','values':{'AUFNR':'%s'}}".formatted(order));
        assertThat(page(order)).contains(REOPEN).doesNotContain(RELEASE, COMPLETE);
        var closed = StreamSupport.stream(
                        office.read("browse?set=WorkOrderSet&rows=200")
                                .get("rows")
                                .spliterator(),
                        false)
                .filter(row -> row.get("STATUSES").asString().contains("CLSD"))
                .findFirst()
                .orElseThrow();
        assertThat(page(closed.get("AUFNR").asString())).doesNotContain(RELEASE, COMPLETE, REOPEN);
    }

    @Test
    void theLinkToAChangeLeadsToTheValuesAsTheyAre() {
        var order = order("REL");
        var link = "/sap/console/change?set=WorkOrderSet&key=" + order;
        assertThat(page(order)).contains("href=\"" + link.replace("&", "&amp;") + "\"");
        assertThat(office.page(link))
                .contains("name=\"values.KTEXT\" value=\"%s\""
                        .formatted(shown(order).get("values").get("KTEXT").asString()));
        assertThat(shown(order).get("lockedBy").isNull())
                .as("looking locks nothing")
                .isTrue();
    }

    @Test
    void theFormOfAnOrderSavesWhatWasTypedAndLeavesTheRest() {
        var order = order("REL");
        var opened = new String(
                office.submit("open", Map.of("set", "WorkOrderSet", "key", order))
                        .body(),
                UTF_8);
        var fields = new HashMap<>(Map.of("set", "WorkOrderSet", "key", order));
        var input = Pattern.compile("name=\"(values\\.[A-Z0-9_]+)\" value=\"([^\"]*)\"")
                .matcher(opened);
        while (input.find()) {
            fields.put(input.group(1), input.group(2).replace("&#39;", "'").replace("&amp;", "&"));
        }
        fields.put("values.KTEXT", "Only this");
        var before = shown(order).get("values");
        var saved = office.submit("change", fields);
        assertThat(saved.status()).as(new String(saved.body(), UTF_8)).isEqualTo(200);
        var after = shown(order).get("values");
        before.properties().forEach(value -> {
            if (!Set.of("KTEXT", "CHANGEDAT", "AEDAT", "AENAM").contains(value.getKey())) {
                assertThat(after.get(value.getKey())).as(value.getKey()).isEqualTo(value.getValue());
            }
        });
        assertThat(after.get("KTEXT").asString()).isEqualTo("Only this");
    }

    @Test
    void anOrderIsReleasedOnceAndThenRefusedInTheWordsOfSap() {
        var order = order("CRTD");
        var released = office.done("call", "{'function':'ReleaseOrder','values':{'AUFNR':'%s'}}".formatted(order));
        assertThat(released.get("values").get("STATUSES").asString())
                .contains("REL")
                .doesNotContain("CRTD");
        office.done("call", "{'function':'CompleteOrderTechnically','values':{'AUFNR':'%s'}}".formatted(order));
        var refused = office.refused(
                422, "call", "{'function':'CompleteOrderTechnically','values':{'AUFNR':'%s'}}".formatted(order));
        assertThat(refused.get("code").asString()).contains("/");
        assertThat(refused.get("detail").asString()).isNotBlank();
    }

    @Test
    void theLockOfAnotherUserStopsAChange() {
        var order = order("REL");
        office.plant.locks().hold(new Lock("Order " + order, "PLANNER1", office.now.plusSeconds(60)), office.now);
        office.refused(423, "change", "{'set':'WorkOrderSet','key':['%s'],'values':{'KTEXT':'x'}}".formatted(order));
        var operation = office.read("show?set=WorkOrderSet&key=" + order)
                .get("Operations")
                .get(0);
        var key = "'%s','%s',''".formatted(order, operation.get("VORNR").asString());
        office.refused(423, "open", "{'set':'OperationSet','key':[%s]}".formatted(key));
    }

    @Test
    void whatIsOpenLocksTheWholeThatTheRulesAskFor() {
        for (var open : Map.of(
                        "MeasurementDocumentSet", "Measuring point ",
                        "TimeSheetSet", "Personnel number ",
                        "TaskSet", "Notification ",
                        "ComponentSet", "Order ")
                .entrySet()) {
            var set = IcwpModel.find(open.getKey()).orElseThrow();
            var values = new @Nullable Object[set.properties().size()];
            assertThat(office.plant.rows(set, List.of()).next(values)).isTrue();
            var key = String.join("','", Row.of(set, values).key());
            office.done("open", "{'set':'%s','key':['%s']}".formatted(open.getKey(), key));
            assertThat(office.plant.locks().all(office.now))
                    .extracting(Lock::object)
                    .anyMatch(object -> object.startsWith(open.getValue()));
        }
    }
}
