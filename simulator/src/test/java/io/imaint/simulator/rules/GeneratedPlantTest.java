package io.imaint.simulator.rules;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.plant.PlantSource;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Goal: the generated company can be worked with from the first minute. Method: what people would do next is done to all of it. */
class GeneratedPlantTest {
    private final Bench bench = new Bench(PlantSource.open(5, 400, Optional.empty()));

    private List<Row> all(EntitySet set) {
        var rows = new ArrayList<Row>();
        var values = new @Nullable Object[set.properties().size()];
        var reader = bench.state.rows(set, List.of());
        while (reader.next(values)) {
            rows.add(Row.of(set, values.clone()));
        }
        return rows;
    }

    private List<Row> orders(String status) {
        return all(IcwpModel.WORK_ORDER).stream()
                .filter(order -> order.has(status) && !order.has("DLFL"))
                .toList();
    }

    private Row firstOperation(Row order) {
        return all(IcwpModel.OPERATION).stream()
                .filter(operation -> operation.text("AUFNR").equals(order.text("AUFNR")))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void createdOrdersAreReleasedDoneAndReopened() {
        var created = orders("CRTD");
        assertThat(created).isNotEmpty();
        for (var order : created) {
            var number = order.text("AUFNR");
            assertThat(bench.call(IcwpModel.RELEASE_ORDER, number).text("STATUSES"))
                    .startsWith("REL ")
                    .doesNotContain("MANC");
            bench.confirm(order, "ISMNW", BigDecimal.ONE);
            bench.call(IcwpModel.COMPLETE_ORDER, number);
            assertThat(bench.call(IcwpModel.REOPEN_ORDER, number).text("STATUSES"))
                    .startsWith("REL");
        }
    }

    @Test
    void closedOrdersStayClosed() {
        var closed = orders("CLSD");
        assertThat(closed).isNotEmpty();
        for (var order : closed) {
            bench.refused("BS/013", () -> bench.call(IcwpModel.REOPEN_ORDER, order.text("AUFNR")));
        }
    }

    @Test
    void releasedOrdersAreConfirmedAndTheConfirmationTakenBack() {
        var released = orders("REL");
        assertThat(released).isNotEmpty();
        for (var order : released) {
            var before = firstOperation(order);
            var confirmation = bench.confirm(order, "ISMNW", new BigDecimal("0.5"));
            assertThat(bench.now(before).decimal("ISMNW"))
                    .isEqualByComparingTo(before.decimal("ISMNW").add(new BigDecimal("0.5")));
            bench.call(IcwpModel.CANCEL_CONFIRMATION, confirmation.text("RUECK"), confirmation.text("RMZHL"));
            var after = bench.now(before);
            assertThat(after.decimal("ISMNW")).isEqualByComparingTo(before.decimal("ISMNW"));
            assertThat(after.text("STATUSES")).isEqualTo(before.text("STATUSES"));
            assertThat(bench.now(order).text("STATUSES")).isEqualTo(order.text("STATUSES"));
            assertThat(bench.now(order).date("GSTRI")).isEqualTo(order.date("GSTRI"));
            assertThat(bench.now(order).date("GETRI") == null).isEqualTo(order.date("GETRI") == null);
        }
    }

    @Test
    void confirmationsFromBeforeAreCancelled() {
        var counted = all(IcwpModel.CONFIRMATION).stream()
                .filter(one -> !one.flag("STOKZ"))
                .filter(one ->
                        bench.now(IcwpModel.WORK_ORDER, one.text("AUFNR")).has("REL"))
                .toList();
        assertThat(counted).isNotEmpty();
        for (var one : counted) {
            bench.call(IcwpModel.CANCEL_CONFIRMATION, one.text("RUECK"), one.text("RMZHL"));
        }
        assertThat(orders("REL")).allSatisfy(order -> {
            assertThat(order.has("PCNF")).isFalse();
            assertThat(order.has("CNF")).isFalse();
            assertThat(order.date("GSTRI")).isNull();
        });
        assertThat(orders("REL"))
                .allSatisfy(order ->
                        assertThat(firstOperation(order).decimal("ISMNW")).isEqualByComparingTo("0"));
    }

    @Test
    void reservedMaterialIsIssuedAsFarAsThereIsSome() {
        int issued = 0;
        var open = all(IcwpModel.COMPONENT).stream()
                .filter(one -> !one.flag("KZEAR") && one.text("POSTP").equals("L"))
                .filter(one ->
                        bench.now(IcwpModel.WORK_ORDER, one.text("AUFNR")).has("REL"))
                .toList();
        assertThat(open).isNotEmpty();
        for (var component : open) {
            var stock = bench.state.find(
                    IcwpModel.STOCK,
                    List.of(component.text("MATNR"), component.text("WERKS"), component.text("LGORT")));
            var wanted = component.decimal("BDMNG").subtract(component.decimal("ENMNG"));
            if (stock.isPresent() && stock.get().decimal("LABST").compareTo(wanted) >= 0) {
                var document = bench.create(
                        IcwpModel.GOODS_MOVEMENT,
                        "BWART",
                        "261",
                        "RSNUM",
                        component.text("RSNUM"),
                        "RSPOS",
                        component.text("RSPOS"),
                        "MENGE",
                        wanted);
                assertThat(bench.now(component).flag("KZEAR")).isTrue();
                bench.call(IcwpModel.CANCEL_GOODS_MOVEMENT, document.text("MBLNR"), document.text("MJAHR"));
                assertThat(bench.now(component).decimal("ENMNG")).isEqualByComparingTo(component.decimal("ENMNG"));
                issued++;
            }
        }
        assertThat(issued).isPositive();
    }

    @Test
    void aDocumentOfSeveralItemsIsCancelledAsAWhole() {
        var several = all(IcwpModel.GOODS_MOVEMENT).stream()
                .filter(item -> item.text("ZEILE").equals("0002"))
                .filter(item ->
                        bench.now(IcwpModel.WORK_ORDER, item.text("AUFNR")).has("REL"))
                .findFirst()
                .orElseThrow();
        var back = bench.call(IcwpModel.CANCEL_GOODS_MOVEMENT, several.text("MBLNR"), several.text("MJAHR"));
        var second = bench.now(IcwpModel.GOODS_MOVEMENT, back.text("MBLNR"), back.text("MJAHR"), "0002");
        assertThat(second.text("SMBLP")).isEqualTo("0002");
        assertThat(second.text("BWART")).isEqualTo("262");
        assertThat(second.decimal("MENGE")).isEqualByComparingTo(several.decimal("MENGE"));
        var component = bench.now(IcwpModel.COMPONENT, several.text("RSNUM"), several.text("RSPOS"));
        assertThat(component.decimal("ENMNG")).isEqualByComparingTo("0");
        bench.refused(
                "M7/200",
                () -> bench.call(IcwpModel.CANCEL_GOODS_MOVEMENT, several.text("MBLNR"), several.text("MJAHR")));
    }

    @Test
    void openNotificationsAreCompletedOnceTheirTasksAre() {
        var open = all(IcwpModel.NOTIFICATION).stream()
                .filter(one -> one.has("OSNO") || one.has("NOPR"))
                .toList();
        assertThat(open).isNotEmpty();
        for (var task : all(IcwpModel.TASK)) {
            var notification = bench.now(IcwpModel.NOTIFICATION, task.text("QMNUM"));
            if (!task.has("TSCO") && !notification.has("NOCO")) {
                bench.update(task, "ERLDAT", Bench.TODAY);
            }
        }
        for (var notification : open) {
            bench.call(IcwpModel.COMPLETE_NOTIFICATION, notification.text("QMNUM"));
        }
    }

    @Test
    void everyEquipmentTakesTheCodesOfItsProfile() {
        var groups = all(IcwpModel.CATALOG_PROFILE).stream()
                .filter(row -> row.text("KATALOGART").equals("D"))
                .collect(Collectors.groupingBy(row -> row.text("RBNR")));
        var codes = all(IcwpModel.CATALOG_CODE).stream()
                .filter(row -> row.text("KATALOGART").equals("D"))
                .collect(Collectors.groupingBy(row -> row.text("CODEGRUPPE")));
        for (var equipment : all(IcwpModel.EQUIPMENT)) {
            var profile = equipment.text("RBNR");
            var group = Objects.requireNonNull(groups.get(profile), profile)
                    .getFirst()
                    .text("CODEGRUPPE");
            var code =
                    Objects.requireNonNull(codes.get(group), group).getFirst().text("CODE");
            var notification = bench.create(
                    IcwpModel.NOTIFICATION,
                    "QMART",
                    "M2",
                    "EQUNR",
                    equipment.text("EQUNR"),
                    "PRIOK",
                    "2",
                    "QMGRP",
                    group,
                    "QMCOD",
                    code);
            assertThat(notification.text("RBNR")).isEqualTo(profile);
            var order = bench.create(IcwpModel.WORK_ORDER, "AUART", "PM01", "QMNUM", notification.text("QMNUM"));
            assertThat(order.text("WAERS")).isEqualTo(equipment.text("WAERS"));
            assertThat(order.text("ARBPL")).isNotEmpty();
        }
    }

    @Test
    void everyCounterIsReadOn() {
        Map<String, Row> last = all(IcwpModel.MEASUREMENT_DOCUMENT).stream()
                .filter(row -> !row.flag("CANCL"))
                .collect(Collectors.toMap(
                        row -> row.text("POINT"),
                        row -> row,
                        (one, other) ->
                                Comparator.<Row, LocalDate>comparing(row -> Objects.requireNonNull(row.date("IDATE")))
                                                        .compare(one, other)
                                                > 0
                                        ? one
                                        : other));
        int counters = 0;
        for (var point : all(IcwpModel.MEASURING_POINT)) {
            var before = last.get(point.text("POINT"));
            if (point.flag("INDCT") && point.text("INACT").isEmpty() && before != null) {
                double reading = Objects.requireNonNull(before.number("READG")) + 1;
                var document =
                        bench.create(IcwpModel.MEASUREMENT_DOCUMENT, "POINT", point.text("POINT"), "READG", reading);
                assertThat(document.number("CDIFF")).isEqualTo(1.0);
                counters++;
            }
        }
        assertThat(counters).isPositive();
    }

    @Test
    void openLotsAreInspectedAndDecided() {
        var open = all(IcwpModel.INSPECTION_LOT).stream()
                .filter(lot -> !lot.has("UD"))
                .toList();
        assertThat(open).isNotEmpty();
        for (var characteristic : all(IcwpModel.INSPECTION_CHARACTERISTIC)) {
            if (characteristic.text("MBEWERTG").isEmpty()) {
                var result = characteristic.flag("QUANTITATIV")
                        ? bench.update(characteristic, "MITTELWERT", characteristic.number("SOLLWERT"))
                        : bench.update(characteristic, "CODE1", "OK");
                assertThat(result.text("MBEWERTG")).isEqualTo("A");
            }
        }
        for (var lot : open) {
            bench.create(
                    IcwpModel.USAGE_DECISION, "PRUEFLOS", lot.text("PRUEFLOS"), "VCODEGRP", "UD-PM", "VCODE", "ACC");
        }
    }

    @Test
    void everyTimeSheetThatIsNotOverCanBeCancelled() {
        for (var record : all(IcwpModel.TIME_SHEET)) {
            if (!List.of("50", "60").contains(record.text("STATUS"))) {
                assertThat(bench.update(record, "STATUS", "60").text("STATUS")).isEqualTo("60");
            }
        }
    }

    @Test
    void everyEquipmentCanBeDismantledAndInstalledAgain() {
        for (var equipment : all(IcwpModel.EQUIPMENT)) {
            if (equipment.text("HEQUI").isEmpty() && !equipment.text("TPLNR").isEmpty()) {
                bench.call(IcwpModel.DISMANTLE_EQUIPMENT, equipment.text("EQUNR"));
                bench.call(IcwpModel.INSTALL_EQUIPMENT, equipment.text("EQUNR"), equipment.text("TPLNR"));
            }
        }
        assertThat(all(IcwpModel.EQUIPMENT)).noneMatch(equipment -> equipment.has("AVLB"));
    }
}
