package io.imaint.simulator.rules;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.state.Change;
import io.imaint.simulator.state.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the objects that a change is about or refers to, and refuses in SAP's words what does not exist. */
final class Lookups {
    /** How SAP's messages name an object, and the message that says it does not exist. */
    private record Words(String noun, String missing) {}

    private static final Map<EntitySet, Words> WORDS = Map.ofEntries(
            words(IcwpModel.PLANT, "Plant", "M3/014"),
            words(IcwpModel.PLANNER_GROUP, "Maintenance planner group", "IW/033"),
            words(IcwpModel.WORK_CENTER, "Work center", "CR/025"),
            words(IcwpModel.PERSON, "Personnel number", "PG/001"),
            words(IcwpModel.ORDER_TYPE, "Order type", "IW/061"),
            words(IcwpModel.NOTIFICATION_TYPE, "Notification type", "IM/001"),
            words(IcwpModel.PRIORITY, "Priority", "IM/007"),
            words(IcwpModel.ACTIVITY_TYPE, "Maintenance activity type", "IW/118"),
            words(IcwpModel.FUNCTIONAL_LOCATION, "Functional location", "IL/001"),
            words(IcwpModel.EQUIPMENT, "Equipment", "IE/003"),
            words(IcwpModel.MEASURING_POINT, "Measuring point", "IR/004"),
            words(IcwpModel.MEASUREMENT_DOCUMENT, "Measurement document", "IR/034"),
            words(IcwpModel.NOTIFICATION, "Notification", "IM/010"),
            words(IcwpModel.NOTIFICATION_ITEM, "Notification item", "IM/065"),
            words(IcwpModel.CAUSE, "Cause", "IM/066"),
            words(IcwpModel.TASK, "Task", "IM/067"),
            words(IcwpModel.ACTIVITY, "Activity", "IM/068"),
            words(IcwpModel.WORK_ORDER, "Order", "IW/010"),
            words(IcwpModel.OPERATION, "Operation", "CN/018"),
            words(IcwpModel.COMPONENT, "Reservation item", "M7/031"),
            words(IcwpModel.CONFIRMATION, "Confirmation", "RU/007"),
            words(IcwpModel.MATERIAL, "Material", "M3/305"),
            words(IcwpModel.GOODS_MOVEMENT, "Material document", "M7/042"),
            words(IcwpModel.TIME_SHEET, "Time sheet record", "HRTIM00WS/001"),
            words(IcwpModel.INSPECTION_LOT, "Inspection lot", "QA/004"));

    /** The whole that a part belongs to: it is locked as one. */
    private record Whole(EntitySet set, String by) {}

    private static final Map<EntitySet, Whole> WHOLES = Map.of(
            IcwpModel.OPERATION, new Whole(IcwpModel.WORK_ORDER, "AUFNR"),
            IcwpModel.COMPONENT, new Whole(IcwpModel.WORK_ORDER, "AUFNR"),
            IcwpModel.NOTIFICATION_ITEM, new Whole(IcwpModel.NOTIFICATION, "QMNUM"),
            IcwpModel.CAUSE, new Whole(IcwpModel.NOTIFICATION, "QMNUM"),
            IcwpModel.TASK, new Whole(IcwpModel.NOTIFICATION, "QMNUM"),
            IcwpModel.ACTIVITY, new Whole(IcwpModel.NOTIFICATION, "QMNUM"),
            IcwpModel.MEASUREMENT_DOCUMENT, new Whole(IcwpModel.MEASURING_POINT, "POINT"),
            IcwpModel.TIME_SHEET, new Whole(IcwpModel.PERSON, "PERNR"),
            IcwpModel.INSPECTION_CHARACTERISTIC, new Whole(IcwpModel.INSPECTION_LOT, "PRUEFLOS"));

    private Lookups() {}

    private static Map.Entry<EntitySet, Words> words(EntitySet set, String noun, String missing) {
        return Map.entry(set, new Words(noun, missing));
    }

    private static Words words(EntitySet set) {
        var words = WORDS.get(set);
        if (words == null) {
            throw new AssertionError("no words for " + set);
        }
        return words;
    }

    /** What a request names; it is refused as not found where it does not exist. */
    static Row named(Change change, EntitySet set, String... key) {
        return change.find(set, key)
                .orElseThrow(() -> Refusal.notFound(words(set).missing(), missing(set, key)));
    }

    /** What a field refers to; that field is refused where it does not exist. */
    static Row referred(Change change, EntitySet set, String field, String... key) {
        return change.find(set, key)
                .orElseThrow(() -> Refusal.business(words(set).missing(), missing(set, key), field));
    }

    /**
     * A row of customizing that a field refers to. A landscape that knows nothing of that table, such as an extract
     * without it, permits every value: it cannot say what is wrong.
     */
    static Optional<Row> customized(Change change, EntitySet set, String field, String... key) {
        return known(change, set) ? Optional.of(referred(change, set, field, key)) : Optional.empty();
    }

    static boolean known(Change change, EntitySet set) {
        return change.before().count(set) > 0;
    }

    /**
     * Like {@link #customized}, if all the fields that make the key have a value and the caller gave one of them: what
     * was there before or comes from master data is not the caller's to mend.
     */
    static void check(Change change, Row row, Set<String> given, EntitySet set, String... fields) {
        var key = Arrays.stream(fields).map(row::text).toArray(String[]::new);
        if (!List.of(key).contains("") && Arrays.stream(fields).anyMatch(given::contains)) {
            customized(change, set, fields[fields.length - 1], key);
        }
    }

    /** Goes on only if nobody else works on an object. */
    static void unlocked(Change change, EntitySet set, String... key) {
        change.requiresUnlocked(object(set, key));
    }

    static void unlocked(Change change, Row row) {
        unlocked(change, row.set(), row.key().toArray(String[]::new));
    }

    /** The name of the object that is locked while an entity is changed. */
    static String lockedObject(Row row) {
        var whole = WHOLES.get(row.set());
        return whole == null
                ? object(row.set(), row.key().toArray(String[]::new))
                : object(whole.set(), row.text(whole.by()));
    }

    private static String object(EntitySet set, String... key) {
        var words = WORDS.get(set);
        return (words == null ? set.typeName() : words.noun()) + " " + String.join(" ", key);
    }

    private static String missing(EntitySet set, String... key) {
        var shown = Arrays.stream(key)
                .filter(part -> !part.isEmpty())
                .map(Fields::shown)
                .collect(Collectors.joining(" "));
        return words(set).noun() + " " + shown + " does not exist";
    }
}
