package io.imaint.simulator.console;

import java.util.List;
import java.util.Locale;

/**
 * Something an operation wants to know.
 *
 * @param name in small letters, the same word in JSON, in forms and on the command line
 * @param choices all the values it takes; empty for no such list
 */
public record Field(String name, Kind kind, boolean required, List<String> choices) {
    /** What a field holds. */
    public enum Kind {
        TEXT,
        /** A text that is not shown again. */
        SECRET,
        FLAG,
        /** A whole number, zero or more. */
        NUMBER,
        /** A day such as 2027-12-31. */
        DATE,
        /** Any number of texts. */
        WORDS,
        /** Texts by name. */
        PAIRS,
        /** A text with blanks in it. */
        LINE
    }

    /** Reads the form in which operations.txt names it. */
    static Field parse(String written) {
        boolean optional = written.startsWith("[");
        var parts = (optional ? written.substring(1, written.length() - 1) : written).split(":", 2);
        var name = parts[0].toLowerCase(Locale.ROOT);
        if (parts.length == 1) {
            return new Field(name, Kind.TEXT, !optional, List.of());
        }
        if (parts[1].contains("|")) {
            return new Field(name, Kind.TEXT, !optional, List.of(parts[1].split("\\|", -1)));
        }
        return new Field(name, Kind.valueOf(parts[1].toUpperCase(Locale.ROOT)), !optional, List.of());
    }

    /** As people read it. */
    String label() {
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1).replace('-', ' ');
    }
}
