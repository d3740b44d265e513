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

/** The kinds of values a document keeps, and how other types become one of them. */
final class Values {
    /** Fixed width, so that text order is time order. */
    private static final DateTimeFormatter INSTANT =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter();

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

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
            case LocalTime time -> TIME.format(time);
            case Instant instant -> INSTANT.format(instant.atOffset(ZoneOffset.UTC));
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
}
