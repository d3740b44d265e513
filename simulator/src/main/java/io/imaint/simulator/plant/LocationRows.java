package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.Dice.Roll;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The generated functional locations, from plant to position. */
final class LocationRows extends RowMaker {
    private static final int TPLNR = IcwpModel.FUNCTIONAL_LOCATION.place("TPLNR");
    private static final int PLTXT = IcwpModel.FUNCTIONAL_LOCATION.place("PLTXT");
    private static final int TPLKZ = IcwpModel.FUNCTIONAL_LOCATION.place("TPLKZ");
    private static final int FLTYP = IcwpModel.FUNCTIONAL_LOCATION.place("FLTYP");
    private static final int TPLMA = IcwpModel.FUNCTIONAL_LOCATION.place("TPLMA");
    private static final int EQART = IcwpModel.FUNCTIONAL_LOCATION.place("EQART");
    private static final int IWERK = IcwpModel.FUNCTIONAL_LOCATION.place("IWERK");
    private static final int INGRP = IcwpModel.FUNCTIONAL_LOCATION.place("INGRP");
    private static final int SWERK = IcwpModel.FUNCTIONAL_LOCATION.place("SWERK");
    private static final int STORT = IcwpModel.FUNCTIONAL_LOCATION.place("STORT");
    private static final int BEBER = IcwpModel.FUNCTIONAL_LOCATION.place("BEBER");
    private static final int ABCKZ = IcwpModel.FUNCTIONAL_LOCATION.place("ABCKZ");
    private static final int KOSTL = IcwpModel.FUNCTIONAL_LOCATION.place("KOSTL");
    private static final int BUKRS = IcwpModel.FUNCTIONAL_LOCATION.place("BUKRS");
    private static final int ARBPL = IcwpModel.FUNCTIONAL_LOCATION.place("ARBPL");
    private static final int RBNR = IcwpModel.FUNCTIONAL_LOCATION.place("RBNR");
    private static final int STATUSES = IcwpModel.FUNCTIONAL_LOCATION.place("STATUSES");
    private static final int ILOAN = IcwpModel.FUNCTIONAL_LOCATION.place("ILOAN");
    private static final int OBJNR = IcwpModel.FUNCTIONAL_LOCATION.place("OBJNR");
    private static final int ERNAM = IcwpModel.FUNCTIONAL_LOCATION.place("ERNAM");
    private static final int ERDAT = IcwpModel.FUNCTIONAL_LOCATION.place("ERDAT");
    private static final int AEDAT = IcwpModel.FUNCTIONAL_LOCATION.place("AEDAT");
    private static final int CHANGEDAT = IcwpModel.FUNCTIONAL_LOCATION.place("CHANGEDAT");

    private static final String[] OBJECT_TYPES = {"PLANT", "AREA", "UNIT", "SYSTEM", "POSITION"};
    /** When the structure was built up in SAP. */
    private static final int BUILT = Days.day(2016, 3, 1);

    private final Sites sites;

    LocationRows(Company company) {
        super(company);
        this.sites = company.sites;
    }

    /** The ABC indicator, the same for a position and for what is installed there. */
    static String importance(Dice dice, Sites.Area area, int unit, int place) {
        int roll = dice.below(Roll.ABC, area.locationsFrom() + unit * 1000L + place, 100);
        return roll < 15 ? "A" : roll < 50 ? "B" : "C";
    }

    @Override
    public long count() {
        return sites.locations;
    }

    @Override
    public String key(long index, int part) {
        int number = (int) index;
        Sites.Area area = sites.areaAtOrAfterLocation(number);
        int within = number - area.locationsFrom();
        if (within < 0) {
            return sites.plants.get(area.plant()).werks();
        }
        if (within == 0) {
            return area.key();
        }
        List<Tables.Place> places = area.kind().template().places();
        return sites.unitKey(area, (within - 1) / places.size())
                .concat(places.get((within - 1) % places.size()).suffix());
    }

