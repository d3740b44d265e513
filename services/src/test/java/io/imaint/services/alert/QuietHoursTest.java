package io.imaint.services.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;

/** Goal: nobody is woken up, in whatever time zone and on whatever day of the year. */
class QuietHoursTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final QuietHours NIGHT = new QuietHours(LocalTime.of(22, 0), LocalTime.of(6, 0));
    private static final QuietHours NOON = new QuietHours(LocalTime.of(12, 0), LocalTime.of(13, 0));

    @Test
    void waitsFromTheEveningToTheNextMorning() {
        assertThat(end(NIGHT, "2026-01-10T22:30:00Z")).isEqualTo("2026-01-11T05:00:00Z");
    }

    @Test
    void waitsAfterMidnightToTheSameMorning() {
        assertThat(end(NIGHT, "2026-01-10T23:30:00Z")).isEqualTo("2026-01-11T05:00:00Z");
    }

    @Test
    void waitsWithinTheDay() {
        assertThat(end(NOON, "2026-01-10T11:30:00Z")).isEqualTo("2026-01-10T12:00:00Z");
    }

    @Test
    void doesNotWaitOutside() {
        assertThat(end(NIGHT, "2026-01-10T12:00:00Z")).isEqualTo("2026-01-10T12:00:00Z");
        assertThat(end(NIGHT, "2026-01-10T05:00:00Z")).as("the end itself").isEqualTo("2026-01-10T05:00:00Z");
    }

    @Test
    void endsByTheClockOnTheWallWhenSummerTimeBegins() {
        assertThat(end(NIGHT, "2026-03-28T22:30:00Z")).isEqualTo("2026-03-29T04:00:00Z");
    }

    @Test
    void refusesAnEmptyPartOfTheDay() {
        assertThatThrownBy(() -> new QuietHours(LocalTime.NOON, LocalTime.NOON)).hasMessageContaining("same time");
    }

    private static Instant end(QuietHours hours, String moment) {
        return hours.endFrom(Instant.parse(moment), BERLIN);
    }
}
