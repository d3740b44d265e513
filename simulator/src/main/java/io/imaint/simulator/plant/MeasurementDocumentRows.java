package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.Dice.Roll;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The generated measurement documents: first the oldest reading of every point, last the newest of every point. */
final class MeasurementDocumentRows extends RowMaker {
    private static final int MDOCM = IcwpModel.MEASUREMENT_DOCUMENT.place("MDOCM");
    private static final int POINT = IcwpModel.MEASUREMENT_DOCUMENT.place("POINT");
    private static final int IDATE = IcwpModel.MEASUREMENT_DOCUMENT.place("IDATE");
    private static final int ITIME = IcwpModel.MEASUREMENT_DOCUMENT.place("ITIME");
    private static final int READG = IcwpModel.MEASUREMENT_DOCUMENT.place("READG");
    private static final int READGI = IcwpModel.MEASUREMENT_DOCUMENT.place("READGI");
    private static final int RECDU = IcwpModel.MEASUREMENT_DOCUMENT.place("RECDU");
    private static final int CNTRG = IcwpModel.MEASUREMENT_DOCUMENT.place("CNTRG");
    private static final int CNTRR = IcwpModel.MEASUREMENT_DOCUMENT.place("CNTRR");
    private static final int CDIFF = IcwpModel.MEASUREMENT_DOCUMENT.place("CDIFF");
    private static final int EXCHG = IcwpModel.MEASUREMENT_DOCUMENT.place("EXCHG");
    private static final int CODGR = IcwpModel.MEASUREMENT_DOCUMENT.place("CODGR");
    private static final int VLCOD = IcwpModel.MEASUREMENT_DOCUMENT.place("VLCOD");
    private static final int MDTXT = IcwpModel.MEASUREMENT_DOCUMENT.place("MDTXT");
    private static final int READR = IcwpModel.MEASUREMENT_DOCUMENT.place("READR");
    private static final int AUFNR = IcwpModel.MEASUREMENT_DOCUMENT.place("AUFNR");
    private static final int CANCL = IcwpModel.MEASUREMENT_DOCUMENT.place("CANCL");
    private static final int GENER = IcwpModel.MEASUREMENT_DOCUMENT.place("GENER");
    private static final int ERDAT = IcwpModel.MEASUREMENT_DOCUMENT.place("ERDAT");
    private static final int ERUHR = IcwpModel.MEASUREMENT_DOCUMENT.place("ERUHR");
    private static final int ERNAM = IcwpModel.MEASUREMENT_DOCUMENT.place("ERNAM");
    private static final int AEDAT = IcwpModel.MEASUREMENT_DOCUMENT.place("AEDAT");
    private static final int CHANGEDAT = IcwpModel.MEASUREMENT_DOCUMENT.place("CHANGEDAT");

    private final Readings readings;
    private final long points;

    MeasurementDocumentRows(Company company) {
        super(company);
        this.readings = new Readings(company);
        this.points = company.points.count();
    }

    @Override
    public long count() {
        return points * Readings.COUNT;
    }

    @Override
    public String key(long index, int part) {
        return Digits.of(index + 1, 20);
    }

    /** The keys of all readings of a point. */
    List<List<String>> keysOf(String point) {
        var rows = new MeasuringPointRows(company);
        long place = rows.seek(List.of(point));
        if (place >= points || !rows.key(place, 0).equals(point)) {
            return List.of();
        }
        return LongStream.range(0, Readings.COUNT)
                .mapToObj(reading -> List.of(key(reading * points + place, 0)))
                .toList();
    }

    @Override
    public void fill(long index, @Nullable Object[] row) {
        int reading = (int) (index / points);
        readings.roll(index % points);
        int minute = company.dice.between(Roll.CHANGED_TIME, index, 6 * 60, 21 * 60);
        int day = readings.day(reading);
        row[MDOCM] = key(index, 0);
        row[POINT] = Company.pointNumber(readings.equipment, readings.place);
        row[IDATE] = Days.date(day);
        row[ITIME] = Days.time(minute);
        row[READGI] = "X";
        row[RECDU] = readings.kind.unit();
        row[EXCHG] = null;
        row[CODGR] = null;
        row[VLCOD] = null;
        row[MDTXT] = readings.above(reading) ? "Above the upper limit" : null;
        row[READR] = company.user(Roll.AUTHOR, index);
        row[AUFNR] = null;
        row[CANCL] = null;
        row[GENER] = null;
        row[ERDAT] = row[IDATE];
        row[ERUHR] = row[ITIME];
        row[ERNAM] = row[READR];
        row[AEDAT] = null;
        row[CHANGEDAT] = Days.instant(day, minute * 60);
        fillReading(reading, row);
    }

    private void fillReading(int reading, @Nullable Object[] row) {
        Kit.Point kind = readings.kind;
        long value = readings.value(reading);
        boolean counter = kind.counter();
        boolean first = reading == 0;
        row[READG] = kind.reading(value);
        row[CNTRG] = counter ? "X" : null;
        row[CNTRR] = counter ? row[READG] : null;
        row[CDIFF] = counter && !first ? kind.reading(value - readings.value(reading - 1)) : null;
    }
}
