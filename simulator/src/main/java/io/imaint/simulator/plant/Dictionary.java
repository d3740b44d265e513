package io.imaint.simulator.plant;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** SAP's tables, as far as an extract is read: their fields with types and lengths, from dictionary.txt. */
final class Dictionary {
    enum Kind {
        TEXT,
        ALPHA,
        DIGITS,
        DATE,
        TIME,
        DECIMAL,
        INTEGER,
        FLOAT
    }

    record Field(String name, Kind kind, int length, int scale) {
        private static Field parse(String text) {
            int colon = text.indexOf(':');
            String type = text.substring(colon + 1);
            String[] size = type.substring(1).split("\\.", -1);
            return new Field(
                    text.substring(0, colon),
                    switch (type.charAt(0)) {
                        case 'C' -> Kind.TEXT;
                        case 'A' -> Kind.ALPHA;
                        case 'N' -> Kind.DIGITS;
                        case 'D' -> Kind.DATE;
                        case 'T' -> Kind.TIME;
                        case 'P' -> Kind.DECIMAL;
                        case 'I' -> Kind.INTEGER;
                        case 'F' -> Kind.FLOAT;
                        default -> throw new AssertionError("unknown type " + text);
                    },
                    size[0].isEmpty() ? 0 : Integer.parseInt(size[0]),
                    size.length > 1 ? Integer.parseInt(size[1]) : 0);
        }
    }

    /** A table's fields, those of the key first. */
    record Table(String name, int keyLength, List<Field> fields) {}

    final Map<String, Table> tables;

    Dictionary() {
        Map<String, Table> read = new LinkedHashMap<>();
        for (String[] line : Tables.lines("dictionary", ";")) {
            List<Field> fields = new ArrayList<>();
            for (String field : line[1].split(",", -1)) {
                fields.add(Field.parse(field));
            }
            int keyLength = fields.size();
            for (String field : line[2].split(",", -1)) {
                fields.add(Field.parse(field));
            }
            read.put(line[0], new Table(line[0], keyLength, List.copyOf(fields)));
        }
        this.tables = Collections.unmodifiableMap(read);
    }
}
