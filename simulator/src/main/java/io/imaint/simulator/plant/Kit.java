package io.imaint.simulator.plant;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
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
     * @param numbers the values; empty if they are texts
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

    static Kit read(String equipmentClass) {
        List<Part> parts = of("parts", equipmentClass).map(Kit::part).toList();
        List<Trait> traits = of("traits", equipmentClass)
                .map(Kit::trait)
                .sorted(Comparator.comparing(Trait::name))
                .toList();
        List<Point> points = of("points", equipmentClass).map(Kit::point).toList();
        return new Kit(parts, traits, points);
    }

    private static Stream<String[]> of(String table, String equipmentClass) {
        return Tables.lines(table, ";").stream().filter(f -> f[0].equals(equipmentClass));
    }

    private static Part part(String[] f) {
        return new Part(
                f[0] + "-S" + f[1], f[2], f[3], f[4], f[5], f[6], f[7], Integer.parseInt(f[8]), Integer.parseInt(f[9]));
    }

    private static Trait trait(String[] f) {
        List<String> values = List.of(f[4].split("\\|", -1));
        boolean texts = f[3].isEmpty();
        return new Trait(
                f[1],
                f[2],
                texts ? null : f[3],
                values,
                texts
                        ? List.of()
                        : Arrays.stream(f[4].split("\\|", -1)).map(Double::valueOf).toList());
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
