package io.imaint.integration.definition;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** Days and points in time from whatever type a service declares them with. */
final class Days {
    /** SAP's own form of a day as text, and its day that is none. */
    private static final int DAY_LENGTH = 8;

    private static final String NO_DAY = "00000000";

    private static final int TIME_LENGTH = 14;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMddHHmmss");

    private Days() {}

    static @Nullable LocalDate day(Field field, @Nullable Object value) {
        return switch (value) {
            case null -> null;
            case LocalDate day -> day;
            case LocalDateTime time -> time.toLocalDate();
            case Instant instant -> instant.atOffset(ZoneOffset.UTC).toLocalDate();
            case String text -> absent(text) ? null : day(field, text.strip());
            default -> throw RowMapping.refused(field, value);
        };
    }

    static @Nullable Instant instant(Field field, @Nullable Object value) {
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

    private static LocalDate day(Field field, String text) {
        try {
            return text.length() == DAY_LENGTH
                    ? LocalDate.parse(text, DateTimeFormatter.BASIC_ISO_DATE)
                    : LocalDate.parse(text);
        } catch (DateTimeException unreadable) {
            throw RowMapping.refused(field, text);
        }
    }

    private static Instant instant(Field field, String text) {
        try {
            return text.length() == TIME_LENGTH
                    ? LocalDateTime.parse(text, TIME).toInstant(ZoneOffset.UTC)
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException unreadable) {
            throw RowMapping.refused(field, text);
        }
    }
}
