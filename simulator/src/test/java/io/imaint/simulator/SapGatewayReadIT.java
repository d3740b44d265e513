package io.imaint.simulator;

import static io.imaint.simulator.HandmadePlant.orderNumber;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.settings.Settings;
import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

class SapGatewayReadIT {
    private static final int ORDERS = 2500;

    private static HandmadePlant plant;
    private static SapGateway gateway;
    private static Caller caller;

    @BeforeAll
    static void start() {
        plant = new HandmadePlant(ORDERS);
        var settings = SimulatorSettings.read(Settings.of(Map.of("simulator-port", "0")));
        gateway = SapGateway.start(settings, plant, InstantSource.fixed(Instant.EPOCH));
        caller = new Caller(gateway);
    }

    @AfterAll
    static void stop() {
        caller.close();
        gateway.close();
    }

    static List<EntitySet> sets() {
        return IcwpModel.SETS;
    }

    @ParameterizedTest
    @MethodSource("sets")
    void readsEverySet(EntitySet set) {
        var rows = caller.json("/" + set.name()).get("results");
        assertThat(rows.size()).isEqualTo(Math.min(1000, plant.count(set)));
        for (var row : rows) {
            assertThat(row.propertyNames())
                    .containsAll(set.properties().stream().map(p -> p.name()).toList());
        }
    }

    @Test
    void writesValuesAsSapDoes() {
        var order = caller.json("/WorkOrderSet('%s')".formatted(orderNumber(1)));
        var address = gateway.serviceUrl() + "/WorkOrderSet('" + orderNumber(1) + "')";
        assertThat(order.at("/__metadata/id").asString()).isEqualTo(address);
        assertThat(order.at("/__metadata/uri").asString()).isEqualTo(address);
        assertThat(order.at("/__metadata/type").asString()).isEqualTo("ICWP_INTEGRATION_SUITE_SRV.WorkOrder");
        assertThat(order.at("/Operations/__deferred/uri").asString()).isEqualTo(address + "/Operations");
        assertThat(order.get("GSTRP").asString()).isEqualTo("/Date(1767312000000)/");
        assertThat(order.get("CHANGEDAT").asString()).isEqualTo("/Date(1767225601000+0000)/");
        assertThat(order.get("ABNUM").isInt()).isTrue();
        assertThat(order.get("EQUNR").asString()).isEmpty();
        assertThat(order.get("GLTRP").isNull()).isTrue();
        var operation = caller.json("/OperationSet(AUFNR='%s',VORNR='0030',UVORN='0010')".formatted(orderNumber(3)));
        assertThat(operation.get("ARBEI").asString()).isEqualTo("2.5");
        assertThat(operation.get("FSAVZ").asString()).isEqualTo("PT03H05M09S");
        var equipment = caller.json("/EquipmentSet('000000000010000001')");
        assertThat(equipment.get("INBDT").asString()).isEqualTo("/Date(-152668800000)/");
        assertThat(equipment.get("ANSWT").asString()).isEqualTo("12345.60");
        var notification = caller.json("/NotificationSet('000010000001')");
        assertThat(notification.get("AUSZT").asString()).isEqualTo("1.5");
        assertThat(notification.get("LTRMN").asString()).isEqualTo("/Date(253402214400000)/");
    }

    @Test
    void findsAnAwkwardKeyByTheAddressItGave() {
        var rows = caller.json("/FunctionalLocationSet").get("results");
        for (var row : rows) {
            var again = caller.follow(row.at("/__metadata/uri").asString());
            assertThat(again).isEqualTo(row);
            assertThat(again.get("PLTXT").asString()).isEqualTo("Halle \t\"5\" \\ é € 😀");
        }
        assertThat(rows).anyMatch(row -> row.get("TPLNR").asString().equals(HandmadePlant.AWKWARD_LOCATION));
    }

    @ParameterizedTest
    @CsvSource({"WorkOrderSet,''", "OperationSet,700", "OperationSet,3", "WorkOrderSet,2500", "WorkOrderSet,833"})
    void deliversEachRowOnceOverAllPages(String setName, String pageSize) {
        var headers = pageSize.isEmpty()
                ? new String[0]
                : new String[] {"Prefer", "return=minimal, odata.maxpagesize=" + pageSize};
        int size = pageSize.isEmpty() ? 1000 : Integer.parseInt(pageSize);
        var set = IcwpModel.find(setName).orElseThrow();
        var keys = new ArrayList<String>();
        var path = "/" + setName + "?$select=" + set.properties().getFirst().name();
        while (!path.isEmpty()) {
            var page = caller.json(path, headers);
            page.get("results").forEach(row -> keys.add(row.at("/__metadata/id").asString()));
            assertThat(page.get("results").size()).isBetween(1, size);
            var next = page.get("__next");
            path = next == null
                    ? ""
                    : next.asString().substring(gateway.serviceUrl().toString().length());
        }
        assertThat(keys).hasSize((int) plant.count(set)).doesNotHaveDuplicates();
    }

