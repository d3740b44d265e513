package io.imaint.simulator.plant;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the generated company is made of: plants, areas, equipment classes, faults, tasks. Read from the text files beside this class. */
final class Tables {
    record Plant(
            String werks,
            String name1,
            String name2,
            String street,
            String postalCode,
            String city,
            String country,
            String region,
            String language,
            String calendar,
            String companyCode,
            String currency,
            String kind) {}

    /** A kind of area: {@code unit} is what its units are called, {@code template} what a unit is made of. */
    record AreaKind(String plantKind, String code, String name, String unit, Template template) {}

    record WorkCenter(String arbpl, String text, String responsible, String location) {}

    record PlannerGroup(String ingrp, String name, String extension) {}

    record Maker(String name, List<String> models) {}

    record Fault(
            String symptom,
            String action,
            String discipline,
            int tenthsFrom,
            int tenthsTo,
            int breakdownPercent,
            Customizing.Code coding,
            Customizing.Code part,
            Customizing.Code damage,
            Customizing.Code cause,
            Customizing.Code activity) {}

    record Task(String text, String activityType, String discipline, int tenthsFrom, int tenthsTo, int months) {
        /** Plans count in months of thirty days. */
        int cycleDays() {
            return months * 30;
        }

        String orderType() {
            return activityType.equals("CAL") ? "PM06" : "PM03";
        }
    }

    /** A class of equipment; {@code failurePercent} compares how often it fails with the class that fails most. */
    record EquipmentClass(
            String code,
            String objectType,
            String profile,
            String name,
            String tag,
            String discipline,
            int lifeDays,
            int kgFrom,
            int kgTo,
            int valueFrom,
            int valueTo,
            int failurePercent,
            boolean refurbished,
            List<Maker> makers,
            List<Fault> faults,
            List<Task> tasks,
            Kit kit) {
        /** The material as which a refurbished equipment of a model is stocked. */
        String exchangeUnit(int model) {
            return code + "-" + tag + (100 + model);
        }
    }

    /** A functional location within a unit: the unit itself, one of its systems, or a position in it. */
    record Place(String suffix, String parentSuffix, String name, int level, String tag) {}

    /** An equipment within a unit: at which of its places, and which of the unit's equipment it is a part of, or -1. */
    record Fitting(EquipmentClass type, int place, int superior, int part, String tag) {}

    /** What each unit of an area is made of, in the order of the keys. */
    record Template(List<Place> places, List<Fitting> fittings) {}

    final List<Plant> plants = new ArrayList<>();
    final List<AreaKind> areaKinds = new ArrayList<>();
    final List<WorkCenter> workCenters = new ArrayList<>();
    final List<PlannerGroup> plannerGroups = new ArrayList<>();
    /** In the order of their codes. */
    final List<EquipmentClass> equipmentClasses;

    final String[] users;
    /** The persons behind the users. */
    final String[] userNames;

    final String[] firstNames;
    final String[] lastNames;
    /** The steps for 1, 2, … operations; see steps.txt. */
    final String[][] steps;
    /** Which of 1, 2, … operations is the job itself, from 0. */
    final int[] mainSteps;

    private final Map<String, EquipmentClass> classes = new HashMap<>();
    private final Map<String, Template> templates = new HashMap<>();

    Tables() {
        for (String[] f : lines("plants", ";")) {
            plants.add(new Plant(f[0], f[1], f[2], f[3], f[4], f[5], f[6], f[7], f[8], f[9], f[10], f[11], f[12]));
        }
        for (String[] f : lines("workcenters", ";")) {
            workCenters.add(new WorkCenter(f[0], f[1], f[2], f[3]));
        }
        for (String[] f : lines("plannergroups", ";")) {
            plannerGroups.add(new PlannerGroup(f[0], f[1], f[2]));
        }
        users = lines("users", ";").stream().map(f -> f[0]).toArray(String[]::new);
        userNames = lines("users", ";").stream().map(f -> f[1]).toArray(String[]::new);
        List<String[]> names = lines("names", ";");
        firstNames = names.getFirst();
        lastNames = names.getLast();
        steps = lines("steps", "\\|").toArray(String[][]::new);
        mainSteps = Arrays.stream(steps)
                .mapToInt(texts -> List.of(texts).indexOf("+"))
                .toArray();
        readClasses();
        equipmentClasses = classes.values().stream()
                .sorted(Comparator.comparing(EquipmentClass::code))
                .toList();
        readTemplates();
        for (String[] f : lines("areas", ";")) {
            areaKinds.add(new AreaKind(f[0], f[1], f[2], f[3], known(templates, f[4])));
        }
    }

