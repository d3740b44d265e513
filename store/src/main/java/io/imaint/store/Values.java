package io.imaint.store;

import io.imaint.kernel.identifiers.Identifier;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The kinds of values a document keeps, and how other types become one of them. */
final class Values {
    /** Fixed width, so that text order is time order. */
    private static final DateTimeFormatter INSTANT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private Values() {}

    static @Nullable Object kept(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case String text -> text;
            case Long number -> number;
            case Integer number -> number.longValue();
            case Boolean flag -> flag;
            case BigDecimal decimal -> decimal;
            case BigInteger whole -> new BigDecimal(whole);
            case Double number -> BigDecimal.valueOf(number);
            case LocalDate date -> date.toString();
            case LocalTime time -> text(time);
            case Duration duration -> duration.toString();
            case Instant instant -> text(instant);
            case Identifier identifier -> identifier.value();
            case Enum<?> constant -> constant.toString();
            case Document document -> document;
            case Optional<?> optional -> kept(optional.orElse(null));
            case List<?> list -> list.stream().map(Values::kept).toList();
            case Map<?, ?> map -> {
                var document = new Document();
                map.forEach((key, item) -> document.put((String) key, item));
                yield document;
            }
            default -> throw new AssertionError("a document cannot keep a " + value.getClass());
        };
    }

    static Object present(Object value) {
        return Objects.requireNonNull(kept(value));
    }

    static String text(LocalTime time) {
        return time.truncatedTo(ChronoUnit.SECONDS).equals(time)
                ? time(new StringBuilder(8), time).toString()
                : time.toString();
    }

    /** As {@link #INSTANT} writes it; loads convert several for each row, and a formatter takes its time. */
    static String text(Instant instant) {
        var moment = instant.atOffset(ZoneOffset.UTC);
        int year = moment.getYear();
        if (year < 0 || year > 9999) {
            return INSTANT.format(moment);
        }
        var text = new StringBuilder(24);
        two(two(text, year / 100), year % 100);
        two(text.append('-'), moment.getMonthValue());
        two(text.append('-'), moment.getDayOfMonth());
        time(text.append('T'), moment.toLocalTime());
        int milliseconds = moment.getNano() / 1_000_000;
        text.append('.').append((char) ('0' + milliseconds / 100));
        return two(text, milliseconds % 100).append('Z').toString();
    }

    /** As {@link LocalDate#parse} reads it, without a formatter for the usual form. */
    static LocalDate date(String text) {
        return text.length() == 10 && text.charAt(4) == '-' && text.charAt(7) == '-'
                ? LocalDate.of(digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10))
                : LocalDate.parse(text);
    }

    static LocalTime time(String text) {
        return text.length() == 8 && text.charAt(2) == ':' && text.charAt(5) == ':'
                ? LocalTime.of(digits(text, 0, 2), digits(text, 3, 5), digits(text, 6, 8))
                : LocalTime.parse(text);
    }

    static Instant instant(String text) {
        if (text.length() != 24 || text.charAt(10) != 'T' || text.charAt(19) != '.' || text.charAt(23) != 'Z') {
            return Instant.parse(text);
        }
        long day = date(text.substring(0, 10)).toEpochDay();
        int second = time(text.substring(11, 19)).toSecondOfDay();
        return Instant.ofEpochSecond(day * 86_400 + second, digits(text, 20, 23) * 1_000_000L);
    }

    private static int digits(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                throw new DateTimeException("'" + text + "' is not a date or time");
            }
            number = number * 10 + digit;
        }
        return number;
    }

    private static StringBuilder time(StringBuilder text, LocalTime time) {
        two(text, time.getHour());
        two(text.append(':'), time.getMinute());
        return two(text.append(':'), time.getSecond());
    }

    private static StringBuilder two(StringBuilder text, int number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
