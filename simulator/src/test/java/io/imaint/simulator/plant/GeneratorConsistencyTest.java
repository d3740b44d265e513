package io.imaint.simulator.plant;

import static io.imaint.simulator.model.IcwpModel.ACTIVITY;
import static io.imaint.simulator.model.IcwpModel.CAUSE;
import static io.imaint.simulator.model.IcwpModel.COMPONENT;
import static io.imaint.simulator.model.IcwpModel.CONFIRMATION;
import static io.imaint.simulator.model.IcwpModel.EQUIPMENT;
import static io.imaint.simulator.model.IcwpModel.GOODS_MOVEMENT;
import static io.imaint.simulator.model.IcwpModel.INSPECTION_CHARACTERISTIC;
import static io.imaint.simulator.model.IcwpModel.INSPECTION_LOT;
import static io.imaint.simulator.model.IcwpModel.MAINTENANCE_PLAN;
import static io.imaint.simulator.model.IcwpModel.MATERIAL;
import static io.imaint.simulator.model.IcwpModel.MEASUREMENT_DOCUMENT;
import static io.imaint.simulator.model.IcwpModel.MEASURING_POINT;
import static io.imaint.simulator.model.IcwpModel.NOTIFICATION;
import static io.imaint.simulator.model.IcwpModel.NOTIFICATION_ITEM;
import static io.imaint.simulator.model.IcwpModel.OPERATION;
import static io.imaint.simulator.model.IcwpModel.STOCK;
import static io.imaint.simulator.model.IcwpModel.TASK;
import static io.imaint.simulator.model.IcwpModel.TASK_LIST;
import static io.imaint.simulator.model.IcwpModel.TIME_SHEET;
import static io.imaint.simulator.model.IcwpModel.USAGE_DECISION;
import static io.imaint.simulator.model.IcwpModel.WORK_ORDER;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.model.EntitySet;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Goal: generated rows of different sets never contradict each other.
 * Method: for each rule compare the rows of one set with those of the others that they hang together with: all rows of
 * small companies, and rows from all over a large one.
 */
