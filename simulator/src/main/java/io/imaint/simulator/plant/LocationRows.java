package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.Dice.Roll;
import java.util.List;

/** The generated functional locations, from plant to position. */
final class LocationRows extends RowMaker {

    private static final String[] OBJECT_TYPES = {"PLANT", "AREA", "UNIT", "SYSTEM", "POSITION"};
    /** When the structure was built up in SAP. */
    private static final int BUILT = Days.day(2016, 3, 1);

    private final Sites sites;

    LocationRows(Company company) {
        super(IcwpModel.FUNCTIONAL_LOCATION, company);
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
    void fill(long index, RowValues row) {
        int number = (int) index;
        Sites.Area area = sites.areaAtOrAfterLocation(number);
        Tables.Plant plant = sites.plants.get(area.plant());
        row.put("TPLNR", key(index, 0));
        row.put("TPLKZ", "IMNT");
        row.put("FLTYP", "M");
        row.put("IWERK", plant.werks());
        row.put("INGRP", area.kind().template().places().size() > 12 ? "M01" : "E01");
        row.put("SWERK", plant.werks());
        row.put("BUKRS", plant.companyCode());
        // What stands at a location may be anything, so all codes may be used for it.
        row.put("RBNR", "PM-GEN");
        row.put("STATUSES", "CRTE");
        row.put("ILOAN", Digits.of(10_001 + index, 12));
        row.put("OBJNR", Digits.of("IF", 10_001 + index, 20));
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
        row.put("ERNAM", "MIGRATION");
        row.put("ERDAT", Days.date(BUILT));
        row.put("AEDAT", Days.dateIf(everChanged, changed));
        row.put(
                "CHANGEDAT",
                Days.instant(
                        everChanged ? changed : BUILT,
                        company.dice.between(Roll.CHANGED_TIME, index, 5 * 3600, 22 * 3600)));
    }

    private static void fillPlant(RowValues row, Tables.Plant plant) {
        row.put("PLTXT", plant.name1());
        row.put("TPLMA", null);
        row.put("EQART", OBJECT_TYPES[0]);
        row.put("STORT", null);
        row.put("BEBER", null);
        row.put("ABCKZ", "A");
        row.put("KOSTL", Digits.of("0000" + plant.werks(), 0, 2));
        row.put("ARBPL", "MECH");
    }

    private static void fillPart(RowValues row, Sites.Area area, String text, String parent, int level) {
        row.put("PLTXT", text);
        row.put("TPLMA", parent);
        row.put("EQART", OBJECT_TYPES[level]);
        row.put("STORT", area.location());
        row.put("BEBER", area.kind().code());
        row.put("ABCKZ", "B");
        row.put("KOSTL", area.costCenter());
        row.put("ARBPL", "MECH");
    }

    private void fillInUnit(RowValues row, Sites.Area area, int within) {
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
                row.put("ABCKZ", importance(company.dice, area, unit, place));
                row.put("ARBPL", discipline(template, place));
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
