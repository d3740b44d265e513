package io.imaint.simulator.rules;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.state.Change;
import io.imaint.simulator.state.NumberRange;
import io.imaint.simulator.state.Refusal;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Operations and suboperations of orders (IW32). */
final class Operations {
    private static final String OWN_STAFF = "PM01";
    private static final int STEP = 10;
    private static final int NUMBER_MAX = 9999;

    private Operations() {}

    static Row create(Change change, Draft draft) {
        change.requires("IW32");
        var given = draft.row();
        Fields.requires(given, "AUFNR");
        var order = Orders.open(change, given.text("AUFNR"));
        StatusNetwork.ORDER.requires(order, Step.CHANGE);
        var operation = createIn(change, order, draft);
        Orders.reflectOperations(change, order);
        Orders.keep(change, order);
        return operation;
    }

    /** Adds an operation to an order that is being created or changed. */
    static Row createIn(Change change, Row order, Draft draft) {
        var operation = draft.row();
        var number = order.text("AUFNR");
        operation.set("AUFNR", number);
        var others = change.under(IcwpModel.OPERATION, number);
        number(change, operation, others);
        if (order.text("AUFPL").isEmpty()) {
            order.set("AUFPL", change.next(NumberRange.ROUTING));
        }
        var counter = "%08d"
                .formatted(1
                        + others.stream()
                                .mapToInt(other -> Fields.value(other.text("APLZL")))
                                .max()
                                .orElse(0));
        operation
                .set("AUFPL", order.text("AUFPL"))
                .set("APLZL", counter)
                .set("OBJNR", "OV" + order.text("AUFPL") + counter)
                .set("RUECK", change.next(NumberRange.CONFIRMATION))
                .set("ISMNW", BigDecimal.ZERO)
                .set("STATUSES", order.has("REL") ? "REL" : "CRTD");
        propose(change, operation, order);
        check(change, operation, draft.values().keySet());
        return change.put(operation);
    }

    private static void number(Change change, Row operation, List<Row> others) {
        var wanted = Fields.chosen(operation, "VORNR");
        var suboperation = Fields.chosen(operation, "UVORN");
        if (!suboperation.isEmpty()) {
            Lookups.referred(change, IcwpModel.OPERATION, "VORNR", operation.text("AUFNR"), wanted, "");
        } else if (wanted.isEmpty()) {
            int last = others.stream()
                    .mapToInt(other -> Fields.value(other.text("VORNR")))
                    .max()
                    .orElse(0);
            int next = (last / STEP + 1) * STEP;
            if (next > NUMBER_MAX) {
                throw Refusal.business("CN/021", "No operation number is left after " + last, "VORNR");
            }
            wanted = "%04d".formatted(next);
        }
        operation.set("VORNR", wanted).set("UVORN", suboperation);
        if (change.find(IcwpModel.OPERATION, operation.key()).isPresent()) {
            throw Refusal.business(
                    "CN/019",
                    "Operation " + (wanted + " " + suboperation).strip() + " already exists",
                    suboperation.isEmpty() ? "VORNR" : "UVORN");
        }
    }

    private static void propose(Change change, Row operation, Row order) {
        var key = change.find(IcwpModel.ORDER_TYPE, order.text("AUART"))
                .map(type -> type.text("STEUS"))
                .orElse("");
        Fields.propose(operation, "STEUS", key.isEmpty() ? OWN_STAFF : key);
        if (operation.text("ARBPL").isEmpty()) {
            Fields.propose(operation, "ARBPL", order.text("ARBPL"));
            Fields.propose(operation, "WERKS", order.text("VAWRK"));
        }
        Fields.propose(operation, "WERKS", order.text("WERKS"));
        Fields.propose(operation, "LTXA1", order.text("KTEXT"));
        Fields.propose(operation, "ARBEI", BigDecimal.ZERO);
        Fields.propose(operation, "ARBEH", WorkTime.HOURS);
        Fields.propose(operation, "DAUNO", BigDecimal.ZERO);
        Fields.propose(operation, "DAUNE", WorkTime.HOURS);
        var start = operation.date("FSAVD");
        var finish = order.date("GLTRP");
        Fields.propose(operation, "SSEDD", start != null && finish != null && start.isAfter(finish) ? start : finish);
        var last = operation.date("SSEDD");
        var first = order.date("GSTRP");
        Fields.propose(operation, "FSAVD", last != null && first != null && last.isBefore(first) ? last : first);
    }

    private static void check(Change change, Row operation, Set<String> given) {
        Fields.notNegative(operation, "ARBEI", "DAUNO");
        for (var unit : List.of("ARBEH", "DAUNE")) {
            if (given.contains(unit)) {
                WorkTime.unit(operation, unit);
            }
        }
        Lookups.check(change, operation, given, IcwpModel.PLANT, "WERKS");
        Lookups.check(change, operation, given, IcwpModel.WORK_CENTER, "WERKS", "ARBPL");
        if (given.contains("PERNR")) {
            WorkTime.person(change, operation);
        }
        if (given.contains("FSAVD") || given.contains("SSEDD")) {
            Fields.inOrder(operation, "FSAVD", "SSEDD");
        }
    }

    static Row update(Change change, Row operation, Map<String, @Nullable Object> given) {
        change.requires("IW32");
        var order = Orders.open(change, operation.text("AUFNR"));
        var unit = operation.text("ARBEH");
        var different = Fields.alter(operation, given);
        if (different.isEmpty()) {
            return operation;
        }
        StatusNetwork.ORDER.requires(order, Step.CHANGE);
        Fields.keeps(operation, different, "STEUS", "WERKS", "ARBEH", "DAUNE");
        check(change, operation, different);
        if (different.contains("ARBEH") && operation.decimal("ISMNW").signum() != 0) {
            operation.set("ISMNW", WorkTime.convert(operation.decimal("ISMNW"), unit, operation.text("ARBEH")));
        }
        return change.put(operation);
    }

    /** Takes all operations of an order along with it. */
    static void follow(Change change, String order, Step step) {
        for (var operation : change.under(IcwpModel.OPERATION, order)) {
            if (StatusNetwork.OPERATION.permits(operation, step)) {
                change.put(StatusNetwork.OPERATION.take(operation, step));
            }
        }
    }
}
