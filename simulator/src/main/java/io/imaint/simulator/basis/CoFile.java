package io.imaint.simulator.basis;

import static io.imaint.simulator.basis.BasisProblem.TRANSPORT_UNUSABLE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.kernel.problem.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A transport's co-file: what the request is, what it needs, and what its data file must be like. Lines of
 * {@code key: value}; docs/reference/transports.md describes them.
 *
 * @param dependsOn requests that must be imported before
 * @param components releases in the system that exported the request
 * @param steps what its import does, for people
 */
record CoFile(
        Title title, List<String> dependsOn, SortedMap<String, String> components, List<String> steps, Data data) {
    static final int BYTES_MAX = 16 * 1024;

    private static final int LINES_MAX = 200;
    private static final int LINE_LENGTH_MAX = 200;
    private static final String COMMENT = "#";

    /** The request and who made it. */
    record Title(RequestName request, String description, String owner) {}

    /** By which the data file is known to be whole. */
    record Data(int bytes, String sha256) {}

    CoFile {
        dependsOn = List.copyOf(dependsOn);
        components = State.copy(components);
        steps = List.copyOf(steps);
    }

    byte[] bytes() {
        var lines = new ArrayList<String>();
        lines.add("# Co-file of the simulated SAP system of iMaintenance, form 1");
        lines.add("request: " + title.request());
        lines.add("description: " + title.description());
        lines.add("owner: " + title.owner());
        dependsOn.forEach(request -> lines.add("depends-on: " + request));
        components.forEach((name, release) -> lines.add("component: " + name + " " + release));
        steps.forEach(step -> lines.add("step: " + step));
        lines.add("data-bytes: " + data.bytes());
        lines.add("data-sha256: " + data.sha256());
        return (String.join("\n", lines) + "\n").getBytes(UTF_8);
    }

    /** @throws io.imaint.kernel.problem.Failure with {@link BasisProblem#TRANSPORT_UNUSABLE} */
    static CoFile parse(RequestName request, byte[] content) {
        var reading = new Reading(request);
        var lines = new String(content, UTF_8).lines().toList();
        if (lines.size() > LINES_MAX) {
            throw reading.damaged("more than %d lines".formatted(LINES_MAX));
        }
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line.length() > LINE_LENGTH_MAX || line.chars().anyMatch(Character::isISOControl)) {
                throw reading.damaged("line %d is not text".formatted(i + 1));
            }
            if (!line.isBlank() && !line.startsWith(COMMENT)) {
                reading.take(line, i + 1);
            }
        }
        return reading.coFile();
    }

    /** A co-file while its lines are read. */
    private static final class Reading {
        private final RequestName request;
        private final TreeMap<String, String> single = new TreeMap<>();
        private final List<String> dependsOn = new ArrayList<>();
        private final List<String> steps = new ArrayList<>();
        private final TreeMap<String, String> components = new TreeMap<>();

        Reading(RequestName request) {
            this.request = request;
        }

        Failure damaged(String why) {
            return TRANSPORT_UNUSABLE.because("co-file %s: %s".formatted(request.coFile(), why));
        }

        void take(String line, int number) {
            int colon = line.indexOf(": ");
            var key = colon < 0 ? "" : line.substring(0, colon);
            var value = colon < 0 ? "" : line.substring(colon + 2).strip();
            switch (key) {
                case "request", "description", "owner", "data-bytes", "data-sha256" -> {
                    if (single.put(key, value) != null) {
                        throw damaged("line %d repeats '%s'".formatted(number, key));
                    }
                }
                case "depends-on" -> dependsOn.add(requestIn(value, number));
                case "step" -> steps.add(value);
                case "component" -> {
                    var parts = value.split(" ", -1);
                    if (parts.length != 2 || !isComponent(parts[0], parts[1])) {
                        throw damaged("line %d names no component and release".formatted(number));
                    }
                    components.put(parts[0], parts[1]);
                }
                default -> throw damaged("line %d is of no known kind".formatted(number));
            }
        }

        CoFile coFile() {
            if (!required("request").equals(request.text())) {
                throw damaged("it belongs to another request");
            }
            var bytes = required("data-bytes");
            var sha256 = required("data-sha256");
            if (!bytes.matches("[0-9]{1,9}") || !sha256.matches("[0-9a-f]{64}")) {
                throw damaged("the data file's length or checksum is unreadable");
            }
            return new CoFile(
                    new Title(request, required("description"), required("owner")),
                    dependsOn,
                    components,
                    steps,
                    new Data(Integer.parseInt(bytes), sha256));
        }

        private String requestIn(String value, int number) {
            try {
                return new RequestName(value).text();
            } catch (IllegalArgumentException invalid) {
                throw damaged("line %d names no request".formatted(number));
            }
        }

        private String required(String key) {
            var value = single.get(key);
            if (value == null) {
                throw damaged("'%s' is missing".formatted(key));
            }
            return value;
        }
    }

    static boolean isComponent(String name, String release) {
        return name.matches("[A-Z0-9_]{1,30}") && release.matches("[A-Z0-9_.]{1,10}");
    }
}
