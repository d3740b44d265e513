package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import org.jspecify.annotations.Nullable;

/** The generated measuring points: counters and gauges of equipment. */
final class MeasuringPointRows extends RowMaker {
    private static final int POINT = IcwpModel.MEASURING_POINT.place("POINT");
    private static final int MPOBJ = IcwpModel.MEASURING_POINT.place("MPOBJ");
    private static final int EQUNR = IcwpModel.MEASURING_POINT.place("EQUNR");
    private static final int TPLNR = IcwpModel.MEASURING_POINT.place("TPLNR");
    private static final int PSORT = IcwpModel.MEASURING_POINT.place("PSORT");
    private static final int PTTXT = IcwpModel.MEASURING_POINT.place("PTTXT");
    private static final int MPTYP = IcwpModel.MEASURING_POINT.place("MPTYP");
    private static final int ATNAM = IcwpModel.MEASURING_POINT.place("ATNAM");
    private static final int INDCT = IcwpModel.MEASURING_POINT.place("INDCT");
    private static final int MRNGU = IcwpModel.MEASURING_POINT.place("MRNGU");
    private static final int MRMIN = IcwpModel.MEASURING_POINT.place("MRMIN");
    private static final int MRMAX = IcwpModel.MEASURING_POINT.place("MRMAX");
    private static final int DESIR = IcwpModel.MEASURING_POINT.place("DESIR");
    private static final int CJUMP = IcwpModel.MEASURING_POINT.place("CJUMP");
    private static final int PYEAR = IcwpModel.MEASURING_POINT.place("PYEAR");
    private static final int DECIM = IcwpModel.MEASURING_POINT.place("DECIM");
    private static final int CODGR = IcwpModel.MEASURING_POINT.place("CODGR");
    private static final int INACT = IcwpModel.MEASURING_POINT.place("INACT");
    private static final int LVORM = IcwpModel.MEASURING_POINT.place("LVORM");
    private static final int ERDAT = IcwpModel.MEASURING_POINT.place("ERDAT");
    private static final int AEDAT = IcwpModel.MEASURING_POINT.place("AEDAT");
    private static final int CHANGEDAT = IcwpModel.MEASURING_POINT.place("CHANGEDAT");

    /** The reading at which counters begin again. */
    private static final Double OVERFLOW = 999_999.0;

    MeasuringPointRows(Company company) {
        super(company);
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
    public void fill(long index, @Nullable Object[] row) {
        long found = company.points.find(index);
        int equipment = PerEquipment.equipment(found);
        Tables.EquipmentClass type = company.type(equipment);
        Kit.Point point = type.kit().points().get(PerEquipment.place(found));
        int startup = company.sites.startup(equipment, type);
        boolean counter = point.counter();
        row[POINT] = Company.pointNumber(equipment, PerEquipment.place(found));
        row[EQUNR] = Company.equipmentNumber(equipment);
        row[MPOBJ] = "IE".concat(Company.equipmentNumber(equipment));
        row[TPLNR] = null;
        row[PSORT] = point.position();
        row[PTTXT] = point.text();
        row[MPTYP] = "M";
        row[ATNAM] = point.characteristic();
        row[INDCT] = counter ? "X" : null;
        row[MRNGU] = point.unit();
        row[MRMIN] = counter ? null : point.reading(point.low());
        row[MRMAX] = counter ? null : point.reading(point.high());
        row[DESIR] = counter ? null : point.reading(point.target());
        row[CJUMP] = counter ? OVERFLOW : null;
        row[PYEAR] = counter ? (Double) (double) point.annual() : null;
        row[DECIM] = point.decimals();
        row[CODGR] = null;
        row[INACT] = null;
        row[LVORM] = null;
        row[ERDAT] = Days.date(startup);
        row[AEDAT] = null;
        row[CHANGEDAT] = Days.instant(startup, 11 * 3600);
    }
}