    private void readClasses() {
        List<String[]> faults = lines("faults", ";");
        List<String[]> tasks = lines("tasks", ";");
        Map<String, Kit> kits = Kit.readAll();
        for (String[] f : lines("classes", ";")) {
            List<Fault> own = faults.stream()
                    .filter(fault -> fault[0].equals(f[0]))
                    .map(Tables::fault)
                    .toList();
            List<Task> due = tasks.stream()
                    .filter(task -> task[0].equals(f[0]))
                    .map(t -> new Task(t[1], t[2], t[3], number(t[4]), number(t[5]), number(t[6])))
                    .toList();
            List<Maker> makers = Arrays.stream(f[12].split("\\|", -1))
                    .map(text -> {
                        int slash = text.indexOf('/');
                        return new Maker(
                                text.substring(0, slash),
                                List.of(text.substring(slash + 1).split(",", -1)));
                    })
                    .toList();
            classes.put(
                    f[0],
                    new EquipmentClass(
                            f[0],
                            f[1],
                            "PM-" + f[0],
                            f[2],
                            f[3],
                            f[4],
                            number(f[5]) * 365,
                            number(f[6]),
                            number(f[7]),
                            number(f[8]),
                            number(f[9]),
                            number(f[10]),
                            f[11].equals("X"),
                            makers,
                            own,
                            due,
                            known(kits, f[0])));
        }
    }

    private static Fault fault(String[] f) {
        return new Fault(
                f[1],
                f[2],
                f[3],
                number(f[4]),
                number(f[5]),
                number(f[6]),
                Customizing.code("D", f[7], f[8]),
                Customizing.code("B", "PT-" + f[0], f[9]),
                code("C", f[10]),
                code("5", f[11]),
                Customizing.code("A", "AC-GEN", f[12]));
    }

    private static Customizing.Code code(String catalog, String text) {
        int slash = text.indexOf('/');
        return Customizing.code(catalog, text.substring(0, slash), text.substring(slash + 1));
    }

    private void readTemplates() {
        Map<String, String[]> assemblies = new HashMap<>();
        for (String[] f : lines("assemblies", ";")) {
            assemblies.put(f[0], f);
        }
        Map<String, List<String[]>> systems = new HashMap<>();
        for (String[] f : lines("templates", ";")) {
            systems.computeIfAbsent(f[0], any -> new ArrayList<>()).add(f);
        }
        systems.forEach((name, parts) -> templates.put(name, template(parts, assemblies)));
    }

    private Template template(List<String[]> systems, Map<String, String[]> assemblies) {
        List<Place> places = new ArrayList<>();
        List<Fitting> fittings = new ArrayList<>();
        places.add(new Place("", "", "", 2, ""));
        for (String[] system : systems) {
            String suffix = "-" + system[1];
            places.add(new Place(suffix, "", system[2], 3, ""));
            String[] assembly = known(assemblies, system[3]);
            String[] parts = assembly[2].split(",", -1);
            for (int position = 1; position <= number(system[4]); position++) {
                String tag = Digits.of(position, 2);
                int superior = fittings.size();
                EquipmentClass main = known(classes, parts[0]);
                places.add(new Place(suffix + "-" + tag, suffix, assembly[1], 4, main.tag() + tag));
                for (int part = 0; part < parts.length; part++) {
                    EquipmentClass type = known(classes, parts[part]);
                    fittings.add(
                            new Fitting(type, places.size() - 1, part == 0 ? -1 : superior, part, type.tag() + tag));
                }
            }
        }
        return new Template(List.copyOf(places), List.copyOf(fittings));
    }

    private static int number(String text) {
        return Integer.parseInt(text);
    }

    private static <T> T known(Map<String, T> map, String name) {
        T value = map.get(name);
        if (value == null) {
            throw new AssertionError("the plant's tables name an unknown " + name);
        }
        return value;
    }

    /** The fields of each line of a table that is not a comment. */
    static List<String[]> lines(String table, String separator) {
        try (InputStream stream = Tables.class.getResourceAsStream(table + ".txt")) {
            if (stream == null) {
                throw new AssertionError(table + ".txt is missing from the program");
            }
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .map(line -> line.split(separator, -1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
