package io.imaint.simulator.console;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Something an administrator can do.
 *
 * @param command its name on the command line; with slashes for blanks, in addresses
 * @param purpose a sentence
 * @param example of its arguments on the command line, with the command; empty where it needs none
 */
public record Operation(Area area, Weight weight, String command, List<Field> fields, String purpose, String example) {
    /**
     * Operations that belong together.
     *
     * @param transactions by which SAP's people know it
     */
    public record Area(String title, List<String> transactions) {}

    /** What an operation does to the system. */
    public enum Weight {
        READS,
        CHANGES,
        /** Takes something away. */
        REMOVES,
        /** Takes everything away. */
        WIPES
    }

    private static final Map<String, Operation> ALL = read();

    /** All there are, in the order in which people see them. */
    public static List<Operation> all() {
        return List.copyOf(ALL.values());
    }

    static Optional<Operation> find(String command) {
        return Optional.ofNullable(ALL.get(command));
    }

    static Operation named(String command) {
        return find(command).orElseThrow(() -> new AssertionError("operations.txt lacks " + command));
    }

    /** Where it is found below the root of an interface. */
    public String path() {
        return command.replace(' ', '/');
    }

    boolean reads() {
        return weight == Weight.READS;
    }

    Optional<Field> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /** What a button for it says, among the operations of its area. */
    String label() {
        var words = command.substring(command.indexOf(' ') + 1).replace('-', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    private static Map<String, Operation> read() {
        var operations = new LinkedHashMap<String, Operation>();
        var area = new Area("", List.of());
        var lines = text().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            var line = lines.get(i);
            if (line.startsWith("= ")) {
                var parts = line.substring(2).split(" \\| ", -1);
                area = new Area(parts[0], List.of(parts[1].split(" ", -1)));
            } else if (!line.isBlank() && !line.startsWith("#") && !line.startsWith(" ")) {
                var example = i + 2 < lines.size() && lines.get(i + 2).startsWith("  > ")
                        ? lines.get(i + 2).substring(4)
                        : "";
                var operation = operation(area, line, lines.get(i + 1).strip(), example);
                operations.put(operation.command, operation);
            }
        }
        return Collections.unmodifiableMap(operations);
    }

    private static Operation operation(Area area, String line, String purpose, String example) {
        var words = line.split(" +", -1);
        var command = new ArrayList<String>();
        var fields = new ArrayList<Field>();
        for (var word : Arrays.asList(words).subList(1, words.length)) {
            if (word.startsWith("[") || Character.isUpperCase(word.charAt(0))) {
                fields.add(Field.parse(word));
            } else {
                command.add(word);
            }
        }
        return new Operation(
                area,
                Weight.valueOf(words[0].toUpperCase(Locale.ROOT)),
                String.join(" ", command),
                List.copyOf(fields),
                purpose,
                example);
    }

    private static String text() {
        try (var in = Operation.class.getResourceAsStream("operations.txt")) {
            if (in == null) {
                throw new AssertionError("operations.txt is missing");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
