package io.imaint.simulator.plant;

import java.util.List;
import java.util.function.ToIntFunction;

/**
 * Leads from the number of a thing that equipment has to the equipment, where the number of things depends only on its
 * class. Since all units of an area are alike, only the areas are held; within a unit a division and a short list do.
 */
final class PerEquipment {
    private static final int PLACE_BITS = 5;

    private final Sites sites;
    /** How many things the equipment before each area has; one more entry holds all. */
    private final long[] starts;
    /** For each area, how many things come before each equipment of a unit; one more entry holds all of the unit. */
    private final int[][] inUnit;

    PerEquipment(Sites sites, ToIntFunction<Tables.EquipmentClass> things) {
        this.sites = sites;
        this.starts = new long[sites.areas.length + 1];
        this.inUnit = new int[sites.areas.length][];
        for (int i = 0; i < sites.areas.length; i++) {
            Sites.Area area = sites.areas[i];
            int[] before = before(area.kind().template().fittings(), things);
            inUnit[i] = before;
            starts[i + 1] = starts[i] + (long) area.units() * before[before.length - 1];
        }
    }

    private static int[] before(List<Tables.Fitting> fittings, ToIntFunction<Tables.EquipmentClass> things) {
        int[] before = new int[fittings.size() + 1];
        for (int i = 0; i < fittings.size(); i++) {
            int count = things.applyAsInt(fittings.get(i).type());
            assert count < 1 << PLACE_BITS : count + " things of one equipment";
            before[i + 1] = before[i] + count;
        }
        return before;
    }

    long count() {
        return starts[starts.length - 1];
    }

    /** The equipment and the place of a thing among those of the equipment, in one number. */
    long find(long index) {
        int low = 0;
        int high = sites.areas.length;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (starts[middle] <= index) {
                low = middle;
            } else {
                high = middle;
            }
        }
        int[] before = inUnit[low];
        long within = index - starts[low];
        int perUnit = before[before.length - 1];
        int place = (int) (within % perUnit);
        int fitting = 0;
        while (before[fitting + 1] <= place) {
            fitting++;
        }
        long equipment = sites.areas[low].equipmentFrom() + within / perUnit * (before.length - 1) + fitting;
        return equipment << PLACE_BITS | (place - before[fitting]);
    }

    static int equipment(long found) {
        return (int) (found >>> PLACE_BITS);
    }

    static int place(long found) {
        return (int) (found & ((1 << PLACE_BITS) - 1));
    }
}
