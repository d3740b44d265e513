package io.imaint.integration.definition;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How SAP's value becomes a document's. */
public enum Conversion {
    /** As the property's type says: text, number, date, time or instant; empty text is absent. */
    TEXT,
    /** The day of a date, whether SAP declares it with a time of day or without. */
    DATE,
    /** A point in time; one without a zone is taken as UTC. */
    INSTANT,
    /** Text split at blanks into a list. */
    CODES,
    /** The one code of a text of codes that comes first in the field's precedence. */
    LIFECYCLE,
    /** True for {@code X}, false for anything else. */
    FLAG;

    /** The word in the document. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<Conversion> of(String word) {
        return Arrays.stream(values())
                .filter(conversion -> conversion.word().equals(word))
                .findFirst();
    }
}
