package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;

/** The generated measuring points: counters and gauges of equipment. */
final class MeasuringPointRows extends RowMaker {

    /** The reading at which counters begin again. */
    private static final Double OVERFLOW = 999_999.0;

    MeasuringPointRows(Company company) {
        super(IcwpModel.MEASURING_POINT, company);
    }

    @Override
    public long count() {
        return company.points.count();
    }

    @Override
    public String key(long index, int part) {
        long found = company.points.find(index);
        return Company.pointNumber(PerEquipment.equipment(found), PerEquipment.place(found));
    }

    @Override
    void fill(long index, RowValues row) {
        long found = company.points.find(index);
        int equipment = PerEquipment.equipment(found);
        Tables.EquipmentClass type = company.type(equipment);
        Kit.Point point = type.kit().points().get(PerEquipment.place(found));
        int startup = company.sites.startup(equipment, type);
        boolean counter = point.counter();
        row.put("POINT", Company.pointNumber(equipment, PerEquipment.place(found)));
        row.put("EQUNR", Company.equipmentNumber(equipment));
        row.put("MPOBJ", "IE".concat(Company.equipmentNumber(equipment)));
        row.put("TPLNR", null);
        row.put("PSORT", point.position());
        row.put("PTTXT", point.text());
        row.put("MPTYP", "M");
        row.put("ATNAM", point.characteristic());
        row.put("INDCT", counter ? "X" : null);
        row.put("MRNGU", point.unit());
        row.put("MRMIN", counter ? null : point.reading(point.low()));
        row.put("MRMAX", counter ? null : point.reading(point.high()));
        row.put("DESIR", counter ? null : point.reading(point.target()));
        row.put("CJUMP", counter ? OVERFLOW : null);
        row.put("PYEAR", counter ? (Double) (double) point.annual() : null);
        row.put("DECIM", point.decimals());
        row.put("CODGR", null);
        row.put("INACT", null);
        row.put("LVORM", null);
        row.put("ERDAT", Days.date(startup));
        row.put("AEDAT", null);
        row.put("CHANGEDAT", Days.instant(startup, 11 * 3600));
    }
}
