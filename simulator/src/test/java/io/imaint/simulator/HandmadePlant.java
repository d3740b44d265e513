package io.imaint.simulator;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.PlantData;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A small plant held in memory, with the awkward values that a real one has. It counts the rows read from it. */
public final class HandmadePlant implements PlantData {
    /** A functional location whose name needs every kind of escaping. */
    public static final String AWKWARD_LOCATION = "A/B 'Öl' 100% \"x\"";

    private final Map<EntitySet, List<@Nullable Object[]>> rows = new HashMap<>();
    private final AtomicLong read = new AtomicLong();

    public HandmadePlant(int orders) {
        for (var plant : List.of("1000", "1100", "2000")) {
            add(IcwpModel.PLANT, Map.of("WERKS", plant, "NAME1", "Werk " + plant, "LAND1", "DE"));
        }
        for (var location : List.of("1000-A", "1000-B", AWKWARD_LOCATION)) {
            add(IcwpModel.FUNCTIONAL_LOCATION, Map.of("TPLNR", location, "PLTXT", "Halle \t\"5\" \\ é € 😀"));
        }
        add(
                IcwpModel.EQUIPMENT,
                Map.of(
                        "EQUNR",
                        "000000000010000001",
                        "EQKTX",
                        "Pump",
                        "INBDT",
                        LocalDate.of(1965, 3, 1),
                        "ANSWT",
                        new BigDecimal("12345.6"),
                        "BRGEW",
                        new BigDecimal("0.125")));
        add(IcwpModel.EQUIPMENT, Map.of("EQUNR", "000000000010000002", "EQKTX", "Motor", "BRGEW", BigDecimal.TEN));
        add(
                IcwpModel.NOTIFICATION,
                Map.of(
                        "QMNUM",
                        "000010000001",
                        "MZEIT",
                        LocalTime.of(8, 30),
                        "LTRMN",
                        LocalDate.of(9999, 12, 31),
                        "AUSZT",
                        1.5));
        for (int i = 1; i <= orders; i++) {
            order(i);
        }
    }

    /** The key of the n-th order, counted from 1. */
    public static String orderNumber(int n) {
        return "%012d".formatted(4_000_000 + n * 3);
    }

    private void order(int n) {
        var number = orderNumber(n);
        Map<String, Object> values = new HashMap<>(Map.of(
                "AUFNR",
                number,
                "AUART",
                "PM01",
                "KTEXT",
                "Order " + n,
                "WERKS",
                n % 2 == 0 ? "1000" : "1100",
                "GSTRP",
                LocalDate.of(2026, 1, 1).plusDays(n),
                "ABNUM",
                n,
                "CHANGEDAT",
                Instant.parse("2026-01-01T00:00:00Z").plusSeconds(n)));
        if (n % 3 == 0) {
            values.remove("ABNUM");
            values.remove("GSTRP");
            values.remove("WERKS");
        }
        add(IcwpModel.WORK_ORDER, values);
        for (int operation = 1; operation <= n % 4; operation++) {
            add(
                    IcwpModel.OPERATION,
                    Map.of(
                            "AUFNR",
                            number,
                            "VORNR",
                            "%04d".formatted(operation * 10),
                            "UVORN",
                            operation == 3 ? "0010" : "",
                            "ARBEI",
                            new BigDecimal("2.5"),
                            "FSAVZ",
                            LocalTime.of(operation, 5, 9)));
        }
    }

    private void add(EntitySet set, Map<String, Object> values) {
        var row = new @Nullable Object[set.properties().size()];
        values.forEach((name, value) -> row[set.place(name)] = value);
        var all = rows.computeIfAbsent(set, none -> new ArrayList<>());
        all.add(row);
        all.sort(byKey(set.keyLength()));
    }

    private static Comparator<@Nullable Object[]> byKey(int parts) {
        return (one, other) -> {
            for (int i = 0; i < parts; i++) {
                int order = String.valueOf(one[i]).compareTo(String.valueOf(other[i]));
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        };
    }

    /** All rows of a set, in order. */
    public List<@Nullable Object[]> all(EntitySet set) {
        return rows.getOrDefault(set, List.of());
    }

    /** How many rows have been read since the plant was made. */
    public long read() {
        return read.get();
    }

    @Override
    public long count(EntitySet set) {
        return all(set).size();
    }

    @Override
    public Rows rows(EntitySet set, List<String> from) {
        var all = all(set);
        var first = from.toArray(new @Nullable Object[0]);
        int found = Collections.binarySearch(all, first, byKey(from.size()));
        while (found > 0 && byKey(from.size()).compare(all.get(found - 1), first) == 0) {
            found--;
        }
        var rest = all.subList(found < 0 ? -found - 1 : found, all.size()).iterator();
        return row -> {
            if (!rest.hasNext()) {
                return false;
            }
            read.incrementAndGet();
            System.arraycopy(rest.next(), 0, row, 0, row.length);
            return true;
        };
    }

    @Override
    public String description() {
        return "a plant made by hand";
    }
}
