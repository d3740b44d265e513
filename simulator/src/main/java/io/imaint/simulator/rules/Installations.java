package io.imaint.simulator.rules;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.state.Change;
import io.imaint.simulator.state.Refusal;
import io.imaint.simulator.state.SapMessage;
import java.util.Map;
import java.util.Set;

/**
 * Where an equipment is (IE02): at a functional location, in a superior equipment, or nowhere. What is in it goes along.
 * SAP keeps every such period (EQUZ); here only the present one is known.
 */
final class Installations {
    /** Deeper than any equipment is built of others. */
    private static final int DEPTH_MAX = 50;

    private static final Set<String> PLACED = Set.of("INST", "AVLB");

    private Installations() {}

    static Row install(Change change, String number, String place) {
        change.requires("IE02");
        var equipment = Lookups.named(change, IcwpModel.EQUIPMENT, number);
        Lookups.unlocked(change, equipment);
        Lookups.unlocked(change, IcwpModel.FUNCTIONAL_LOCATION, place);
        if (!equipment.text("TPLNR").isEmpty()) {
            throw Refusal.business(
                    "IE/151",
                    "Equipment " + Fields.shown(number) + " is already installed at functional location "
                            + equipment.text("TPLNR"),
                    "TPLNR");
        }
        StatusNetwork.EQUIPMENT.requires(equipment, Step.INSTALL);
        putAt(change, equipment, place);
        change.say(SapMessage.success(
                "IE/152", "Equipment " + Fields.shown(number) + " installed at functional location " + place));
        return change.put(equipment.set("AEDAT", change.today()));
    }

    static Row dismantle(Change change, String number) {
        change.requires("IE02");
        var equipment = Lookups.named(change, IcwpModel.EQUIPMENT, number);
        Lookups.unlocked(change, equipment);
        if (equipment.text("TPLNR").isEmpty() && equipment.text("HEQUI").isEmpty()) {
            throw Refusal.business("IE/153", "Equipment " + Fields.shown(number) + " is not installed", "TPLNR");
        }
        StatusNetwork.EQUIPMENT.requires(equipment, Step.DISMANTLE);
        takeOut(change, equipment);
        change.say(SapMessage.success("IE/154", "Equipment " + Fields.shown(number) + " dismantled"));
        return change.put(equipment.set("AEDAT", change.today()));
    }

    /** Puts an equipment at a place, whose plant and cost center become its own. */
    static void putAt(Change change, Row equipment, String place) {
        var location = Lookups.referred(change, IcwpModel.FUNCTIONAL_LOCATION, "TPLNR", place);
        if (location.has("INAC") || location.has("DLFL")) {
            throw Refusal.business(
                    "IL/061", "Functional location " + place + " permits no installation: it is out of use", "TPLNR");
        }
        for (var field : new String[] {"SWERK", "STORT", "KOSTL"}) {
            if (!location.text(field).isEmpty()) {
                equipment.set(field, location.text(field));
            }
        }
        Fields.derive(equipment, location, "IWERK", "INGRP", "ARBPL", "ABCKZ");
        move(change, equipment, place, 0);
    }

    /** Puts an equipment into the superior one that its HEQUI names. */
    static void putInto(Change change, Row equipment) {
        var superior = TechnicalObjects.superior(change, equipment, "HEQUI");
        Lookups.unlocked(change, superior);
        Fields.derive(equipment, superior, "IWERK", "INGRP", "SWERK", "STORT", "KOSTL", "ARBPL");
        move(change, equipment, superior.text("TPLNR"), 0);
    }

    static void takeOut(Change change, Row equipment) {
        equipment.set("HEQUI", null).set("HEQNR", null);
        move(change, equipment, "", 0);
    }

    /** Moves an equipment with all that is in it. */
    private static void move(Change change, Row equipment, String place, int depth) {
        if (depth > DEPTH_MAX) {
            throw Refusal.business("IE/145", "Equipment stands above itself", "HEQUI");
        }
        equipment.set("TPLNR", place);
        SystemStatuses.set(equipment, PLACED, place.isEmpty() ? "AVLB" : "INST");
        if (equipment.text("HEQUI").isEmpty()) {
            SystemStatuses.set(equipment, Set.of("ASEQ"));
        } else {
            // What is in another equipment is not available, wherever that is.
            SystemStatuses.set(equipment, Set.of("AVLB"), "ASEQ");
        }
        Map<String, Object> inside = Map.of("HEQUI", equipment.text("EQUNR"));
        for (var part : change.having(IcwpModel.EQUIPMENT, inside).toList()) {
            move(change, part, place, depth + 1);
            change.put(part.set("AEDAT", change.today()));
        }
    }
}
