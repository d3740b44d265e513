package io.imaint.checks;

import io.imaint.simulator.model.EdmType;
import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Navigation;
import io.imaint.simulator.model.Property;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.rules.BusinessRules;
import io.imaint.simulator.rules.Draft;
import io.imaint.simulator.state.Actor;
import io.imaint.simulator.state.Change;
import io.imaint.simulator.state.PlantState;
import io.imaint.simulator.state.Refusal;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * People at work in a plant: each step is a change that somebody makes in SAP. Half of them keep to the business rules, as
 * the transactions do; half are what transports, migrations and archiving do to any row of any set.
 */
final class PlantLife {
    /** Of a set's rows; the plants are smaller. */
    private static final int ROWS_LOOKED_AT = 500;

    /** So far off that its milliseconds are no number that a reader takes. */
    private static final LocalDate UNREADABLE_DAY = LocalDate.of(100_000_000, 1, 1);

    private static final LocalDate READABLE_DAY = LocalDate.of(2026, 1, 5);

    private static final Actor SOMEBODY = Actor.unrestricted("PLANNER");

    private final PlantState plant;
    private final Random random;
    private final List<EntitySet> sets;
    private final Map<EntitySet, String> daysAsText = new HashMap<>();
    private int steps;

    PlantLife(PlantState plant, Random random, List<EntitySet> sets) {
        this.plant = plant;
        this.random = random;
        this.sets = sets;
    }

    /** From now on a property holds days as text; not all that people enter is one. */
    void keepDays(EntitySet set, String property) {
        daysAsText.put(set, property);
        plant.change(SOMEBODY, change -> {
            rows(set).forEach(row -> change.put(row.set(property, day())));
            return set;
        });
    }

    /** Puts right every row that nobody could read or map, or deletes it; returns how many there were. */
    int mend() {
        return plant.change(SOMEBODY, change -> {
            var poisoned = sets.stream()
                    .flatMap(set -> rows(set).stream())
                    .filter(row -> !mended(row).isEmpty())
                    .toList();
            for (var row : poisoned) {
                if (random.nextInt(4) == 0) {
                    change.delete(row);
                } else {
                    mended(row).forEach(row::set);
                    change.put(row);
                }
            }
            return poisoned.size();
        });
    }

    /** What makes a row readable: its values to be changed, none for a row that is. */
    private Map<String, Object> mended(Row row) {
        var good = new HashMap<String, Object>();
        for (var property : row.set().properties()) {
            if (UNREADABLE_DAY.equals(row.value(property.name()))) {
                good.put(property.name(), READABLE_DAY);
            }
        }
        var days = daysAsText.get(row.set());
        if (days != null && !row.text(days).matches("|2026010[1-9]")) {
            good.put(days, "20260105");
        }
        return good;
    }

    private String day() {
        return random.nextInt(3) == 0 ? "" : "2026010" + (1 + random.nextInt(9));
    }

    /** One step; when the rules refuse it, nothing happens. */
    void step() {
        steps++;
        try {
            plant.change(SOMEBODY, change -> {
                if (random.nextBoolean()) {
                    byTheRules(change);
                } else {
                    byForce(change, sets.get(random.nextInt(sets.size())));
                }
                return steps;
            });
        } catch (Refusal asSapWould) {
            // A refused step changes nothing; the next one may be allowed.
        }
    }

    private void byTheRules(Change change) {
        switch (random.nextInt(10)) {
            case 0 -> createOrder(change);
            case 1 -> createNotification(change);
            case 2 -> call(change, IcwpModel.RELEASE_ORDER, IcwpModel.WORK_ORDER, "AUFNR");
            case 3 -> call(change, IcwpModel.COMPLETE_ORDER, IcwpModel.WORK_ORDER, "AUFNR");
            case 4 -> call(change, IcwpModel.REOPEN_ORDER, IcwpModel.WORK_ORDER, "AUFNR");
            case 5 -> call(change, IcwpModel.PUT_NOTIFICATION_IN_PROCESS, IcwpModel.NOTIFICATION, "QMNUM");
            case 6 -> call(change, IcwpModel.COMPLETE_NOTIFICATION, IcwpModel.NOTIFICATION, "QMNUM");
            case 7 -> confirm(change);
            case 8 -> measure(change);
            default -> any(IcwpModel.COMPONENT).ifPresent(row -> BusinessRules.delete(change, row));
        }
    }