    @Override
    public void fill(long index, @Nullable Object[] row) {
        int number = (int) index;
        Sites.Area area = sites.areaAtOrAfterLocation(number);
        Tables.Plant plant = sites.plants.get(area.plant());
        row[TPLNR] = key(index, 0);
        row[TPLKZ] = "IMNT";
        row[FLTYP] = "M";
        row[IWERK] = plant.werks();
        row[INGRP] = area.kind().template().places().size() > 12 ? "M01" : "E01";
        row[SWERK] = plant.werks();
        row[BUKRS] = plant.companyCode();
        // What stands at a location may be anything, so all codes may be used for it.
        row[RBNR] = "PM-GEN";
        row[STATUSES] = "CRTE";
        row[ILOAN] = Digits.of(10_001 + index, 12);
        row[OBJNR] = Digits.of("IF", 10_001 + index, 20);
        int within = number - area.locationsFrom();
        if (within < 0) {
            fillPlant(row, plant);
        } else if (within == 0) {
            fillPart(row, area, area.kind().name(), plant.werks(), 1);
        } else {
            fillInUnit(row, area, within - 1);
        }
        int changed = BUILT + company.dice.below(Roll.CHANGED, index, Days.TODAY - BUILT);
        boolean everChanged = changed > BUILT + 365;
        row[ERNAM] = "MIGRATION";
        row[ERDAT] = Days.date(BUILT);
        row[AEDAT] = Days.dateIf(everChanged, changed);
        row[CHANGEDAT] = Days.instant(
                everChanged ? changed : BUILT, company.dice.between(Roll.CHANGED_TIME, index, 5 * 3600, 22 * 3600));
    }

    private static void fillPlant(@Nullable Object[] row, Tables.Plant plant) {
        row[PLTXT] = plant.name1();
        row[TPLMA] = null;
        row[EQART] = OBJECT_TYPES[0];
        row[STORT] = null;
        row[BEBER] = null;
        row[ABCKZ] = "A";
        row[KOSTL] = Digits.of("0000" + plant.werks(), 0, 2);
        row[ARBPL] = "MECH";
    }

    private static void fillPart(@Nullable Object[] row, Sites.Area area, String text, String parent, int level) {
        row[PLTXT] = text;
        row[TPLMA] = parent;
        row[EQART] = OBJECT_TYPES[level];
        row[STORT] = area.location();
        row[BEBER] = area.kind().code();
        row[ABCKZ] = "B";
        row[KOSTL] = area.costCenter();
        row[ARBPL] = "MECH";
    }

    private void fillInUnit(@Nullable Object[] row, Sites.Area area, int within) {
        Tables.Template template = area.kind().template();
        int unit = within / template.places().size();
        int place = within % template.places().size();
        Tables.Place chosen = template.places().get(place);
        String unitKey = sites.unitKey(area, unit);
        String digits = sites.unitDigits(unit);
        switch (chosen.level()) {
            case 2 -> fillPart(row, area, area.kind().unit().concat(" ").concat(digits), area.key(), 2);
            case 3 -> fillPart(row, area, chosen.name() + " " + area.kind().unit() + " " + digits, unitKey, 3);
            case 4 -> {
                String tag =
                        chosen.tag().charAt(0) + "-" + digits + chosen.tag().substring(1);
                fillPart(row, area, chosen.name() + " " + tag, unitKey.concat(chosen.parentSuffix()), 4);
                row[ABCKZ] = importance(company.dice, area, unit, place);
                row[ARBPL] = discipline(template, place);
            }
            default -> throw new AssertionError("no level " + chosen.level());
        }
    }

    /** The discipline of the first equipment at a position. */
    private static String discipline(Tables.Template template, int place) {
        for (Tables.Fitting fitting : template.fittings()) {
            if (fitting.place() == place) {
                return fitting.type().discipline();
            }
        }
        return "MECH";
    }
}
