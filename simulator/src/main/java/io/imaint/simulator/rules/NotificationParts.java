package io.imaint.simulator.rules;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.state.Change;
import io.imaint.simulator.state.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The items, causes, tasks and activities of notifications (IW22). */
final class NotificationParts {
    private static final int NUMBER_MAX = 9999;

    /** One choice from a catalog: where a part keeps catalog, group and code, and where the type names the catalog. */
    private record Choice(String catalog, String group, String code, String ofType) {}

    /** A kind of part: the last part of its key, and what is chosen for it. */
    private record Kind(String number, List<Choice> choices) {}

    private static final Map<EntitySet, Kind> KINDS = Map.of(
            IcwpModel.NOTIFICATION_ITEM,
            new Kind(
                    "FENUM",
                    List.of(
                            new Choice("FEKAT", "FEGRP", "FECOD", "FEKAT"),
                            new Choice("OTKAT", "OTGRP", "OTEIL", "OTKAT"))),
            IcwpModel.CAUSE,
            new Kind("URNUM", List.of(new Choice("URKAT", "URGRP", "URCOD", "URKAT"))),
            IcwpModel.TASK,
            new Kind("MANUM", List.of(new Choice("MNKAT", "MNGRP", "MNCOD", "MAKAT"))),
            IcwpModel.ACTIVITY,
            new Kind("ACNUM", List.of(new Choice("MNKAT", "MNGRP", "MNCOD", "MFKAT"))));

    private NotificationParts() {}

    private static Kind kind(EntitySet set) {
        var kind = KINDS.get(set);
        if (kind == null) {
            throw new AssertionError(set + " is no part of a notification");
        }
        return kind;
    }

    static Row create(Change change, Draft draft) {
        change.requires("IW22");
        var given = draft.row();
        Fields.requires(given, "QMNUM");
        var notification = Notifications.open(change, given.text("QMNUM"));
        StatusNetwork.NOTIFICATION.requires(notification, Step.CHANGE);
        return createIn(change, notification, draft, "");
    }

    /** Creates all parts of a notification that is being created; items first, since the others refer to them. */
    static void createIn(Change change, Row notification, Draft parent) {
        for (var set : List.of(IcwpModel.NOTIFICATION_ITEM, IcwpModel.CAUSE, IcwpModel.TASK, IcwpModel.ACTIVITY)) {
            for (var draft : parent.below(set)) {
                createIn(change, notification, draft, "");
            }
        }
        if (!parent.below(IcwpModel.WORK_ORDER).isEmpty()) {
            throw Refusal.business("IW/204", "Create the notification first, then the order with its number", "AUFNR");
        }
    }

    private static Row createIn(Change change, Row notification, Draft draft, String item) {
        var part = draft.row().set("QMNUM", notification.text("QMNUM"));
        if (part.set() == IcwpModel.CAUSE) {
            item(change, part, item);
        } else if (part.set().has("URNUM")) {
            reference(change, part);
        }
        number(change, part);
        part.set("ERDAT", change.today());
        codes(change, notification, part, draft.values().keySet());
        check(part);
        if (part.set() == IcwpModel.TASK) {
            part.set("STATUSES", "TSOS");
            finish(change, part);
        }
        change.put(part);
        for (var cause : draft.below(IcwpModel.CAUSE)) {
            createIn(change, notification, cause, part.text("FENUM"));
        }
        return part;
    }

    /** A cause belongs to an item; where there is only one, that is meant. */
    private static void item(Change change, Row cause, String parent) {
        var wanted = parent.isEmpty() ? Fields.chosen(cause, "FENUM") : parent;
        if (wanted.isEmpty()) {
            var items = change.under(IcwpModel.NOTIFICATION_ITEM, cause.text("QMNUM")).stream()
                    .filter(item -> !item.flag("KZLOESCH"))
                    .toList();
            wanted = items.size() == 1 ? items.getFirst().text("FENUM") : "";
        }
        cause.set("FENUM", wanted);
        Fields.requires(cause, "FENUM");
        existingItem(change, cause);
    }

