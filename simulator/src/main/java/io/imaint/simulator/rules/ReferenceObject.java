package io.imaint.simulator.rules;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.state.Change;
import io.imaint.simulator.state.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * The technical object that a notification or an order is about: an equipment where it is installed, a functional
 * location, or neither. What the caller did not say is taken from it.
 *
 * @param equipment null where the work is about a place or nothing
 * @param location null where the equipment is not installed
 */
record ReferenceObject(@Nullable Row equipment, @Nullable Row location) {
    /** What a row's EQUNR and TPLNR refer to; TPLNR is filled with the place where the equipment is. */
    static ReferenceObject of(Change change, Row row) {
        Row equipment = null;
        if (!row.text("EQUNR").isEmpty()) {
            equipment = Lookups.referred(change, IcwpModel.EQUIPMENT, "EQUNR", row.text("EQUNR"));
            usable(equipment, "EQUNR");
            var installed = equipment.text("TPLNR");
            if (!row.text("TPLNR").isEmpty() && !row.text("TPLNR").equals(installed)) {
                throw Refusal.business(
                        "IW/129",
                        "Equipment " + Fields.shown(row.text("EQUNR")) + " is not installed at functional location "
                                + row.text("TPLNR"),
                        "TPLNR");
            }
            row.set("TPLNR", installed);
        }
        Row location = null;
        if (!row.text("TPLNR").isEmpty()) {
            location = Lookups.referred(change, IcwpModel.FUNCTIONAL_LOCATION, "TPLNR", row.text("TPLNR"));
            usable(location, "TPLNR");
        }
        return new ReferenceObject(equipment, location);
    }

    private static void usable(Row object, String field) {
        boolean deleted = object.has("DLFL") || (object.set().has("LVORM") && object.flag("LVORM"));
        if (deleted || object.has("INAC")) {
            throw Refusal.business(
                    "IE/054",
                    Fields.label(object, field) + " "
                            + Fields.shown(object.key().getFirst())
                            + (deleted ? " is marked for deletion" : " is inactive"),
                    field);
        }
    }

    /** A value of the equipment, else of the functional location; empty if neither has it. */
    String text(String property) {
        for (var object : new @Nullable Row[] {equipment, location}) {
            if (object != null
                    && object.set().has(property)
                    && !object.text(property).isEmpty()) {
                return object.text(property);
            }
        }
        return "";
    }

    /** Fills a row's field with the object's, where the caller gave none. */
    void propose(Row row, String field, String property) {
        Fields.propose(row, field, text(property));
    }
}
