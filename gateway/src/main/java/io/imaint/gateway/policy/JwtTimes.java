package io.imaint.gateway.policy;

import io.imaint.gateway.flow.PolicyReader;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Times as the policies of JSON web tokens write them. */
final class JwtTimes {
    /** With a zone: sortable, RFC 1123 and RFC 850. */
    private static final List<DateTimeFormatter> ZONED = List.of(
            DateTimeFormatter.ISO_OFFSET_DATE_TIME,
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss[.SSS]Z", Locale.ROOT),
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss zzz", Locale.ENGLISH),
            DateTimeFormatter.ofPattern("EEEE, dd-MMM-yy HH:mm:ss zzz", Locale.ENGLISH));

    /** As the function {@code asctime} of C writes it. */
    private static final DateTimeFormatter PLAIN =
            DateTimeFormatter.ofPattern("EEE MMM d HH:mm:ss yyyy", Locale.ENGLISH);

    private JwtTimes() {}

    /** A duration such as {@code 10d}, {@code 1h}, {@code 60s}; seconds without unit. Empty where it is none. */
    static Optional<Duration> duration(String text) {
        var trimmed = text.strip().toLowerCase(Locale.ROOT);
        if (!trimmed.matches("[0-9]{1,9}[smhd]?")) {
            return Optional.empty();
        }
        char unit = trimmed.charAt(trimmed.length() - 1);
        long count = Long.parseLong(Character.isDigit(unit) ? trimmed : trimmed.substring(0, trimmed.length() - 1));
        return Optional.of(
                switch (unit) {
                    case 'd' -> Duration.ofDays(count);
                    case 'h' -> Duration.ofHours(count);
                    case 'm' -> Duration.ofMinutes(count);
                    default -> Duration.ofSeconds(count);
                });
    }

    /** The same of a policy's file; what is none is reported. */
    static Optional<Duration> duration(PolicyReader reader, String element, String text) {
        var found = duration(text);
        if (found.isEmpty()) {
            reader.error("<%s> must be a number with s, m, h or d, such as 60s".formatted(element));
        }
        return found;
    }

    /** A moment in one of the forms that SAP reads; empty where it is none. */
    static Optional<Instant> moment(String text) {
        var trimmed = text.strip();
        for (var form : ZONED) {
            try {
                return Optional.of(
                        form.parseBest(trimmed, OffsetDateTime::from, ZonedDateTime::from)
                                        instanceof OffsetDateTime time
                                ? time.toInstant()
                                : ZonedDateTime.parse(trimmed, form).toInstant());
            } catch (DateTimeException none) {
                // The next form may do.
            }
        }
        try {
            return Optional.of(LocalDateTime.parse(trimmed, PLAIN).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
