package io.imaint.simulator.plant;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The generated plant's calendar: days are counted from 1970-01-01, and everything lies before {@link #TODAY}. */
final class Days {
    /** The first day of which nothing is known yet. */
    static final int TODAY = day(2026, 11, 1);

    private static final int ORDERS_FROM = day(2021, 11, 1);
    private static final int WEEKS = 261;
    /** How far into its week, in thousandths of the week's orders, each day ends, Monday first. */
    private static final int[] WEEKDAY_ENDS = {180, 360, 540, 720, 880, 950, 1000};

    /** Covers the oldest equipment's construction and the latest call of a maintenance plan with room to spare. */
    private static final int FIRST = day(1975, 1, 1);

    private static final LocalDate[] DATES = IntStream.range(FIRST, day(2035, 1, 1))
            .mapToObj(LocalDate::ofEpochDay)
            .toArray(LocalDate[]::new);
    private static final LocalTime[] MINUTES = IntStream.range(0, 24 * 60)
            .mapToObj(minute -> LocalTime.of(minute / 60, minute % 60))
            .toArray(LocalTime[]::new);
    private static final BigDecimal[] TENTHS =
            IntStream.range(0, 1000).mapToObj(t -> BigDecimal.valueOf(t, 1)).toArray(BigDecimal[]::new);

    private Days() {}

    static int day(int year, int month, int dayOfMonth) {
        return (int) LocalDate.of(year, month, dayOfMonth).toEpochDay();
    }

    static LocalDate date(int day) {
        return DATES[day - FIRST];
    }

    static @Nullable LocalDate dateIf(boolean known, int day) {
        return known ? DATES[day - FIRST] : null;
    }

    /** The time of day, in whole minutes. */
    static LocalTime time(int minute) {
        return MINUTES[minute];
    }

    static Instant instant(int day, int second) {
        return Instant.ofEpochSecond(day * 86_400L + second);
    }

    static BigDecimal hours(int tenths) {
        return TENTHS[tenths];
    }

    /** The day on which the order {@code index} of {@code orders} is created: never earlier than the one before it. */
    static int ofOrder(long index, long orders) {
        long place = index * (WEEKS * 1000L) / orders;
        int inWeek = (int) (place % 1000);
        int weekday = 0;
        while (inWeek >= WEEKDAY_ENDS[weekday]) {
            weekday++;
        }
        return Math.min(ORDERS_FROM + (int) (place / 1000) * 7 + weekday, TODAY - 1);
    }
}
