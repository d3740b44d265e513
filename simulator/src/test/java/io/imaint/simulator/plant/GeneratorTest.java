package io.imaint.simulator.plant;

import static io.imaint.simulator.model.IcwpModel.ATTACHMENT;
import static io.imaint.simulator.model.IcwpModel.EQUIPMENT;
import static io.imaint.simulator.model.IcwpModel.FUNCTIONAL_LOCATION;
import static io.imaint.simulator.model.IcwpModel.NOTIFICATION;
import static io.imaint.simulator.model.IcwpModel.OPERATION;
import static io.imaint.simulator.model.IcwpModel.PLANT;
import static io.imaint.simulator.model.IcwpModel.SETS;
import static io.imaint.simulator.model.IcwpModel.WORK_CENTER;
import static io.imaint.simulator.model.IcwpModel.WORK_ORDER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.simulator.model.EntitySet;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class GeneratorTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 11, 1);
    private static final PlantData LARGE = PlantSource.open(7, 20_000, Optional.empty());

    private static Map<String, Row> byKey(EntitySet set) {
        Map<String, Row> rows = new HashMap<>();
        RowsOf.all(LARGE, set).forEach(row -> rows.put(row.key(), row));
        return rows;
    }

    @Test
    void makesTheSameRowsFromTheSameSeedAndOthersFromAnother() {
        for (EntitySet set : SETS) {
            PlantData one = PlantSource.open(3, 500, Optional.empty());
            PlantData same = PlantSource.open(3, 500, Optional.empty());
            assertThat(RowsOf.all(one, set)).isEqualTo(RowsOf.all(same, set));
        }
        PlantData one = PlantSource.open(3, 500, Optional.empty());
        PlantData other = PlantSource.open(4, 500, Optional.empty());
        assertThat(RowsOf.all(one, WORK_ORDER)).isNotEqualTo(RowsOf.all(other, WORK_ORDER));
        assertThat(RowsOf.all(one, EQUIPMENT)).isNotEqualTo(RowsOf.all(other, EQUIPMENT));
    }

    @Test
    void fitsTheModelInEverySetAtEverySize() {
        for (int orders : new int[] {1, 7, 10, 50, 999, 5_000}) {
            PlantData data = PlantSource.open(orders, orders, Optional.empty());
            SETS.forEach(set -> RowsOf.fitTheModel(data, set));
        }
    }

    @Test
    void fitsTheModelWhereverACompanyOfAMillionOrdersIsRead() {
        Generator data = new Generator(23, 1_000_000);
        for (EntitySet set : SETS) {
            List<Row> rows = RowsOf.sample(data, set);
            RowsOf.fitTheModel(set, rows);
            for (int i = 0; i < rows.size(); i += 1 + rows.size() / 20) {
                assertThat(RowsOf.from(data, set, rows.get(i).keys(), 1)).containsExactly(rows.get(i));
            }
        }
    }

    @Test
    void knowsEverySetAndHasRowsInAllButAttachments() {
        for (EntitySet set : SETS) {
            boolean empty = LARGE.count(set) == 0;
            assertThat(empty).as(set.name()).isEqualTo(set == ATTACHMENT);
        }
    }

    @Test
    void seeksToWhereWalkingFromTheStartWouldCome() {
        PlantData data = PlantSource.open(11, 777, Optional.empty());
        for (EntitySet set : SETS) {
            List<Row> rows = RowsOf.all(data, set);
            for (int skipped = 0; skipped < rows.size(); skipped += 1 + rows.size() / 40) {
                List<String> key = rows.get(skipped).keys();
                assertThat(RowsOf.from(data, set, key, 3))
                        .isEqualTo(rows.subList(skipped, Math.min(rows.size(), skipped + 3)));
                String first = key.getFirst();
                List<Row> from = RowsOf.from(data, set, List.of(first), 1);
                assertThat(from.getFirst().key()).isEqualTo(first);
                List<String> after = List.of(first + "\u0000");
                List<Row> next = RowsOf.from(data, set, after, 1);
                assertThat(next).allSatisfy(row -> assertThat(row.key()).isGreaterThan(first));
            }
            assertThat(RowsOf.from(data, set, List.of("~"), 1)).isEmpty();
            assertThat(RowsOf.from(data, set, List.of(""), 1)).isEqualTo(rows.subList(0, Math.min(1, rows.size())));
        }
    }

    @Test
    void hasTheProportionsOfAPlant() {
        long equipment = LARGE.count(EQUIPMENT);
        assertThat(LARGE.count(WORK_ORDER)).isEqualTo(20_000);
        assertThat(equipment).isBetween(4_000L, 4_100L);
        assertThat(LARGE.count(FUNCTIONAL_LOCATION)).isBetween(equipment * 7 / 10, equipment * 9 / 10);
        assertThat(LARGE.count(NOTIFICATION)).isEqualTo(14_000);
        assertThat(PlantSource.open(1, 1, Optional.empty()).count(EQUIPMENT)).isBetween(60L, 100L);
        assertThat(PlantSource.open(1, 10_000_000, Optional.empty()).count(EQUIPMENT))
                .isGreaterThan(1_999_999L);
        assertThatThrownBy(() -> PlantSource.open(1, 0, Optional.empty())).hasMessageContaining("PLANT_SIZE_INVALID");
    }

    @Test
    void refersOnlyToWhatExists() {
        Set<String> plants = byKey(PLANT).keySet();
        Set<String> centers = new HashSet<>();
        RowsOf.all(LARGE, WORK_CENTER).forEach(row -> centers.add(row.key() + "/" + row.text("ARBPL")));
        Map<String, Row> locations = byKey(FUNCTIONAL_LOCATION);
        Map<String, Row> equipment = byKey(EQUIPMENT);
        Map<String, Row> orders = byKey(WORK_ORDER);
        Map<String, Row> notifications = byKey(NOTIFICATION);
        locations.values().forEach(row -> {
            assertThat(plants).contains(row.text("SWERK"));
            Object superior = row.value("TPLMA");
            assertThat(superior == null ? row.key() : superior).isIn(locations.keySet());
        });
        equipment.values().forEach(row -> {
            assertThat(locations).containsKey(row.text("TPLNR"));
            Object superior = row.value("HEQUI");
            if (superior != null) {
                Row above = equipment.get(superior);
                assertThat(Objects.requireNonNull(above).value("TPLNR")).isEqualTo(row.value("TPLNR"));
            }
        });
        orders.values().forEach(row -> {
            Row object = Objects.requireNonNull(equipment.get(row.text("EQUNR")));
            assertThat(row.value("TPLNR")).isEqualTo(object.value("TPLNR"));
            assertThat(centers).contains(row.text("VAWRK") + "/" + row.text("ARBPL"));
            Object cause = row.value("QMNUM");
            if (cause != null) {
                Row notification = Objects.requireNonNull(notifications.get(cause));
                assertThat(notification.value("AUFNR")).isEqualTo(row.key());
                assertThat(notification.value("EQUNR")).isEqualTo(row.value("EQUNR"));
            }
        });
        RowsOf.all(LARGE, OPERATION).forEach(row -> {
            Row order = Objects.requireNonNull(orders.get(row.key()));
            assertThat(row.value("AUFPL")).isEqualTo(order.value("AUFPL"));
            assertThat(centers).contains(row.text("WERKS") + "/" + row.text("ARBPL"));
        });
    }

    @Test
    void agreesBetweenOrdersAndTheirNotifications() {
        Map<String, Row> orders = byKey(WORK_ORDER);
        int linked = 0;
        for (Row row : byKey(NOTIFICATION).values()) {
            Object number = row.value("AUFNR");
            if (number == null) {
                assertThat(row.text("STATUSES")).doesNotContain("ORAS");
                continue;
            }
            linked++;
            Row order = Objects.requireNonNull(orders.get(number));
            assertThat(order.value("QMNUM")).isEqualTo(row.key());
            String stage = order.text("STATUSES").substring(0, 4).strip();
            String expected = stage.equals("CRTD") ? "OSNO" : stage.equals("REL") ? "NOPR" : "NOCO";
            assertThat(row.text("STATUSES")).isEqualTo(expected + " ORAS");
            assertThat((LocalDate) row.value("QMDAT")).isBeforeOrEqualTo(order.date("ERDAT"));
        }
        long corrective = orders.values().stream()
                .filter(order -> order.value("WARPL") == null)
                .count();
        assertThat(linked / (double) corrective).isBetween(0.55, 0.62);
    }

    @Test
    void hasOnlyTheDatesThatAnOrdersStatusHasReached() {
        for (Row row : byKey(WORK_ORDER).values()) {
            String statuses = " " + row.text("STATUSES") + " ";
            boolean closed = statuses.contains(" CLSD ");
            boolean completed = closed || statuses.contains(" TECO ");
            boolean confirmed = statuses.contains(" CNF ");
            boolean started = confirmed || statuses.contains(" PCNF ");
            boolean created = statuses.contains(" CRTD ");
            assertThat(row.date("IDAT1") == null).as(statuses).isEqualTo(created);
            assertThat(row.date("IDAT2") != null).as(statuses).isEqualTo(completed);
            assertThat(row.date("IDAT3") != null).as(statuses).isEqualTo(closed);
            assertThat(row.date("GSTRI") != null).as(statuses).isEqualTo(started);
            assertThat(row.date("GETRI") != null).as(statuses).isEqualTo(confirmed);
            ascending(row.date("ERDAT"), row.date("GSTRP"), row.date("GSTRS"), row.date("GSTRI"));
            ascending(row.date("GSTRP"), row.date("GLTRP"), row.date("GLTRS"));
            ascending(
                    row.date("ERDAT"),
                    row.date("IDAT1"),
                    row.date("GSTRI"),
                    row.date("GETRI"),
                    row.date("IDAT2"),
                    row.date("IDAT3"),
                    TODAY.minusDays(1));
            Instant changed = (Instant) Objects.requireNonNull(row.value("CHANGEDAT"));
            LocalDate day = LocalDate.ofEpochDay(Math.floorDiv(changed.getEpochSecond(), 86_400));
            LocalDate last = row.date("AEDAT");
            assertThat(day).isEqualTo(last == null ? row.date("ERDAT") : last).isBefore(TODAY);
        }
    }

    private static void ascending(@Nullable LocalDate... dates) {
        LocalDate before = LocalDate.MIN;
        for (LocalDate date : dates) {
            if (date != null) {
                assertThat(date).isAfterOrEqualTo(before);
                before = date;
            }
        }
    }

    @Test
    void hasFinishedAlmostAllThatIsOldAndLittleThatIsNew() {
        Map<Boolean, int[]> finishedOf = Map.of(true, new int[2], false, new int[2]);
        for (Row row : byKey(WORK_ORDER).values()) {
            LocalDate created = Objects.requireNonNull(row.date("ERDAT"));
            boolean old = created.isBefore(TODAY.minusMonths(6));
            if (old || created.isAfter(TODAY.minusWeeks(2))) {
                int[] counts = Objects.requireNonNull(finishedOf.get(old));
                counts[0]++;
                counts[1] += row.date("IDAT2") != null ? 1 : 0;
            }
        }
        int[] old = Objects.requireNonNull(finishedOf.get(true));
        int[] recent = Objects.requireNonNull(finishedOf.get(false));
        assertThat(old[1] / (double) old[0]).isGreaterThan(0.9);
        assertThat(recent[1] / (double) recent[0]).isLessThan(0.4);
    }

    /** Failures per year in service are many in the first tenth of life, few in the middle, many at the end. */
    @Test
    void failsAlongABathtubCurve() {
        Map<String, Long> startups = new HashMap<>();
        Map<String, Integer> lives = new HashMap<>();
        Company company = new Company(7, 20_000);
        double[] exposure = new double[3];
        double[] failures = new double[3];
        List<Row> equipment = RowsOf.all(LARGE, EQUIPMENT);
        for (int i = 0; i < equipment.size(); i++) {
            Row row = equipment.get(i);
            long startup = ((LocalDate) Objects.requireNonNull(row.value("INBDT"))).toEpochDay();
            int life = company.sites
                    .fitting(company.sites.areaOfEquipment(i), i)
                    .type()
                    .lifeDays();
            startups.put(row.key(), startup);
            lives.put(row.key(), life);
            for (long day = TODAY.minusYears(5).toEpochDay(); day < TODAY.toEpochDay(); day += 10) {
                count(exposure, day - startup, life);
            }
        }
        for (Row row : byKey(WORK_ORDER).values()) {
            if (row.value("WARPL") == null) {
                String key = row.text("EQUNR");
                long day = Objects.requireNonNull(row.date("ERDAT")).toEpochDay();
                count(failures, day - startups.getOrDefault(key, 0L), lives.getOrDefault(key, 1));
            }
        }
        double infant = failures[0] / exposure[0];
        double middle = failures[1] / exposure[1];
        double old = failures[2] / exposure[2];
        assertThat(infant).isGreaterThan(1.8 * middle);
        assertThat(old).isGreaterThan(1.8 * middle);
    }

    private static void count(double[] buckets, long age, int life) {
        double share = age / (double) life;
        if (share >= 0 && share < 0.1) {
            buckets[0]++;
        } else if (share >= 0.3 && share < 0.65) {
            buckets[1]++;
        } else if (share >= 0.9) {
            buckets[2]++;
        }
    }

    /** What is counted without finding out all about an order must be what its row says. */
    @Test
    void knowsTheStageOfAnOrderWithoutTheRestOfIt() {
        Company company = new Company(7, 20_000);
        OrderFacts whole = new OrderFacts(company);
        OrderFacts quick = new OrderFacts(company);
        for (int order = 0; order < 20_000; order++) {
            whole.roll(order);
            assertThat(quick.stageOf(order)).isEqualTo(whole.stage);
        }
        NotificationFacts notification = new NotificationFacts(company);
        NotificationFacts quickNotification = new NotificationFacts(company);
        for (int i = 0; i < company.notifications(); i++) {
            notification.roll(i);
            assertThat(quickNotification.completed(i))
                    .isEqualTo(notification.phase == NotificationFacts.Phase.COMPLETED);
        }
    }

    @Test
    void neverRollsTwoThingsWithTheSameNumbers() {
        Dice dice = new Dice(1);
        Set<Long> seen = new HashSet<>();
        for (Dice.Roll roll : Dice.Roll.values()) {
            for (int index = 0; index < 100; index++) {
                assertThat(seen.add(dice.bits(roll, index))).isTrue();
            }
        }
    }
}
