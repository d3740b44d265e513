package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.Dice.Roll;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The generated equipment. */
final class EquipmentRows extends RowMaker {
    private static final int EQUNR = IcwpModel.EQUIPMENT.place("EQUNR");
    private static final int EQKTX = IcwpModel.EQUIPMENT.place("EQKTX");
    private static final int EQTYP = IcwpModel.EQUIPMENT.place("EQTYP");
    private static final int EQART = IcwpModel.EQUIPMENT.place("EQART");
    private static final int TPLNR = IcwpModel.EQUIPMENT.place("TPLNR");
    private static final int HEQUI = IcwpModel.EQUIPMENT.place("HEQUI");
    private static final int HEQNR = IcwpModel.EQUIPMENT.place("HEQNR");
    private static final int IWERK = IcwpModel.EQUIPMENT.place("IWERK");
    private static final int INGRP = IcwpModel.EQUIPMENT.place("INGRP");
    private static final int SWERK = IcwpModel.EQUIPMENT.place("SWERK");
    private static final int STORT = IcwpModel.EQUIPMENT.place("STORT");
    private static final int ABCKZ = IcwpModel.EQUIPMENT.place("ABCKZ");
    private static final int KOSTL = IcwpModel.EQUIPMENT.place("KOSTL");
    private static final int ARBPL = IcwpModel.EQUIPMENT.place("ARBPL");
    private static final int RBNR = IcwpModel.EQUIPMENT.place("RBNR");
    private static final int HERST = IcwpModel.EQUIPMENT.place("HERST");
    private static final int TYPBZ = IcwpModel.EQUIPMENT.place("TYPBZ");
    private static final int SERGE = IcwpModel.EQUIPMENT.place("SERGE");
    private static final int MATNR = IcwpModel.EQUIPMENT.place("MATNR");
    private static final int SERNR = IcwpModel.EQUIPMENT.place("SERNR");
    private static final int INVNR = IcwpModel.EQUIPMENT.place("INVNR");
    private static final int TIDNR = IcwpModel.EQUIPMENT.place("TIDNR");
    private static final int BAUJJ = IcwpModel.EQUIPMENT.place("BAUJJ");
    private static final int BAUMM = IcwpModel.EQUIPMENT.place("BAUMM");
    private static final int INBDT = IcwpModel.EQUIPMENT.place("INBDT");
    private static final int ANSDT = IcwpModel.EQUIPMENT.place("ANSDT");
    private static final int ANSWT = IcwpModel.EQUIPMENT.place("ANSWT");
    private static final int WAERS = IcwpModel.EQUIPMENT.place("WAERS");
    private static final int BRGEW = IcwpModel.EQUIPMENT.place("BRGEW");
    private static final int GEWEI = IcwpModel.EQUIPMENT.place("GEWEI");
    private static final int STATUSES = IcwpModel.EQUIPMENT.place("STATUSES");
    private static final int LVORM = IcwpModel.EQUIPMENT.place("LVORM");
    private static final int OBJNR = IcwpModel.EQUIPMENT.place("OBJNR");
    private static final int ERNAM = IcwpModel.EQUIPMENT.place("ERNAM");
    private static final int ERDAT = IcwpModel.EQUIPMENT.place("ERDAT");
    private static final int AEDAT = IcwpModel.EQUIPMENT.place("AEDAT");
    private static final int CHANGEDAT = IcwpModel.EQUIPMENT.place("CHANGEDAT");

    /** More than a unit of any kind has. */
    private static final int FITTINGS_MAX = 100;

    private final Sites sites;

    EquipmentRows(Company company) {
        super(company);
        this.sites = company.sites;
    }

    @Override
    public long count() {
        return sites.equipment;
    }

    @Override
    public String key(long index, int part) {
        return Company.equipmentNumber(index);
    }

    @Override
    public void fill(long index, @Nullable Object[] row) {
        int number = (int) index;
        Sites.Area area = sites.areaOfEquipment(number);
        Tables.Fitting fitting = sites.fitting(area, number);
        Tables.EquipmentClass type = fitting.type();
        Tables.Plant plant = sites.plants.get(area.plant());
        int unit = sites.unit(area, number);
        String tag = tag(unit, fitting);
        String key = Company.equipmentNumber(index);
        row[EQUNR] = key;
        row[EQKTX] = type.name().concat(" ").concat(tag);
        row[EQTYP] = "M";
        row[EQART] = type.objectType();
        row[TPLNR] = sites.locationOfEquipment(area, number);
        row[IWERK] = plant.werks();
        row[INGRP] = Company.plannerGroup(type.discipline());
        row[SWERK] = plant.werks();
        row[STORT] = area.location();
        row[ABCKZ] = LocationRows.importance(company.dice, area, unit, fitting.place());
        row[KOSTL] = area.costCenter();
        row[ARBPL] = type.discipline();
        row[RBNR] = type.profile();
        row[TIDNR] = area.kind().code().concat("-").concat(tag);
        row[OBJNR] = "IE".concat(key);
        fillSuperior(number, fitting, row);
        fillMake(index, type, plant, row);
        fillHistory(number, type, row);
    }