    @Test
    void seeksTheNextPageInsteadOfCountingToIt() {
        long before = plant.read();
        var page = caller.json("/WorkOrderSet?$select=AUFNR", "Prefer", "odata.maxpagesize=2400");
        caller.follow(page.get("__next").asString());
        assertThat(plant.read() - before).isLessThan(ORDERS + 10);
    }

    @Test
    void saysWhichPageSizeItApplied() {
        var response = caller.get("/WorkOrderSet", "Prefer", "odata.maxpagesize=20");
        assertThat(response.headers().firstValue("Preference-Applied")).hasValue("odata.maxpagesize=20");
        assertThat(caller.json("/WorkOrderSet", "Prefer", "odata.maxpagesize=0")
                        .get("results")
                        .size())
                .isEqualTo(1000);
    }

    @Test
    void respectsTopAcrossPages() {
        assertThat(caller.values("/WorkOrderSet?$top=3", "AUFNR"))
                .containsExactly(orderNumber(1), orderNumber(2), orderNumber(3));
        assertThat(caller.json("/WorkOrderSet?$top=3").has("__next")).isFalse();
        assertThat(caller.json("/WorkOrderSet?$top=0").get("results").size()).isZero();
        assertThat(caller.json("/WorkOrderSet?$top=2000").get("results").size()).isEqualTo(2000);
        var first = caller.json("/WorkOrderSet?$top=5&$skip=1", "Prefer", "odata.maxpagesize=3");
        var second = caller.follow(first.get("__next").asString());
        assertThat(first.get("results").size()).isEqualTo(3);
        assertThat(second.get("results").size()).isEqualTo(2);
        assertThat(second.at("/results/1/AUFNR").asString()).isEqualTo(orderNumber(6));
        assertThat(second.has("__next")).isFalse();
    }

    @Test
    void skipsRows() {
        assertThat(caller.values("/WorkOrderSet?$skip=2498", "AUFNR"))
                .containsExactly(orderNumber(2499), orderNumber(2500));
        assertThat(caller.values("/WorkOrderSet?$skip=9999", "AUFNR")).isEmpty();
    }

