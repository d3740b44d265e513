package io.imaint.integration.definition;

import io.imaint.integration.odata.EdmKind;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How SAP's value becomes a document's. */
public enum Conversion {
    /** As the property's type says: text, number, date, time or instant; empty text is absent. */
    TEXT,
    /** The day of a date, whether SAP declares it with a time of day or without, or as text such as 20260105. */
    DATE,
    /** A point in time; one without a zone is taken as UTC. */
    INSTANT,
    /** Text split at blanks into a list. */
    CODES,
    /** The one code of a text of codes that comes first in the field's precedence. */
    LIFECYCLE,
    /** True for {@code X}, false for anything else. */
    FLAG,
    /** What the field's table says. */
    LOOKUP;

    /** The word in the document. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether values of a type can become what this conversion makes. */
    public boolean takes(EdmKind kind) {
        return switch (kind) {
            case BINARY, COMPLEX -> false;
            case STRING, UNKNOWN -> true;
            case DATE_TIME, DATE_TIME_OFFSET -> this == TEXT || this == DATE || this == INSTANT;
            case BOOLEAN -> this == TEXT || this == FLAG || this == LOOKUP;
            case GUID, TIME, DECIMAL, DOUBLE, SINGLE, INT64, INT32, INT16, BYTE, SBYTE ->
                this == TEXT || this == LOOKUP;
        };
    }

    /** The conversion of a word in a document; a lookup has none, since its table says enough. */
    static Optional<Conversion> of(String word) {
        return Arrays.stream(values())
                .filter(conversion -> conversion != LOOKUP && conversion.word().equals(word))
                .findFirst();
    }

    /** The words that a document may use, for people. */
    static String words() {
        return String.join(
                ", ",
                Arrays.stream(values())
                        .filter(conversion -> conversion != LOOKUP)
                        .map(Conversion::word)
                        .toList());
    }

    /** The length of a day as SAP writes it, and its initial value. */
    private static final int DAY_LENGTH = 8;

    private static final String NO_DAY = "00000000";

    private static final int TIME_LENGTH = 14;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

    static @Nullable LocalDate day(Mapping.Field field, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case LocalDate day -> day;
            case LocalDateTime time -> time.toLocalDate();
            case Instant instant -> instant.atOffset(ZoneOffset.UTC).toLocalDate();
            case String text -> absent(text) ? null : day(field, text.strip());
            default -> throw RowMapping.refused(field, value);
        };
    }

    static @Nullable Instant instant(Mapping.Field field, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case Instant instant -> instant;
            case LocalDateTime time -> time.toInstant(ZoneOffset.UTC);
            case LocalDate day -> day.atStartOfDay(ZoneOffset.UTC).toInstant();
            case String text -> absent(text) ? null : instant(field, text.strip());
            default -> throw RowMapping.refused(field, value);
        };
    }

    private static boolean absent(String text) {
        return text.isBlank() || text.strip().startsWith(NO_DAY);
    }

    private static LocalDate day(Mapping.Field field, String text) {
        try {
            return text.length() == DAY_LENGTH
                    ? LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE)
                    : LocalDate.parse(text);
        } catch (DateTimeException unreadable) {
            throw RowMapping.refused(field, text);
        }
    }

    private static Instant instant(Mapping.Field field, String text) {
        try {
            return text.length() == TIME_LENGTH
                    ? LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException unreadable) {
            throw RowMapping.refused(field, text);
        }
    }
}