    /** The keys of the equipment that is built into another; it follows that one in the same unit. */
    List<List<String>> keysBelow(String superior) {
        var keys = new ArrayList<List<String>>();
        long place = seek(List.of(superior));
        if (place < count() && key(place, 0).equals(superior)) {
            int number = (int) place;
            var row = new @Nullable Object[IcwpModel.EQUIPMENT.properties().size()];
            for (int next = number + 1; next < count() && next < number + FITTINGS_MAX; next++) {
                fill(next, row);
                if (superior.equals(row[HEQUI])) {
                    keys.add(List.of(key(next, 0)));
                }
            }
        }
        return keys;
    }

    /** A tag as it stands on the machine: class, unit, position, as in P-0302. */
    private String tag(int unit, Tables.Fitting fitting) {
        return fitting.type().tag() + "-" + sites.unitDigits(unit)
                + fitting.tag().substring(1);
    }

    private void fillSuperior(int number, Tables.Fitting fitting, @Nullable Object[] row) {
        boolean part = fitting.superior() >= 0;
        int place = (number - sites.areaOfEquipment(number).equipmentFrom())
                % sites.areaOfEquipment(number).kind().template().fittings().size();
        row[HEQUI] = part ? Company.equipmentNumber(number - place + fitting.superior()) : null;
        row[HEQNR] = part ? Digits.of(fitting.part() * 10L, 4) : null;
        row[STATUSES] = part ? "ASEQ INST" : "INST";
    }

    private void fillMake(long index, Tables.EquipmentClass type, Tables.Plant plant, @Nullable Object[] row) {
        Dice dice = company.dice;
        Tables.Maker maker =
                type.makers().get(dice.below(Roll.MAKER, index, type.makers().size()));
        int model = dice.below(Roll.MODEL, index, maker.models().size());
        // Weight and value go with each other: both follow from the size.
        int size = dice.below(Roll.WEIGHT, index, 1000);
        long grams = (type.kgFrom() * 1000L) + (type.kgTo() - type.kgFrom()) * (long) size;
        long value = type.valueFrom() * 100L + (type.valueTo() - type.valueFrom()) * (long) size / 10;
        long paid = value * dice.between(Roll.VALUE, index, 85, 115) / 100;
        row[HERST] = maker.name();
        row[TYPBZ] = maker.models().get(model);
        row[SERGE] = Digits.of(type.code().substring(0, 2), dice.bits(Roll.SERIAL, index) >>> 40, 8);
        row[MATNR] = type.refurbished() ? type.exchangeUnit(model) : null;
        row[SERNR] = type.refurbished() ? Digits.of(index + 1, 18) : null;
        row[INVNR] = Digits.of("AN-", 3_000_001 + index, 8);
        row[ANSWT] = BigDecimal.valueOf(paid, 2);
        row[WAERS] = plant.currency();
        row[BRGEW] = BigDecimal.valueOf(grams, 3);
        row[GEWEI] = "KG";
    }

    private void fillHistory(int number, Tables.EquipmentClass type, @Nullable Object[] row) {
        Dice dice = company.dice;
        int startup = sites.startup(number, type);
        int bought = startup - dice.between(Roll.BUILT, number, 20, 160);
        LocalDate built = Days.date(bought - 45);
        int created = startup - dice.below(Roll.CHANGED_TIME, number, 20);
        int changed = created + dice.below(Roll.CHANGED, number, Days.TODAY - created);
        row[BAUJJ] = Digits.of(built.getYear(), 4);
        row[BAUMM] = Digits.of(built.getMonthValue(), 2);
        row[INBDT] = Days.date(startup);
        row[ANSDT] = Days.date(bought);
        row[LVORM] = null;
        row[ERNAM] = company.user(Roll.AUTHOR, number);
        row[ERDAT] = Days.date(created);
        row[AEDAT] = Days.dateIf(changed > created, changed);
        row[CHANGEDAT] = Days.instant(changed, dice.between(Roll.CHANGED_TIME, number, 5 * 3600, 22 * 3600));
    }
}
