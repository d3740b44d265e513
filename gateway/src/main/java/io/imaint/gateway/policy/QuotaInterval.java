package io.imaint.gateway.policy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** The intervals in which a quota counts, all in UTC. */
final class QuotaInterval {
    /** How intervals follow each other. */
    enum Type {
        /** They begin with the unit: a full hour, midnight, Monday, the first of a month. */
        DEFAULT,
        /** They begin at the start time and follow each other. */
        CALENDAR,
        /** The interval always ends now. */
        ROLLINGWINDOW,
        /** One begins with the first request after the last one ended. */
        FLEXI
    }

    /** The unit of an interval; a month has 28 days unless intervals are those of the calendar. */
    enum Unit {
        SECOND(Duration.ofSeconds(1)),
        MINUTE(Duration.ofMinutes(1)),
        HOUR(Duration.ofHours(1)),
        DAY(Duration.ofDays(1)),
        WEEK(Duration.ofDays(7)),
        MONTH(Duration.ofDays(28));

        private final Duration length;

        Unit(Duration length) {
            this.length = length;
        }

        long millis(long count) {
            return length.toMillis() * count;
        }
    }

    /** One interval: from its start until before its end, in milliseconds since 1970. */
    record Window(long start, long end) {
        Instant endsAt() {
            return Instant.ofEpochMilli(end);
        }

        String id() {
            return Long.toString(start);
        }

        Window previous() {
            return new Window(start - (end - start), start);
        }
    }

    /** The first Monday of 1970. */
    private static final long MONDAY = Duration.ofDays(4).toMillis();

    private QuotaInterval() {}

    /** The interval that holds a moment, of those that begin with their unit. */
    static Window withUnit(Instant now, long count, Unit unit) {
        if (unit != Unit.MONTH) {
            return from(unit == Unit.WEEK ? MONDAY : 0, now, count, unit);
        }
        var date = now.atZone(ZoneOffset.UTC);
        long month = Math.floorDiv(date.getYear() * 12L + date.getMonthValue() - 1, count) * count;
        return new Window(monthStart(month), monthStart(month + count));
    }

    private static long monthStart(long monthsSinceYearZero) {
        return ZonedDateTime.of(
                        (int) Math.floorDiv(monthsSinceYearZero, 12L),
                        (int) Math.floorMod(monthsSinceYearZero, 12L) + 1,
                        1,
                        0,
                        0,
                        0,
                        0,
                        ZoneOffset.UTC)
                .toInstant()
                .toEpochMilli();
    }

    /** The interval that holds a moment, of those that follow each other from a start. */
    static Window from(long start, Instant now, long count, Unit unit) {
        long length = unit.millis(count);
        long begins = start + Math.floorDiv(now.toEpochMilli() - start, length) * length;
        return new Window(begins, begins + length);
    }
}
