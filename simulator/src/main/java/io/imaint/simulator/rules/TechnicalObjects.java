package io.imaint.simulator.rules;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.state.Change;
import io.imaint.simulator.state.NumberRange;
import io.imaint.simulator.state.Refusal;
import io.imaint.simulator.state.SapMessage;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Functional locations (IL01, IL02) and equipment (IE01, IE02). Where an equipment is, is {@link Installations}' matter. */
final class TechnicalObjects {
    /** What a number that people choose may consist of. */
    private static final Pattern CHOSEN = Pattern.compile("[A-Z0-9](?:[A-Z0-9 ./_+&-]*[A-Z0-9./_+&-])?");
    /** Deeper than any hierarchy that people build; one that does not end by then goes in a circle. */
    private static final int DEPTH_MAX = 50;

    private static final String LEVEL = "-";
    private static final String MACHINES = "M";

    private TechnicalObjects() {}

    static Row createLocation(Change change, Draft draft) {
        change.requires("IL01");
        var location = draft.row();
        var key = chosen(location, "TPLNR");
        Lookups.unlocked(change, location);
        if (change.find(IcwpModel.FUNCTIONAL_LOCATION, key).isPresent()) {
            throw Refusal.business("IL/010", "Functional location " + key + " already exists", "TPLNR");
        }
        Fields.propose(location, "TPLMA", structureOf(change, key));
        if (!location.text("TPLMA").isEmpty()) {
            var superior = superior(change, location, "TPLMA");
            Fields.derive(
                    location, superior, "TPLKZ", "FLTYP", "IWERK", "INGRP", "SWERK", "STORT", "BEBER", "KOSTL", "BUKRS",
                    "ARBPL");
        }
        Fields.propose(location, "FLTYP", MACHINES);
        Fields.propose(location, "SWERK", location.text("IWERK"));
        Fields.propose(location, "IWERK", location.text("SWERK"));
        check(change, location, draft.values().keySet());
        var assignment = change.next(NumberRange.LOCATION);
        location.set("ILOAN", "00" + assignment)
                .set("OBJNR", "IF" + "0".repeat(10) + assignment)
                .set("STATUSES", "CRTE")
                .set("ERNAM", change.user())
                .set("ERDAT", change.today());
        change.say(SapMessage.success("IL/021", "Functional location " + key + " created"));
        return change.put(location);
    }

    /** The nearest place above that exists, as the key's parts tell: A-B above A-B-C. */
    private static String structureOf(Change change, String key) {
        var above = key;
        while (above.contains(LEVEL)) {
            above = above.substring(0, above.lastIndexOf(LEVEL));
            if (change.find(IcwpModel.FUNCTIONAL_LOCATION, above).isPresent()) {
                return above;
            }
        }
        return "";
    }

    /** A key that a person chose, in upper case as SAP keeps it. */
    private static String chosen(Row object, String property) {
        Fields.requires(object, property);
        var key = object.text(property).strip().toUpperCase(Locale.ROOT);
        if (!CHOSEN.matcher(key).matches()) {
            throw Refusal.business(
                    "IL/012", Fields.label(object, property) + " has characters that are not allowed", property);
        }
        object.set(property, key);
        return key;
    }

    static Row updateLocation(Change change, Row location, Map<String, @Nullable Object> given) {
        change.requires("IL02");
        Lookups.unlocked(change, location);
        var different = Fields.alter(location, given);
        if (different.isEmpty()) {
            return location;
        }
        refuseDeleted(location);
        if (different.contains("TPLMA") && !location.text("TPLMA").isEmpty()) {
            superior(change, location, "TPLMA");
        }
        check(change, location, different);
        return change.put(location.set("AEDAT", change.today()));
    }

    static Row createEquipment(Change change, Draft draft) {
        change.requires("IE01");
        var equipment = draft.row();
        number(change, equipment);
        Fields.propose(equipment, "EQTYP", MACHINES);
        equipment
                .set("OBJNR", "IE" + equipment.text("EQUNR"))
                .set("STATUSES", "AVLB")
                .set("ERNAM", change.user())
                .set("ERDAT", change.today());
        if (!equipment.text("MATNR").isEmpty()) {
            Lookups.referred(change, IcwpModel.MATERIAL, "MATNR", equipment.text("MATNR"));
        }
        var wanted = equipment.text("TPLNR");
        equipment.set("TPLNR", null);
        if (!equipment.text("HEQUI").isEmpty()) {
            Installations.putInto(change, equipment);
            if (!wanted.isEmpty() && !wanted.equals(equipment.text("TPLNR"))) {
                throw Refusal.business(
                        "IE/157",
                        "Equipment is where its superior equipment is, at functional location "
                                + equipment.text("TPLNR"),
                        "TPLNR");
            }
        } else if (!wanted.isEmpty()) {
            Installations.putAt(change, equipment, wanted);
        }
        check(change, equipment, draft.values().keySet());
        checkValues(equipment);
        change.say(
                SapMessage.success("IE/094", "Equipment created with number " + Fields.shown(equipment.text("EQUNR"))));
        return change.put(equipment);
    }