    private static void existingItem(Change change, Row part) {
        var item =
                Lookups.referred(change, IcwpModel.NOTIFICATION_ITEM, "FENUM", part.text("QMNUM"), part.text("FENUM"));
        if (item.flag("KZLOESCH")) {
            throw Refusal.business("IM/069", "Notification item " + part.text("FENUM") + " is deleted", "FENUM");
        }
    }

    /** Tasks and activities may belong to an item, or to a cause of it. */
    private static void reference(Change change, Row part) {
        part.set("FENUM", Fields.chosen(part, "FENUM")).set("URNUM", Fields.chosen(part, "URNUM"));
        if (!part.text("FENUM").isEmpty()) {
            existingItem(change, part);
        }
        if (!part.text("URNUM").isEmpty()) {
            Fields.requires(part, "FENUM");
            Lookups.referred(
                    change, IcwpModel.CAUSE, "URNUM", part.text("QMNUM"), part.text("FENUM"), part.text("URNUM"));
        }
    }

    private static void number(Change change, Row part) {
        var field = kind(part.set()).number();
        var wanted = Fields.chosen(part, field);
        if (wanted.isEmpty()) {
            var above = part.key().subList(0, part.key().size() - 1).toArray(String[]::new);
            int last = change.under(part.set(), above).stream()
                    .mapToInt(other -> Fields.value(other.text(field)))
                    .max()
                    .orElse(0);
            if (last >= NUMBER_MAX) {
                throw Refusal.business("IM/070", "No number is left after " + NUMBER_MAX, field);
            }
            wanted = "%04d".formatted(last + 1);
        }
        part.set(field, wanted);
        if (change.find(part.set(), part.key()).isPresent()) {
            throw Refusal.business("IM/071", Fields.label(part, field) + " " + wanted + " already exists", field);
        }
    }

    private static void codes(Change change, Row notification, Row part, Set<String> given) {
        var type = Notifications.type(change, notification);
        for (var choice : kind(part.set()).choices()) {
            Catalogs.check(
                    change,
                    part,
                    notification.text("RBNR"),
                    type.text(choice.ofType()),
                    given,
                    choice.group(),
                    choice.code());
            boolean chosen = !part.text(choice.code()).isEmpty();
            part.set(choice.catalog(), chosen ? type.text(choice.ofType()) : null);
        }
    }

    private static void check(Row part) {
        Fields.flags(part, "KZLOESCH");
        if (part.set().has("PSTER")) {
            Fields.inOrder(part, "PSTER", "PETER");
        }
    }

    /** A task is completed by the day on which it was. */
    private static void finish(Change change, Row task) {
        var day = task.date("ERLDAT");
        if (day == null) {
            return;
        }
        if (day.isAfter(change.today())) {
            throw Refusal.business("IM/208", "Completion date " + Fields.shown(day) + " is in the future", "ERLDAT");
        }
        StatusNetwork.TASK.take(task, Step.COMPLETE_TASK);
        Fields.propose(task, "ERLNAM", change.user());
    }

    static Row update(Change change, Row part, Map<String, @Nullable Object> given) {
        change.requires("IW22");
        var notification = Notifications.open(change, part.text("QMNUM"));
        var before = part.copy();
        var different = Fields.alter(part, given);
        if (different.isEmpty()) {
            return part;
        }
        StatusNetwork.NOTIFICATION.requires(notification, Step.CHANGE);
        codes(change, notification, part, different);
        check(part);
        if (part.set() == IcwpModel.TASK) {
            StatusNetwork.TASK.requires(before, Step.CHANGE);
            finish(change, part);
        }
        if (part.set() == IcwpModel.NOTIFICATION_ITEM && different.contains("KZLOESCH") && part.flag("KZLOESCH")) {
            deleteCauses(change, part);
        }
        return change.put(part.set("AEDAT", change.today()));
    }

    private static void deleteCauses(Change change, Row item) {
        for (var cause : change.under(IcwpModel.CAUSE, item.text("QMNUM"), item.text("FENUM"))) {
            change.put(cause.set("KZLOESCH", "X").set("AEDAT", change.today()));
        }
    }

    /** The tasks of a notification that somebody still has to do. */
    static List<Row> openTasks(Change change, String notification) {
        return change.under(IcwpModel.TASK, notification).stream()
                .filter(task -> !task.flag("KZLOESCH") && !task.has("TSCO"))
                .toList();
    }
}
