package io.imaint.simulator.rules;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.plant.PlantData;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A plant small enough to know by heart, with the customizing that the rules need. */
final class Workshop implements PlantData {
    static final String PUMP = "000000000000000001";
    static final String MOTOR = "000000000000000002";
    static final String SPARE = "000000000000000003";
    static final String SCRAPPED = "000000000000000004";
    static final String HALL = "1000-A";
    static final String LINE = "1000-A-01";
    static final String BEARING = "BEARING-6205";
    static final String OIL = "OIL-68";
    static final String COUNTER = "000000000001";
    static final String THERMOMETER = "000000000002";
    static final String LOOK = "000000000003";
    static final String RETIRED = "000000000004";
    static final String LOT = "000000000100";

    private final Map<EntitySet, TreeMap<String, @Nullable Object[]>> rows = new HashMap<>();

    Workshop() {
        customizing();
        catalogs();
        objects();
        materials();
        measuring();
        inspection();
    }

    private void customizing() {
        add(IcwpModel.PLANT, "WERKS", "1000", "LAND1", "DE");
        add(IcwpModel.PLANT, "WERKS", "2000", "LAND1", "GB");
        add(IcwpModel.PLANNER_GROUP, "IWERK", "1000", "INGRP", "M01");
        add(IcwpModel.WORK_CENTER, "WERKS", "1000", "ARBPL", "MECH");
        add(IcwpModel.WORK_CENTER, "WERKS", "1000", "ARBPL", "ELEC");
        add(IcwpModel.PERSON, "PERNR", "00000007", "ENAME", "Ada Schlosser");
        add(IcwpModel.ORDER_TYPE, "AUART", "PM01", "ARTPR", "PM", "STEUS", "PM01");
        add(IcwpModel.PRIORITY, "ARTPR", "PM", "PRIOK", "1", "TAGBN", 0, "TAGEN", 1);
        add(IcwpModel.PRIORITY, "ARTPR", "PM", "PRIOK", "3", "TAGBN", 2, "TAGEN", 16);
        add(IcwpModel.ACTIVITY_TYPE, "ILART", "REP");
    }

    private void catalogs() {
        add(
                IcwpModel.NOTIFICATION_TYPE,
                "QMART M2 ARTPR PM RBNR PM-GEN SAKAT D OTKAT B FEKAT C URKAT 5 MAKAT 2 MFKAT A".split(" ", -1));
        for (var profile : List.of("PM-GEN", "PM-PUMP")) {
            for (var group : List.of("D PM-ROT", "B PT-ALL", "C DM-MEC", "5 CS-ALL", "2 TK-ALL", "A AC-ALL")) {
                profile(profile, group.split(" ", -1));
            }
        }
        profile("PM-GEN", "D", "PM-ELE");
        for (var code : List.of(
                "D PM-ROT VIB",
                "D PM-ROT NOI",
                "D PM-ELE OHE",
                "B PT-ALL BEAR",
                "C DM-MEC WEAR",
                "5 CS-ALL AGED",
                "2 TK-ALL CALL",
                "A AC-ALL REPL",
                "1 IC-VIS OK",
                "1 IC-VIS NOK",
                "3 UD-PM ACC",
                "3 UD-PM REJ",
                "V OILSTATE CLEAR")) {
            var parts = code.split(" ", -1);
            add(IcwpModel.CATALOG_CODE, "KATALOGART", parts[0], "CODEGRUPPE", parts[1], "CODE", parts[2]);
        }
        add(IcwpModel.CATALOG_CODE, "KATALOGART", "D", "CODEGRUPPE", "PM-ROT", "CODE", "OLD", "INAKTIV", "X");
    }

    private void profile(String profile, String... catalogAndGroup) {
        add(
                IcwpModel.CATALOG_PROFILE,
                "RBNR",
                profile,
                "KATALOGART",
                catalogAndGroup[0],
                "CODEGRUPPE",
                catalogAndGroup[1]);
    }