@Tag("long")
class GeneratorConsistencyTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 1);

    private static Generator company(int orders) {
        return new Generator(orders + 2, orders);
    }

    private static BigDecimal number(Row row, String property) {
        return (BigDecimal) Objects.requireNonNull(row.value(property));
    }

    private static boolean has(Row row, String status) {
        return List.of(row.text("STATUSES").split(" ", -1)).contains(status);
    }

    private static Row one(PlantData data, EntitySet set, String... key) {
        List<Row> rows = RowsOf.below(data, set, key);
        assertThat(rows).as(set + String.join("/", key)).hasSize(1);
        return rows.getFirst();
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 5_000, 1_000_000})
    void confirmsExactlyTheWorkThatOperationsShow(int orders) {
        Generator data = company(orders);
        long confirmations = 0;
        List<Row> operations = RowsOf.sample(data, OPERATION);
        for (Row operation : operations) {
            List<Row> parts = RowsOf.below(data, CONFIRMATION, operation.text("RUECK"));
            confirmations += parts.size();
            boolean complete = has(operation, "CNF");
            assertThat(!parts.isEmpty()).as(operation.toString()).isEqualTo(complete || has(operation, "PCNF"));
            BigDecimal sum = BigDecimal.ZERO;
            for (int i = 0; i < parts.size(); i++) {
                Row part = parts.get(i);
                sum = sum.add(number(part, "ISMNW"));
                boolean last = i == parts.size() - 1;
                assertThat(part.value("AUERU")).isEqualTo(last && complete ? "X" : null);
                assertThat(number(part, "OFMNW").signum()).isEqualTo(last && complete ? 0 : 1);
                assertThat(number(part, "ISMNW")).isPositive();
                for (String same : List.of("AUFNR", "VORNR", "ARBPL", "WERKS")) {
                    assertThat(part.value(same)).isEqualTo(operation.value(same));
                }
                assertThat(part.value("LEARR")).isEqualTo(operation.value("LARNT"));
                Object person = operation.value("PERNR");
                boolean own = !operation.text("ARBPL").equals("EXTN");
                assertThat(person == null || !own || person.equals(part.value("PERNR")))
                        .isTrue();
                assertThat(part.date("BUDAT")).isBefore(TODAY);
            }
            assertThat(sum).isEqualByComparingTo(number(operation, "ISMNW"));
        }
        if (data.count(OPERATION) == operations.size()) {
            assertThat(data.count(CONFIRMATION)).isEqualTo(confirmations);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 5_000, 1_000_000})
    void confirmsWorkBetweenTheActualDatesOfTheOrder(int orders) {
        Generator data = company(orders);
        for (Row part : RowsOf.sample(data, CONFIRMATION)) {
            Row order = one(data, WORK_ORDER, part.text("AUFNR"));
            assertThat(part.date("ISDD")).isAfterOrEqualTo(order.date("GSTRI"));
            LocalDate finish = order.date("GETRI");
            assertThat(part.date("IEDD")).isBeforeOrEqualTo(finish == null ? order.date("GSTRI") : finish);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 5_000, 1_000_000})
    void writesTimeSheetsOfWhatWasConfirmed(int orders) {
        Generator data = company(orders);
        for (Row sheet : RowsOf.sample(data, TIME_SHEET)) {
            Row operation = RowsOf.below(data, OPERATION, sheet.text("RAUFNR"), sheet.text("VORNR"))
                    .getFirst();
            List<Row> parts = RowsOf.below(data, CONFIRMATION, operation.text("RUECK"));
            assertThat(parts).anySatisfy(part -> {
                assertThat(part.value("PERNR")).isEqualTo(sheet.value("PERNR"));
                assertThat(part.value("IEDD")).isEqualTo(sheet.value("WORKDATE"));
                assertThat(number(sheet, "CATSHOURS")).isLessThanOrEqualTo(number(part, "ISMNW"));
            });
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 5_000, 1_000_000})
    void hasComponentsOfExactlyTheOrdersWithAReservation(int orders) {
        Generator data = company(orders);
        for (Row order : RowsOf.sample(data, WORK_ORDER)) {
            if (order.value("RSNUM") == null) {
                assertThat(order.text("STATUSES")).contains("NMAT");
                continue;
            }
            List<Row> components = RowsOf.below(data, COMPONENT, order.text("RSNUM"));
            boolean withdrawn = false;
            assertThat(components).isNotEmpty();
            for (Row component : components) {
                assertThat(component.value("AUFNR")).isEqualTo(order.key());
                assertThat(component.value("WERKS")).isEqualTo(order.value("WERKS"));
                assertThat(number(component, "ENMNG")).isBetween(BigDecimal.ZERO, number(component, "BDMNG"));
                withdrawn |= number(component, "ENMNG").signum() > 0;
            }
            assertThat(components.stream().map(row -> row.text("MATNR")))
                    .as("no material twice")
                    .doesNotHaveDuplicates();
            assertThat(withdrawn).as(order.toString()).isEqualTo(has(order, "GMPS"));
            assertThat(withdrawn && has(order, "CRTD")).isFalse();
        }
        assertThat(RowsOf.sample(data, COMPONENT))
                .allSatisfy(row -> assertThat(
                                one(data, WORK_ORDER, row.text("AUFNR")).value("RSNUM"))
                        .isEqualTo(row.key()));
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 5_000, 1_000_000})
    void movesExactlyTheGoodsThatWereWithdrawn(int orders) {
        Generator data = company(orders);
        Map<String, BigDecimal> moved = new HashMap<>();
        List<Row> movements = RowsOf.sample(data, GOODS_MOVEMENT);
        for (Row movement : movements) {
            String item = movement.text("RSNUM") + movement.text("RSPOS");
            Row component = one(data, COMPONENT, movement.text("RSNUM"), movement.text("RSPOS"));
            moved.merge(item, number(movement, "MENGE"), BigDecimal::add);
            assertThat(moved.get(item)).isEqualByComparingTo(number(component, "ENMNG"));
            for (String same : List.of("AUFNR", "MATNR", "WERKS", "LGORT", "MEINS", "BWART")) {
                assertThat(movement.value(same)).isEqualTo(component.value(same));
            }
            LocalDate posted = Objects.requireNonNull(movement.date("BUDAT"));
            assertThat(movement.text("MJAHR")).isEqualTo(Integer.toString(posted.getYear()));
            assertThat(posted)
                    .isBefore(TODAY)
                    .isAfterOrEqualTo(
                            one(data, WORK_ORDER, movement.text("AUFNR")).date("IDAT1"));
        }
        if (data.count(GOODS_MOVEMENT) == movements.size()) {
            long withdrawn = RowsOf.all(data, COMPONENT).stream()
                    .filter(row -> number(row, "ENMNG").signum() > 0)
                    .count();
            assertThat(withdrawn).isEqualTo(movements.size());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 5_000, 1_000_000})
    void neverLacksStock(int orders) {
        Generator data = company(orders);
        for (Row stock : RowsOf.all(data, STOCK)) {
            for (String kind : List.of("LABST", "INSME", "SPEME")) {
                assertThat(number(stock, kind)).isNotNegative();
            }
            Row material = one(data, MATERIAL, stock.key());
            assertThat(stock.value("MEINS")).isEqualTo(material.value("MEINS"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 5_000, 1_000_000})
    void plansWhatPreventiveOrdersDo(int orders) {
        Generator data = company(orders);
        for (Row order : RowsOf.sample(data, WORK_ORDER)) {
            if (order.value("WARPL") != null) {
                Row plan = one(data, MAINTENANCE_PLAN, order.text("WARPL"));
                for (String same : List.of("WAPOS", "EQUNR", "TPLNR", "IWERK", "AUART", "ILART")) {
                    assertThat(order.value(same)).as(same).isEqualTo(plan.value(same));
                }
                assertThat((Integer) order.value("ABNUM")).isLessThanOrEqualTo((Integer) plan.value("ABNUM"));
            }
        }
        for (Row plan : RowsOf.sample(data, MAINTENANCE_PLAN)) {
            LocalDate last = plan.date("LRMDT");
            assertThat(last == null || last.isBefore(TODAY)).isTrue();
            assertThat(plan.date("NPLDA")).isAfterOrEqualTo(TODAY).isAfter(plan.date("STADT"));
            Row list = one(data, TASK_LIST, plan.text("PLNTY"), plan.text("PLNNR"), plan.text("PLNAL"));
            assertThat(list.value("KTEXT")).isEqualTo(plan.value("WPTXT"));
            assertThat(list.value("WERKS")).isEqualTo(plan.value("IWERK"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 5_000, 1_000_000})
    void leavesNoTaskOpenWhereTheNotificationIsCompleted(int orders) {
        Generator data = company(orders);
        for (Row notification : RowsOf.sample(data, NOTIFICATION)) {
            String key = notification.key();
            boolean completed = has(notification, "NOCO");
            for (Row task : RowsOf.below(data, TASK, key)) {
                boolean done = has(task, "TSCO");
                assertThat(done || !completed).as(task.toString()).isTrue();
                assertThat(done && has(notification, "OSNO")).isFalse();
                assertThat(task.value("ERLDAT") != null).isEqualTo(done);
            }
            assertThat(!RowsOf.below(data, ACTIVITY, key).isEmpty()).isEqualTo(completed);
            assertThat(RowsOf.below(data, NOTIFICATION_ITEM, key)).hasSize(1);
            assertThat(RowsOf.below(data, CAUSE, key)).hasSize(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 5_000})
    void countsUpOnCountersAndStaysMostlyWithinLimitsOnGauges(int orders) {
        Generator data = company(orders);
        Map<String, Row> before = new HashMap<>();
        int[] gauges = new int[2];
        for (Row document : RowsOf.all(data, MEASUREMENT_DOCUMENT)) {
            Row point = one(data, MEASURING_POINT, document.text("POINT"));
            Row equipment = one(data, EQUIPMENT, point.text("EQUNR"));
            Row earlier = before.put(point.key(), document);
            double reading = (Double) Objects.requireNonNull(document.value("READG"));
            assertThat(document.date("IDATE")).isBefore(TODAY).isAfterOrEqualTo(equipment.date("INBDT"));
            assertThat(document.value("RECDU")).isEqualTo(point.value("MRNGU"));
            if (earlier != null) {
                assertThat(document.date("IDATE")).isAfter(earlier.date("IDATE"));
            }
            if ("X".equals(point.value("INDCT"))) {
                assertThat(document.value("CNTRR")).isEqualTo(reading);
                if (earlier != null) {
                    double last = (Double) Objects.requireNonNull(earlier.value("READG"));
                    assertThat(reading).isGreaterThan(last);
                    assertThat((Double) document.value("CDIFF")).isEqualTo(reading - last);
                }
            } else {
                gauges[0]++;
                gauges[1] += reading >= (Double) Objects.requireNonNull(point.value("MRMIN"))
                                && reading <= (Double) Objects.requireNonNull(point.value("MRMAX"))
                        ? 1
                        : 0;
            }
        }
        assertThat(gauges[1] / (double) gauges[0]).isBetween(0.93, 0.995);
        assertThat(before).hasSize((int) data.count(MEASURING_POINT));
    }

    @ParameterizedTest
    @ValueSource(ints = {50, 5_000, 1_000_000})
    void inspectsWhatOrdersForInspectionsSay(int orders) {
        Generator data = company(orders);
        for (Row order : RowsOf.sample(data, WORK_ORDER)) {
            String number = Company.inspectionLot(Long.parseLong(order.key()) - 4_000_001);
            boolean released = !has(order, "CRTD");
            boolean expected = released
                    && order.value("WARPL") != null
                    && order.text("ILART").equals("INS");
            assertThat(RowsOf.below(data, INSPECTION_LOT, number))
                    .as(order.toString())
                    .hasSize(expected ? 1 : 0);
        }
        for (Row lot : RowsOf.sample(data, INSPECTION_LOT)) {
            Row order = one(data, WORK_ORDER, lot.text("AUFNR"));
            List<Row> decisions = RowsOf.below(data, USAGE_DECISION, lot.key());
            assertThat(decisions).hasSize(has(lot, "UD") ? 1 : 0);
            assertThat(has(lot, "UD")).isEqualTo(order.value("IDAT2") != null);
            List<Row> characteristics = RowsOf.below(data, INSPECTION_CHARACTERISTIC, lot.key());
            assertThat(characteristics).hasSize(2);
            boolean rejected = false;
            for (Row row : characteristics) {
                assertThat(row.value("MBEWERTG") != null).isEqualTo(has(lot, "RREC"));
                rejected |= "R".equals(row.value("MBEWERTG"));
            }
            for (Row decision : decisions) {
                assertThat(decision.value("VBEWERTUNG")).isEqualTo(rejected ? "R" : "A");
            }
        }
    }
}