    private static void number(Change change, Row equipment) {
        if (Fields.initial(equipment, "EQUNR")) {
            do { // People may have taken some of the next numbers for themselves.
                equipment.set("EQUNR", change.next(NumberRange.EQUIPMENT));
            } while (change.find(IcwpModel.EQUIPMENT, equipment.key()).isPresent());
            return;
        }
        chosen(equipment, "EQUNR");
        Lookups.unlocked(change, equipment);
        if (change.find(IcwpModel.EQUIPMENT, equipment.key()).isPresent()) {
            throw Refusal.business(
                    "IE/029", "Equipment " + Fields.shown(equipment.text("EQUNR")) + " already exists", "EQUNR");
        }
    }

    static Row updateEquipment(Change change, Row equipment, Map<String, @Nullable Object> given) {
        change.requires("IE02");
        Lookups.unlocked(change, equipment);
        var before = equipment.copy();
        var different = Fields.alter(equipment, given);
        if (different.isEmpty()) {
            return equipment;
        }
        refuseDeleted(before);
        StatusNetwork.EQUIPMENT.requires(before, Step.CHANGE);
        if (different.contains("HEQUI")) {
            if (equipment.text("HEQUI").isEmpty()) {
                Installations.takeOut(change, equipment);
            } else {
                Installations.putInto(change, equipment);
            }
        }
        check(change, equipment, different);
        checkValues(equipment);
        return change.put(equipment.set("AEDAT", change.today()));
    }

    private static void refuseDeleted(Row object) {
        boolean flagged = object.set().has("LVORM") && object.flag("LVORM");
        if (flagged || object.has("DLFL")) {
            throw Refusal.business("IE/054", Fields.shown(object.key().getFirst()) + " is marked for deletion");
        }
    }

    private static void check(Change change, Row object, Set<String> given) {
        Lookups.check(change, object, given, IcwpModel.PLANT, "IWERK");
        Lookups.check(change, object, given, IcwpModel.PLANT, "SWERK");
        Lookups.check(change, object, given, IcwpModel.PLANNER_GROUP, "IWERK", "INGRP");
        Lookups.check(change, object, given, IcwpModel.WORK_CENTER, "SWERK", "ARBPL");
        var profile = object.text("RBNR");
        if (given.contains("RBNR")
                && !profile.isEmpty()
                && Lookups.known(change, IcwpModel.CATALOG_PROFILE)
                && change.under(IcwpModel.CATALOG_PROFILE, profile).isEmpty()) {
            throw Refusal.business("IE/071", "Catalog profile " + profile + " does not exist", "RBNR");
        }
    }

    private static void checkValues(Row equipment) {
        Fields.notNegative(equipment, "ANSWT", "BRGEW");
        var month = equipment.text("BAUMM");
        if (!month.isEmpty() && (Fields.value(month) < 1 || Fields.value(month) > 12)) {
            throw Refusal.business("IE/062", "Month of construction " + month + " is not a month", "BAUMM");
        }
        var year = equipment.text("BAUJJ");
        if (!year.isEmpty() && (year.length() != 4 || !Fields.isDigits(year))) {
            throw Refusal.business("IE/063", "Year of construction " + year + " is not a year", "BAUJJ");
        }
    }

    /** The object above another; nothing may stand above itself. */
    static Row superior(Change change, Row object, String field) {
        EntitySet set = object.set();
        var superior = Lookups.referred(change, set, field, object.text(field));
        var own = object.key().getFirst();
        var seen = new HashSet<String>();
        Row above = superior;
        while (above != null && seen.size() <= DEPTH_MAX) {
            if (above.key().getFirst().equals(own) || !seen.add(above.key().getFirst())) {
                throw circle(object, field);
            }
            above = above.text(field).isEmpty()
                    ? null
                    : change.find(set, above.text(field)).orElse(null);
        }
        if (above != null) {
            throw circle(object, field);
        }
        return superior;
    }

    private static Refusal circle(Row object, String field) {
        return Refusal.business(
                "IE/145",
                Fields.shown(object.key().getFirst()) + " would stand above itself by "
                        + Fields.shown(object.text(field)),
                field);
    }
}
