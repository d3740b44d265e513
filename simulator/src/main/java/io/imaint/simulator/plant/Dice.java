package io.imaint.simulator.plant;

/**
 * Random numbers that are a pure function of the seed, what is rolled for, and an index, so that any row can be made
 * without those before it.
 */
final class Dice {
    /** What is rolled for; two rolls never share their numbers. */
    enum Roll {
        ABC,
        ACCEPT,
        ACTIVITIES,
        ACTUAL_DELAY,
        ACTUAL_DELAY_KIND,
        ACTUAL_DURATION,
        AREA_SIZE,
        ASSIGNED,
        AUTHOR,
        BREAKDOWN,
        BREAKDOWN_TIME,
        BUILT,
        CHANGED,
        CHANGED_TIME,
        CHANGER,
        CHECK,
        CLOSE,
        COMPONENTS,
        CONFIRMATIONS,
        CORRECTIVE,
        DELETED,
        DURATION,
        EQUIPMENT,
        EXTERNAL,
        FAULT,
        FREE_STATUS,
        FREE_TYPE,
        GAP,
        LINKED,
        MAKER,
        MATERIAL,
        MODEL,
        NEVER_CLOSED,
        NOTICED,
        NOTICED_TIME,
        OPERATIONS,
        PART,
        PRIORITY,
        QUANTITY,
        RATE,
        READING,
        READING_DAY,
        REFURBISH,
        RELEASE,
        SCHEDULE,
        SERIAL,
        STALLED,
        STALLED_AT,
        STARTUP,
        STOCK,
        TASK,
        TASKS,
        TASK_CODE,
        TECO,
        TIME_SHEETS,
        TRAIT,
        VALUE,
        WEIGHT,
        WORK,
        WORK_DONE;

        private final long salt = mix(name().hashCode() * 0xD1B54A32D192ED03L);
    }

    private final long seed;

    Dice(long seed) {
        this.seed = mix(seed + 0x632BE59BD9B4E019L);
    }

    /** A number from 0 to {@code bound} - 1. */
    int below(Roll roll, long index, int bound) {
        return (int) (((bits(roll, index) >>> 33) * bound) >>> 31);
    }

    /** A number from {@code from} to {@code to}, both included. */
    int between(Roll roll, long index, int from, int to) {
        return from + below(roll, index, to - from + 1);
    }

    boolean chance(Roll roll, long index, int percent) {
        return below(roll, index, 100) < percent;
    }

    long bits(Roll roll, long index) {
        return mix(seed + roll.salt + index * 0x9E3779B97F4A7C15L);
    }

    /** The finishing step of SplitMix64 (Steele, Lea and Flood, 2014): every input bit touches every output bit. */
    private static long mix(long value) {
        long mixed = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
