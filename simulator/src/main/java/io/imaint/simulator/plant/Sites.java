package io.imaint.simulator.plant;

import io.imaint.simulator.plant.Dice.Roll;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The layout of the generated company: which plants there are, which areas each has, how many units each area has.
 *
 * <pre>
 *   plant 1000 ─ area 1000-MIX ─ unit 1000-MIX-01 ─ system 1000-MIX-01-PUMP ─ position 1000-MIX-01-PUMP-02
 * </pre>
 *
 * All units of an area are made from one template, so only the areas are held. The number of a functional location or
 * an equipment leads to its area by a binary search, and to its unit and its place in the unit by a division. Keys of
 * one level have one width, and "-" sorts before digits and letters; counting a parent before its children is
 * therefore counting in the order of the keys.
 */
final class Sites {
    /** An area of a plant; {@code locationsFrom} is the number of its own functional location. */
    record Area(
            int plant,
            int ordinal,
            Tables.AreaKind kind,
            int units,
            int locationsFrom,
            int equipmentFrom,
            String key,
            String unitPrefix,
            String costCenter,
            String location) {

        int locations() {
            return 1 + units * kind.template().places().size();
        }

        int equipment() {
            return units * kind.template().fittings().size();
        }
    }

    private static final int EQUIPMENT_MIN = 60;
    private static final int ORDERS_PER_EQUIPMENT = 5;
    /** Up to how many equipment a company has how many plants. */
    private static final int[][] PLANTS_BY_EQUIPMENT = {{120, 2}, {1_000, 3}, {5_000, 5}, {20_000, 8}, {100_000, 12}};
    /** Units that an area gets in each run of this many rounds, at most; areas differ in size by as much. */
    private static final int AREA_SIZES = 3;

    final List<Tables.Plant> plants;
    final int equipment;
    final int locations;
    final int unitDigits;

    final Area[] areas;
    private final int[] locationStarts;
    private final int[] equipmentStarts;
    private final Dice dice;

    Sites(Tables tables, Dice dice, int orders) {
        this.dice = dice;
        int wanted = Math.max(EQUIPMENT_MIN, orders / ORDERS_PER_EQUIPMENT);
        this.plants = tables.plants.subList(0, plantCount(wanted, tables.plants.size()));
        List<List<Tables.AreaKind>> kinds = new ArrayList<>();
        for (Tables.Plant plant : plants) {
            kinds.add(tables.areaKinds.stream()
                    .filter(kind -> kind.plantKind().equals(plant.kind()))
                    .sorted(Comparator.comparing(Tables.AreaKind::code))
                    .toList());
        }
        int[][] units = spread(wanted, kinds);
        int most = 1;
        for (int[] ofPlant : units) {
            for (int ofArea : ofPlant) {
                most = Math.max(most, ofArea);
            }
        }
        this.unitDigits = Math.max(2, Integer.toString(most).length());
        this.areas = lay(kinds, units);
        this.locationStarts = new int[areas.length];
        this.equipmentStarts = new int[areas.length];
        for (int i = 0; i < areas.length; i++) {
            locationStarts[i] = areas[i].locationsFrom();
            equipmentStarts[i] = areas[i].equipmentFrom();
        }
        Area last = areas[areas.length - 1];
        this.equipment = last.equipmentFrom() + last.equipment();
        this.locations = last.locationsFrom() + last.locations();
    }

    private static int plantCount(int equipment, int most) {
        for (int[] step : PLANTS_BY_EQUIPMENT) {
            if (equipment <= step[0]) {
                return step[1];
            }
        }
        return most;
    }

    /** Gives units to the areas of all plants in turn until there is as much equipment as wanted. */
    private int[][] spread(int wanted, List<List<Tables.AreaKind>> kinds) {
        int[][] units = kinds.stream().map(ofPlant -> new int[ofPlant.size()]).toArray(int[][]::new);
        int made = 0;
        for (int round = 0; made < wanted; round++) {
            for (int turn = 0; turn < 8 && made < wanted; turn++) {
                for (int plant = 0; plant < units.length && made < wanted; plant++) {
                    int area = (turn * 3 + plant) % units[plant].length;
                    boolean due = round == 0
                            || round % AREA_SIZES <= dice.below(Roll.AREA_SIZE, plant * 100L + area, AREA_SIZES);
                    if (due) {
                        units[plant][area]++;
                        made += kinds.get(plant).get(area).template().fittings().size();
                    }
                }
            }
        }
        return units;
    }

    private Area[] lay(List<List<Tables.AreaKind>> kinds, int[][] units) {
        List<Area> laid = new ArrayList<>();
        int location = 0;
        int equipmentNumber = 0;
        for (int plant = 0; plant < plants.size(); plant++) {
            location++;
            String werks = plants.get(plant).werks();
            for (int i = 0; i < units[plant].length; i++) {
                if (units[plant][i] == 0) {
                    continue;
                }
                Tables.AreaKind kind = kinds.get(plant).get(i);
                String key = werks + "-" + kind.code();
                Area area = new Area(
                        plant,
                        i,
                        kind,
                        units[plant][i],
                        location,
                        equipmentNumber,
                        key,
                        key + "-",
                        Digits.of("0000" + werks, i + 1, 2),
                        Digits.of("BLD-", 10 + i, 2));
                laid.add(area);
                location += area.locations();
                equipmentNumber += area.equipment();
            }
        }
        return laid.toArray(Area[]::new);
    }

    Area areaOfEquipment(int number) {
        return areas[floor(equipmentStarts, number)];
    }

    /** The area to which a functional location belongs; for that of a whole plant, the first area of the plant. */
    Area areaAtOrAfterLocation(int number) {
        int place = floor(locationStarts, number);
        if (place >= 0 && number < locationStarts[place] + areas[place].locations()) {
            return areas[place];
        }
        return areas[place + 1];
    }

    Tables.Fitting fitting(Area area, int equipmentNumber) {
        List<Tables.Fitting> fittings = area.kind().template().fittings();
        return fittings.get((equipmentNumber - area.equipmentFrom()) % fittings.size());
    }

    /** Which unit of its area an equipment stands in, from 0. */
    int unit(Area area, int equipmentNumber) {
        return (equipmentNumber - area.equipmentFrom())
                / area.kind().template().fittings().size();
    }

    String unitDigits(int unit) {
        return Digits.of(unit + 1L, unitDigits);
    }

    String unitKey(Area area, int unit) {
        return Digits.of(area.unitPrefix(), unit + 1L, unitDigits);
    }

    /** The functional location at which an equipment is installed. */
    String locationOfEquipment(Area area, int equipmentNumber) {
        Tables.Fitting fitting = fitting(area, equipmentNumber);
        return unitKey(area, unit(area, equipmentNumber))
                .concat(area.kind().template().places().get(fitting.place()).suffix());
    }

    /** The day on which an equipment was put into operation; always before {@link Days#TODAY}. */
    int startup(int equipmentNumber, Tables.EquipmentClass type) {
        return Days.TODAY - 30 - dice.below(Roll.STARTUP, equipmentNumber, type.lifeDays() * 5 / 4);
    }

    private static int floor(int[] starts, int number) {
        int low = 0;
        int high = starts.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (starts[middle] <= number) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low - 1;
    }
}
