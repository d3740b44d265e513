package io.imaint.gateway.flow;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** The variables of time; all in UTC. */
final class SystemTime {
    /** As in {@code Wed, 21 Aug 2013 19:16:47 UTC}. */
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'UTC'", Locale.ROOT);

    static final Map<String, Function<Instant, Object>> READERS = Map.ofEntries(
            Map.entry("system.timestamp", Instant::toEpochMilli),
            Map.entry("system.time", now -> TIME.format(utc(now))),
            Map.entry("system.time.year", now -> utc(now).getYear()),
            Map.entry("system.time.month", now -> utc(now).getMonthValue()),
            Map.entry("system.time.day", now -> utc(now).getDayOfMonth()),
            // Sunday is 1.
            Map.entry("system.time.dayofweek", now -> utc(now).getDayOfWeek().getValue() % 7 + 1),
            Map.entry("system.time.hour", now -> utc(now).getHour()),
            Map.entry("system.time.minute", now -> utc(now).getMinute()),
            Map.entry("system.time.second", now -> utc(now).getSecond()),
            Map.entry("system.time.millisecond", now -> utc(now).getNano() / 1_000_000),
            Map.entry("system.time.zone", now -> "UTC"));

    private SystemTime() {}

    private static ZonedDateTime utc(Instant now) {
        return now.atZone(ZoneOffset.UTC);
    }
}
