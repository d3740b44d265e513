package io.imaint.simulator.plant;

import io.imaint.simulator.plant.Dice.Roll;

/** The readings of one generated measuring point: as many for each, over as long a time as the age of its equipment allows. */
final class Readings {
    /** How many readings each point has. */
    static final int COUNT = 8;

    /** Days from one reading to the next, as a rule; less for what has been in operation for a short time. */
    private static final int INTERVAL_DAYS = 30;
    /** Of 100 readings of a gauge, those above its upper limit. */
    private static final int ABOVE_PERCENT = 3;

    private final Company company;

    long point = -1;
    int equipment;
    Kit.Point kind;
    /** Which point of its equipment. */
    int place;

    private int startup;
    private int interval;
    /** What a counter counts in a hundred days. */
    private int rate;

    Readings(Company company) {
        this.company = company;
        this.kind = company.tables.equipmentClasses.getFirst().kit().points().getFirst();
    }

    void roll(long newPoint) {
        if (newPoint == point) {
            return;
        }
        point = newPoint;
        long found = company.points.find(point);
        equipment = PerEquipment.equipment(found);
        place = PerEquipment.place(found);
        Tables.EquipmentClass type = company.type(equipment);
        kind = type.kit().points().get(place);
        startup = company.sites.startup(equipment, type);
        interval = Math.min(INTERVAL_DAYS, (Days.TODAY - 1 - startup) / COUNT);
        rate = kind.annual() * company.dice.between(Roll.RATE, point, 80, 120) / 365;
    }

    /** The day of a reading; each is before that of the next, and none before the equipment was put into operation. */
    int day(int reading) {
        int early = company.dice.below(Roll.READING_DAY, point * COUNT + reading, interval);
        return Days.TODAY - 1 - (COUNT - 1 - reading) * interval - early;
    }

    /** What was read, in units of the last decimal. */
    long value(int reading) {
        if (kind.counter()) {
            return (day(reading) - startup) * (long) rate / 100;
        }
        long roll = point * COUNT + reading;
        int span = kind.high() - kind.target();
        if (company.dice.chance(Roll.READING, -roll - 1, ABOVE_PERCENT)) {
            return kind.high() + 1L + span / 8;
        }
        // Most of the way to a limit, at most.
        int deviation = company.dice.between(Roll.READING, roll, -85, 85);
        int room = deviation < 0 ? kind.target() - kind.low() : span;
        return kind.target() + (long) room * deviation / 100;
    }

    boolean above(int reading) {
        return !kind.counter() && value(reading) > kind.high();
    }
}