    @Test
    void countsAllRowsAndFilteredRows() {
        assertThat(caller.get("/WorkOrderSet/$count").body()).isEqualTo("2500");
        assertThat(caller.get("/WorkOrderSet/$count").headers().firstValue("Content-Type"))
                .hasValue("text/plain;charset=utf-8");
        assertThat(caller.get("/WorkOrderSet/$count?$filter=WERKS eq '1000'").body())
                .isEqualTo("834");
        var page = caller.json("/WorkOrderSet?$inlinecount=allpages&$filter=WERKS eq '1000'&$top=1");
        assertThat(page.get("__count").isString()).isTrue();
        assertThat(page.get("__count").asString()).isEqualTo("834");
        assertThat(caller.json("/WorkOrderSet?$inlinecount=none").has("__count"))
                .isFalse();
        var first = caller.json("/WorkOrderSet?$inlinecount=allpages");
        assertThat(caller.follow(first.get("__next").asString()).get("__count").asString())
                .isEqualTo("2500");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ABNUM eq 7 | 7",
                "ABNUM lt 3 | 1 2",
                "ABNUM ge 2499L | 2500",
                "KTEXT eq 'Order 12' | 12",
                "substringof('r 249',KTEXT) and not (ABNUM gt 2495) | 249 2490 2491 2492 2493 2494 2495 2496 2499",
                "startswith(KTEXT,'Order 24') and endswith(KTEXT,'9') eq true and ABNUM ne null | 2429 2449 2459 2479 2489 2419",
                "GSTRP le datetime'2026-01-03T00:00:00' | 1 2",
                "GSTRP eq null and AUFNR le '000004000009' | 3",
                "WERKS eq '' and AUFNR lt '000004000019' | 3 6",
                "CHANGEDAT ge datetimeoffset'2026-01-01T00:41:39Z' | 2499 2500",
                "CHANGEDAT eq datetimeoffset'2026-01-01T01:41:39%2B01:00' | 2499",
                "ABNUM eq 1 or ABNUM eq 2500 | 1 2500",
                "(ABNUM eq 1 or ABNUM eq 2) and KTEXT eq 'Order 2' | 2",
                "KTEXT eq 'O''Reilly' | ''",
            })
    void filters(String filter, String expected) {
        var orders = List.of(expected.split(" ")).stream()
                .filter(n -> !n.isEmpty())
                .map(n -> orderNumber(Integer.parseInt(n)))
                .toList();
        assertThat(caller.values("/WorkOrderSet?$filter=" + filter, "AUFNR"))
                .containsExactlyInAnyOrderElementsOf(orders)
                .isSorted();
    }

    @Test
    void filtersByDecimalAndTime() {
        assertThat(caller.values("/EquipmentSet?$filter=BRGEW eq 10.000M", "EQKTX"))
                .containsExactly("Motor");
        assertThat(caller.values("/EquipmentSet?$filter=BRGEW lt 1.5", "EQKTX")).containsExactly("Pump");
        assertThat(caller.values("/NotificationSet?$filter=MZEIT le time'PT8H30M' and AUSZT gt 1.4d", "QMNUM"))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "AUFNR eq '%s' | 1 | 2",
                "AUFNR ge '%s' and AUFNR le '000004007000' | 100 | 105",
                "AUFNR gt '%s' | 266 | 270",
                "AUFNR eq '%s' or AUFNR eq '000004000006' or AUFNR eq '000004007500' | 3 | 7",
                "startswith(AUFNR,'00000400670') and AUFNR ne '%s' | 3 | 6",
            })
    void seeksKeysInsteadOfScanning(String filter, int rowsMax, int readMax) {
        var query = filter.formatted(orderNumber(2234));
        long before = plant.read();
        var found = caller.values("/WorkOrderSet?$select=AUFNR&$filter=" + query, "AUFNR");
        assertThat(found).isNotEmpty().hasSizeLessThanOrEqualTo(rowsMax);
        assertThat(plant.read() - before).isLessThanOrEqualTo(readMax);
    }

    @Test
    void readsTheOperationsOfAnOrder() {
        long before = plant.read();
        var path = "/WorkOrderSet('%s')/Operations".formatted(orderNumber(1003));
        assertThat(caller.values(path, "VORNR")).containsExactly("0010", "0020", "0030");
        assertThat(caller.values(path + "?$filter=UVORN eq '0010'", "VORNR")).containsExactly("0030");
        assertThat(caller.get(path + "/$count").body()).isEqualTo("3");
        assertThat(plant.read() - before).isLessThan(20);
        assertThat(caller.get("/WorkOrderSet('1')/Operations").statusCode()).isEqualTo(404);
    }

    @Test
    void selectsProperties() {
        JsonNode row = caller.json("/WorkOrderSet?$select=KTEXT, AUFNR&$top=1").at("/results/0");
        assertThat(row.propertyNames()).containsExactly("__metadata", "AUFNR", "KTEXT");
        assertThat(caller.json("/WorkOrderSet?$select=Operations&$top=1")
                        .at("/results/0")
                        .propertyNames())
                .containsExactly("__metadata", "Operations");
        assertThat(caller.json("/WorkOrderSet('%s')?$select=*".formatted(orderNumber(1)))
                        .size())
                .isEqualTo(IcwpModel.WORK_ORDER.properties().size()
                        + IcwpModel.navigations(IcwpModel.WORK_ORDER).size()
                        + 1);
    }

    @Test
    void sorts() {
        assertThat(caller.values("/OperationSet?$orderby=AUFNR asc,VORNR&$top=1", "AUFNR"))
                .containsExactly(orderNumber(1));
        assertThat(caller.values("/WorkOrderSet?$orderby=WERKS desc,ABNUM desc&$top=2", "AUFNR"))
                .containsExactly(orderNumber(2497), orderNumber(2495));
        assertThat(caller.get("/WorkOrderSet?$orderby=NOPE").statusCode()).isEqualTo(400);
    }

    @Test
    void acceptsAFilterWhoseEveryByteIsEncoded() {
        var filter = URLEncoder.encode("KTEXT eq 'Order 12'", StandardCharsets.UTF_8);
        assertThat(caller.values("/WorkOrderSet?%24filter=" + filter + "&sap-language=EN&sap-client=100", "ABNUM"))
                .hasSize(1);
    }
}
