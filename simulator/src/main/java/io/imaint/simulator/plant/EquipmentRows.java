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

    /** More than a unit of any kind has. */
    private static final int FITTINGS_MAX = 100;

    private final Sites sites;

    EquipmentRows(Company company) {
        super(IcwpModel.EQUIPMENT, company);
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
    void fill(long index, RowValues row) {
        int number = (int) index;
        Sites.Area area = sites.areaOfEquipment(number);
        Tables.Fitting fitting = sites.fitting(area, number);
        Tables.EquipmentClass type = fitting.type();
        Tables.Plant plant = sites.plants.get(area.plant());
        int unit = sites.unit(area, number);
        String tag = tag(unit, fitting);
        String key = Company.equipmentNumber(index);
        row.put("EQUNR", key);
        row.put("EQKTX", type.name().concat(" ").concat(tag));
        row.put("EQTYP", "M");
        row.put("EQART", type.objectType());
        row.put("TPLNR", sites.locationOfEquipment(area, number));
        row.put("IWERK", plant.werks());
        row.put("INGRP", Company.plannerGroup(type.discipline()));
        row.put("SWERK", plant.werks());
        row.put("STORT", area.location());
        row.put("ABCKZ", LocationRows.importance(company.dice, area, unit, fitting.place()));
        row.put("KOSTL", area.costCenter());
        row.put("ARBPL", type.discipline());
        row.put("RBNR", type.profile());
        row.put("TIDNR", area.kind().code().concat("-").concat(tag));
        row.put("OBJNR", "IE".concat(key));
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
            var row = new RowValues(
                    IcwpModel.EQUIPMENT,
                    new @Nullable Object[IcwpModel.EQUIPMENT.properties().size()]);
            for (int next = number + 1; next < count() && next < number + FITTINGS_MAX; next++) {
                fill(next, row);
                if (superior.equals(row.get("HEQUI"))) {
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

    private void fillSuperior(int number, Tables.Fitting fitting, RowValues row) {
        boolean part = fitting.superior() >= 0;
        int place = (number - sites.areaOfEquipment(number).equipmentFrom())
                % sites.areaOfEquipment(number).kind().template().fittings().size();
        row.put("HEQUI", part ? Company.equipmentNumber(number - place + fitting.superior()) : null);
        row.put("HEQNR", part ? Digits.of(fitting.part() * 10L, 4) : null);
        row.put("STATUSES", part ? "ASEQ INST" : "INST");
    }

    private void fillMake(long index, Tables.EquipmentClass type, Tables.Plant plant, RowValues row) {
        Dice dice = company.dice;
        Tables.Maker maker =
                type.makers().get(dice.below(Roll.MAKER, index, type.makers().size()));
        int model = dice.below(Roll.MODEL, index, maker.models().size());
        // Weight and value go with each other: both follow from the size.
        int size = dice.below(Roll.WEIGHT, index, 1000);
        long grams = (type.kgFrom() * 1000L) + (type.kgTo() - type.kgFrom()) * (long) size;
        long value = type.valueFrom() * 100L + (type.valueTo() - type.valueFrom()) * (long) size / 10;
        long paid = value * dice.between(Roll.VALUE, index, 85, 115) / 100;
        row.put("HERST", maker.name());
        row.put("TYPBZ", maker.models().get(model));
        row.put("SERGE", Digits.of(type.code().substring(0, 2), dice.bits(Roll.SERIAL, index) >>> 40, 8));
        row.put("MATNR", type.refurbished() ? type.exchangeUnit(model) : null);
        row.put("SERNR", type.refurbished() ? Digits.of(index + 1, 18) : null);
        row.put("INVNR", Digits.of("AN-", 3_000_001 + index, 8));
        row.put("ANSWT", BigDecimal.valueOf(paid, 2));
        row.put("WAERS", plant.currency());
        row.put("BRGEW", BigDecimal.valueOf(grams, 3));
        row.put("GEWEI", "KG");
    }

    private void fillHistory(int number, Tables.EquipmentClass type, RowValues row) {
        Dice dice = company.dice;
        int startup = sites.startup(number, type);
        int bought = startup - dice.between(Roll.BUILT, number, 20, 160);
        LocalDate built = Days.date(bought - 45);
        int created = startup - dice.below(Roll.CHANGED_TIME, number, 20);
        int changed = created + dice.below(Roll.CHANGED, number, Days.TODAY - created);
        row.put("BAUJJ", Digits.of(built.getYear(), 4));
        row.put("BAUMM", Digits.of(built.getMonthValue(), 2));
        row.put("INBDT", Days.date(startup));
        row.put("ANSDT", Days.date(bought));
        row.put("LVORM", null);
        row.put("ERNAM", company.user(Roll.AUTHOR, number));
        row.put("ERDAT", Days.date(created));
        row.put("AEDAT", Days.dateIf(changed > created, changed));
        row.put("CHANGEDAT", Days.instant(changed, dice.between(Roll.CHANGED_TIME, number, 5 * 3600, 22 * 3600)));
    }
}
