package io.imaint.simulator.plant;

import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.plant.Dice.Roll;
import java.util.List;
import java.util.stream.LongStream;

/** The generated measurement documents: first the oldest reading of every point, last the newest of every point. */
final class MeasurementDocumentRows extends RowMaker {

    private final Readings readings;
    private final long points;

    MeasurementDocumentRows(Company company) {
        super(IcwpModel.MEASUREMENT_DOCUMENT, company);
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
    void fill(long index, RowValues row) {
        int reading = (int) (index / points);
        readings.roll(index % points);
        int minute = company.dice.between(Roll.CHANGED_TIME, index, 6 * 60, 21 * 60);
        int day = readings.day(reading);
        row.put("MDOCM", key(index, 0));
        row.put("POINT", Company.pointNumber(readings.equipment, readings.place));
        row.put("IDATE", Days.date(day));
        row.put("ITIME", Days.time(minute));
        row.put("READGI", "X");
        row.put("RECDU", readings.kind.unit());
        row.put("EXCHG", null);
        row.put("CODGR", null);
        row.put("VLCOD", null);
        row.put("MDTXT", readings.above(reading) ? "Above the upper limit" : null);
        row.put("READR", company.user(Roll.AUTHOR, index));
        row.put("AUFNR", null);
        row.put("CANCL", null);
        row.put("GENER", null);
        row.put("ERDAT", row.get("IDATE"));
        row.put("ERUHR", row.get("ITIME"));
        row.put("ERNAM", row.get("READR"));
        row.put("AEDAT", null);
        row.put("CHANGEDAT", Days.instant(day, minute * 60));
        fillReading(reading, row);
    }

    private void fillReading(int reading, RowValues row) {
        Kit.Point kind = readings.kind;
        long value = readings.value(reading);
        boolean counter = kind.counter();
        boolean first = reading == 0;
        row.put("READG", kind.reading(value));
        row.put("CNTRG", counter ? "X" : null);
        row.put("CNTRR", counter ? row.get("READG") : null);
        row.put("CDIFF", counter && !first ? kind.reading(value - readings.value(reading - 1)) : null);
    }
}
