package io.imaint.simulator.plant;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What each equipment of a class has: spare parts, characteristics and measuring points.
 *
 * @param traits in the order of their names
 */
record Kit(List<Part> parts, List<Trait> traits, List<Point> points) {
    /**
     * A spare part, which is a material.
     *
     * @param objectPart the code of the part of the equipment that it replaces
     * @param most how much of it one job takes
     */
    record Part(
            String material,
            String objectPart,
            String text,
            String type,
            String group,
            String unit,
            String size,
            int grams,
            int most) {
        /** Heavy parts are kept in a store of their own. */
        private static final int HEAVY_GRAMS = 5_000;

        String storage() {
            return Stores.LOCATIONS[grams < HEAVY_GRAMS ? 0 : 1];
        }
    }

    /**
     * A characteristic.
     *
     * @param unit null if its values are texts
     * @param texts the values as they are written
     * @param numbers the values as numbers; empty if they are texts
     */
    record Trait(String name, String text, @Nullable String unit, List<String> texts, List<Double> numbers) {}

    /** A measuring point: limits and target, which only a gauge has, and its readings count in units of the last decimal. */
    record Point(
            String position,
            String text,
            String characteristic,
            boolean counter,
            String unit,
            int low,
            int target,
            int high,
            int decimals,
            int annual) {

        Double reading(long units) {
            return units / Math.pow(10, decimals);
        }
    }

    /** What an inspection measures: the first measuring point that is not a counter. */
    Point gauge() {
        for (Point point : points) {
            if (!point.counter()) {
                return point;
            }
        }
        throw new AssertionError("a class without a gauge");
    }

    /** The kits of all classes of equipment by their codes. */
    static Map<String, Kit> readAll() {
        List<String[]> parts = Tables.lines("parts", ";");
        List<String[]> traits = Tables.lines("traits", ";");
        List<String[]> points = Tables.lines("points", ";");
        Map<String, Kit> kits = new HashMap<>();
        for (String[] any : parts) {
            kits.computeIfAbsent(
                    any[0],
                    code -> new Kit(
                            of(parts, code).map(Kit::part).toList(),
                            of(traits, code)
                                    .map(Kit::trait)
                                    .sorted(Comparator.comparing(Trait::name))
                                    .toList(),
                            of(points, code).map(Kit::point).toList()));
        }
        return kits;
    }

    private static Stream<String[]> of(List<String[]> table, String equipmentClass) {
        return table.stream().filter(f -> f[0].equals(equipmentClass));
    }

    private static Part part(String[] f) {
        return new Part(
                f[0] + "-S" + f[1], f[2], f[3], f[4], f[5], f[6], f[7], Integer.parseInt(f[8]), Integer.parseInt(f[9]));
    }

    private static Trait trait(String[] f) {
        List<String> values = List.of(f[4].split("\\|", -1));
        boolean texts = f[3].isEmpty();
        List<Double> numbers =
                texts ? List.of() : values.stream().map(Double::valueOf).toList();
        return new Trait(f[1], f[2], texts ? null : f[3], values, numbers);
    }

    private static Point point(String[] f) {
        int decimals = Integer.parseInt(f[9]);
        return new Point(
                f[1],
                f[2],
                f[3],
                f[4].equals("C"),
                f[5],
                units(f[6], decimals),
                units(f[7], decimals),
                units(f[8], decimals),
                decimals,
                f[10].isEmpty() ? 0 : Integer.parseInt(f[10]));
    }

    private static int units(String number, int decimals) {
        return number.isEmpty() ? 0 : (int) Math.round(Double.parseDouble(number) * Math.pow(10, decimals));
    }
}