    private void createOrder(Change change) {
        var plantOfIt = any(IcwpModel.PLANT);
        if (plantOfIt.isEmpty()) {
            return;
        }
        var way = IcwpModel.navigation(IcwpModel.WORK_ORDER, "Operations").orElseThrow();
        var operations = new ArrayList<Draft>();
        for (int i = random.nextInt(3); i >= 0; i--) {
            operations.add(new Draft(IcwpModel.OPERATION, Map.of("LTXA1", text(20)), Map.of()));
        }
        BusinessRules.create(
                change,
                new Draft(
                        IcwpModel.WORK_ORDER,
                        Map.of(
                                "AUART",
                                "PM01",
                                "KTEXT",
                                text(30),
                                "WERKS",
                                plantOfIt.get().text("WERKS")),
                        Map.<Navigation, List<Draft>>of(way, operations)));
    }

    private void createNotification(Change change) {
        any(IcwpModel.PLANT)
                .ifPresent(row -> BusinessRules.create(
                        change,
                        new Draft(
                                IcwpModel.NOTIFICATION,
                                Map.of("QMART", "M1", "QMTXT", text(30), "IWERK", row.text("WERKS")),
                                Map.of())));
    }

    private void call(
            Change change, io.imaint.simulator.model.FunctionImport function, EntitySet set, String parameter) {
        any(set).ifPresent(row -> BusinessRules.call(change, function, Map.of(parameter, row.text(parameter))));
    }

    private void confirm(Change change) {
        any(IcwpModel.OPERATION)
                .ifPresent(row -> BusinessRules.create(
                        change,
                        new Draft(
                                IcwpModel.CONFIRMATION,
                                Map.of(
                                        "AUFNR",
                                        row.text("AUFNR"),
                                        "VORNR",
                                        row.text("VORNR"),
                                        "ISMNW",
                                        BigDecimal.valueOf(random.nextInt(40), 1)),
                                Map.of())));
    }

    private void measure(Change change) {
        any(IcwpModel.MEASURING_POINT)
                .ifPresent(row -> BusinessRules.create(
                        change,
                        new Draft(
                                IcwpModel.MEASUREMENT_DOCUMENT,
                                Map.of("POINT", row.text("POINT"), "READG", random.nextInt(1000) / 4.0),
                                Map.of())));
    }

    private void byForce(Change change, EntitySet set) {
        var row = any(set);
        if (row.isEmpty()) {
            return;
        }
        switch (random.nextInt(4)) {
            case 0 -> change.delete(row.get());
            case 1 -> change.put(another(row.get()));
            default -> change.put(altered(row.get()));
        }
    }

    /** The same under another key. */
    private Row another(Row row) {
        var key = row.set().properties().get(row.set().keyLength() - 1);
        var copy = row.copy();
        var old = row.text(key.name());
        return altered(copy.set(key.name(), key.form() == Property.Form.PLAIN && old.isEmpty() ? "A" : digits(old)));
    }

    private String digits(String old) {
        var digits = new StringBuilder();
        for (int i = 0; i < Math.max(1, old.length()); i++) {
            digits.append((char) ('0' + random.nextInt(10)));
        }
        return digits.toString();
    }

    private Row altered(Row row) {
        var open = row.set().properties().stream()
                .filter(property -> !property.key() && !property.name().equals("CHANGEDAT"))
                .toList();
        if (open.isEmpty()) {
            return row;
        }
        var property = open.get(random.nextInt(open.size()));
        var value = row.value(property.name());
        if (property.name().equals(daysAsText.get(row.set()))) {
            row.set(property.name(), random.nextInt(2) == 0 ? "20261399" : day());
        } else if (property.type() == EdmType.STRING && property.form() == Property.Form.PLAIN) {
            row.set(property.name(), random.nextInt(8) == 0 ? null : text(property.length()));
        } else if (value instanceof BigDecimal decimal) {
            row.set(property.name(), decimal.add(BigDecimal.valueOf(random.nextInt(9), property.scale())));
        } else if (value instanceof LocalDate date) {
            row.set(property.name(), moved(date));
        }
        return row;
    }

    private LocalDate moved(LocalDate date) {
        if (date.equals(UNREADABLE_DAY)) {
            return READABLE_DAY;
        }
        return random.nextInt(4) == 0 ? UNREADABLE_DAY : date.plusDays(random.nextInt(30));
    }

    private String text(int length) {
        var alphabet = "abc XYZ/\\\"'<&>%+#äß€";
        var text = new StringBuilder().append(steps % 10);
        while (text.length() < Math.min(length, 12)) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString().strip();
    }

    private Optional<Row> any(EntitySet set) {
        var rows = rows(set);
        return rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(random.nextInt(rows.size())));
    }

    private List<Row> rows(EntitySet set) {
        var rows = new ArrayList<Row>();
        var reader = plant.rows(set, List.of());
        var values = new Object[set.properties().size()];
        while (rows.size() < ROWS_LOOKED_AT && reader.next(values)) {
            rows.add(Row.of(set, values.clone()));
        }
        return rows;
    }
}
