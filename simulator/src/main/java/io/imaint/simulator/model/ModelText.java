package io.imaint.simulator.model;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.simulator.model.EntitySet.Ability;
import io.imaint.simulator.model.Property.Form;
import io.imaint.simulator.model.Property.Role;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Reads entity types from a text such as icwp.txt, whose first lines say how it is written. */
final class ModelText {
    private ModelText() {}

    /**
     * @param namespace of the types
     */
    static List<EntitySet> read(String file, String namespace) {
        var sets = new ArrayList<EntitySet>();
        String type = "";
        Set<Ability> abilities = Set.of();
        var properties = new ArrayList<Property>();
        for (var line : text(file).lines().toList()) {
            if (line.startsWith("=")) {
                if (!properties.isEmpty()) {
                    sets.add(new EntitySet(namespace, type, abilities, properties));
                    properties.clear();
                }
                var words = List.of(line.substring(2, line.indexOf('|')).strip().split(" ", -1));
                type = words.getFirst();
                abilities = EnumSet.noneOf(Ability.class);
                for (var word : words.subList(1, words.size())) {
                    abilities.add(Ability.valueOf(word.toUpperCase(Locale.ROOT)));
                }
            } else if (!line.isBlank() && !line.startsWith("#")) {
                properties.add(property(line));
            }
        }
        sets.add(new EntitySet(namespace, type, abilities, properties));
        return List.copyOf(sets);
    }

    private static Property property(String line) {
        var role = switch (line.charAt(0)) {
            case '*' -> Role.KEY;
            case '+' -> Role.CREATE;
            case '~' -> Role.CHANGE;
            default -> Role.READ;
        };
        var words = line.substring(2).split(" ", 3);
        var size = words[1].substring(1).split("\\.", -1);
        return new Property(
                words[0],
                type(words[1].charAt(0)),
                form(words[1].charAt(0)),
                size[0].isEmpty() ? 0 : Integer.parseInt(size[0]),
                size.length == 1 ? 0 : Integer.parseInt(size[1]),
                words[2],
                role);
    }

    private static EdmType type(char letter) {
        return switch (letter) {
            case 'C', 'A', 'N' -> EdmType.STRING;
            case 'D' -> EdmType.DATE;
            case 'T' -> EdmType.TIME;
            case 'S' -> EdmType.TIMESTAMP;
            case 'P' -> EdmType.DECIMAL;
            case 'I' -> EdmType.INT32;
            case 'F' -> EdmType.DOUBLE;
            case 'G' -> EdmType.GUID;
            default -> throw new AssertionError("unknown type " + letter);
        };
    }

    private static Form form(char letter) {
        return switch (letter) {
            case 'A' -> Form.ALPHA;
            case 'N' -> Form.DIGITS;
            default -> Form.PLAIN;
        };
    }

    private static String text(String file) {
        try (var in = ModelText.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new AssertionError(file + " is missing");
            }
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
