package io.imaint.store;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The types of values in a document, and the conversion of other types to them. */
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
            case LocalTime time -> time(new StringBuilder(8), time).toString();
            case Instant instant -> text(instant);
            case Enum<?> constant -> constant.name();
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

    /** As {@link #INSTANT} writes it; loads convert several for each row, and a formatter is slow. */
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

    private static StringBuilder time(StringBuilder text, LocalTime time) {
        two(text, time.getHour());
        two(text.append(':'), time.getMinute());
        return two(text.append(':'), time.getSecond());
    }

    private static StringBuilder two(StringBuilder text, int number) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }
}