    private void objects() {
        add(IcwpModel.FUNCTIONAL_LOCATION, "TPLNR", "1000", "IWERK", "1000", "SWERK", "1000", "BUKRS", "1000");
        add(
                IcwpModel.FUNCTIONAL_LOCATION,
                ("TPLNR 1000-A TPLMA 1000 IWERK 1000 INGRP M01 SWERK 1000 STORT BLD-01 BUKRS 1000 KOSTL 4711 ARBPL MECH"
                                + " RBNR PM-GEN STATUSES CRTE")
                        .split(" ", -1));
        add(
                IcwpModel.FUNCTIONAL_LOCATION,
                "TPLNR 1000-A-01 TPLMA 1000-A IWERK 1000 SWERK 1000 BUKRS 1000 KOSTL 4712 ARBPL ELEC".split(" ", -1));
        add(IcwpModel.FUNCTIONAL_LOCATION, "TPLNR", "1000-X", "SWERK", "1000", "STATUSES", "CRTE INAC");
        add(
                IcwpModel.EQUIPMENT,
                ("EQUNR 000000000000000001 TPLNR 1000-A IWERK 1000 INGRP M01 SWERK 1000 KOSTL 4713 ARBPL MECH WAERS EUR"
                                + " RBNR PM-PUMP STATUSES INST")
                        .split(" ", -1));
        add(
                IcwpModel.EQUIPMENT,
                "EQUNR 000000000000000002 HEQUI 000000000000000001 TPLNR 1000-A SWERK 1000 STATUSES".split(" ", -1),
                "ASEQ INST");
        add(IcwpModel.EQUIPMENT, "EQUNR", SPARE, "SWERK", "1000", "STATUSES", "AVLB");
        add(IcwpModel.EQUIPMENT, "EQUNR", SCRAPPED, "SWERK", "1000", "STATUSES", "AVLB", "LVORM", "X");
    }

    private void materials() {
        add(IcwpModel.MATERIAL, "MATNR", BEARING, "MAKTX", "Ball bearing", "MEINS", "PC");
        add(IcwpModel.MATERIAL, "MATNR", OIL, "MAKTX", "Oil", "MEINS", "L");
        add(IcwpModel.MATERIAL, "MATNR", "GONE", "MEINS", "PC", "LVORM", "X");
        stock(BEARING, "0001", "10");
        stock(BEARING, "0002", "2");
        stock(OIL, "0003", "200.5");
    }

    private void stock(String material, String location, String quantity) {
        add(
                IcwpModel.STOCK,
                "MATNR",
                material,
                "WERKS",
                "1000",
                "LGORT",
                location,
                "LABST",
                new BigDecimal(quantity),
                "MEINS",
                material.equals(OIL) ? "L" : "PC");
    }

    private void measuring() {
        add(IcwpModel.MEASURING_POINT, "POINT", COUNTER, "INDCT", "X", "MRNGU", "H", "CJUMP", 10_000.0);
        add(IcwpModel.MEASURING_POINT, "POINT", THERMOMETER, "MRNGU", "CEL", "MRMIN", -10.0, "MRMAX", 80.0);
        add(IcwpModel.MEASURING_POINT, "POINT", LOOK, "CODGR", "OILSTATE");
        add(IcwpModel.MEASURING_POINT, "POINT", RETIRED, "INACT", "X");
    }

    private void inspection() {
        add(IcwpModel.INSPECTION_LOT, "PRUEFLOS", LOT, "STATUSES", "REL");
        characteristic("0001", "QUANTITATIV", "X", "TOLERANZUN", 9.5, "TOLERANZOB", 10.5);
        characteristic("0002", "AUSWMENGE1", "IC-VIS");
    }

    private void characteristic(String number, Object... more) {
        var all = new Object[6 + more.length];
        var key = new Object[] {"PRUEFLOS", LOT, "VORGLFNR", "00000001", "MERKNR", number};
        System.arraycopy(key, 0, all, 0, key.length);
        System.arraycopy(more, 0, all, key.length, more.length);
        add(IcwpModel.INSPECTION_CHARACTERISTIC, all);
    }

    private void add(EntitySet set, String[] namesAndValues, String last) {
        var all = new Object[namesAndValues.length + 1];
        System.arraycopy(namesAndValues, 0, all, 0, namesAndValues.length);
        all[namesAndValues.length] = last;
        add(set, all);
    }

    private void add(EntitySet set, String[] namesAndValues) {
        add(set, (Object[]) namesAndValues);
    }

    /** Adds a row, or replaces the one with its key. */
    Workshop add(EntitySet set, Object... namesAndValues) {
        var row = Row.of(set);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            row.set((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        rows.computeIfAbsent(set, none -> new TreeMap<>()).put(place(row.key()), row.values());
        return this;
    }

    /** Forgets a set, as a landscape that does not know its table. */
    Workshop without(EntitySet set) {
        rows.remove(set);
        return this;
    }

    /** Keys in one string, whose order is that of the keys part by part. */
    private static String place(List<String> key) {
        return String.join("\u0000", key);
    }

    @Override
    public long count(EntitySet set) {
        return rows.getOrDefault(set, new TreeMap<>()).size();
    }

    @Override
    public Rows rows(EntitySet set, List<String> from) {
        Iterator<@Nullable Object[]> rest = rows.getOrDefault(set, new TreeMap<>())
                .tailMap(place(from))
                .values()
                .iterator();
        return row -> {
            if (!rest.hasNext()) {
                return false;
            }
            System.arraycopy(rest.next(), 0, row, 0, row.length);
            return true;
        };
    }

    @Override
    public String description() {
        return "a workshop";
    }
}
