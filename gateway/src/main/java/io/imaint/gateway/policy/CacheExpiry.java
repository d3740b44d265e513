package io.imaint.gateway.policy;

import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.Value;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How long a value is kept; times and dates in UTC. The seconds win, as documented, then the time of day, then the date. What has no
 * value, is no number, or lies in the past holds for the longest time.
 *
 * @param seconds after how many
 * @param timeOfDay such as {@code 14:30:00}: the next one
 * @param date such as {@code 12-31-2026}: month, day, year
 */
record CacheExpiry(Value seconds, Value timeOfDay, Value date) {
    /** The documented default, and the longest time. */
    static final Duration LONGEST = Duration.ofDays(30);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("H:m:s", Locale.ROOT);
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("M-d-yyyy", Locale.ROOT);

    static CacheExpiry read(PolicyReader policy) {
        var settings = policy.one("ExpirySettings");
        if (settings.isEmpty()) {
            return new CacheExpiry(Value.NONE, Value.NONE, Value.NONE);
        }
        var reader = settings.get();
        var older = reader.value("TimeoutInSec", "");
        var newer = reader.value("TimeoutInSeconds");
        var expiry =
                new CacheExpiry(newer.isGiven() ? newer : older, reader.value("TimeOfDay"), reader.value("ExpiryDate"));
        expiry.check(reader);
        return expiry;
    }

    private void check(PolicyReader reader) {
        if (seconds.literal() != null && number(seconds.literal()).isEmpty()) {
            reader.error("Invalid timeout %s; it must be a whole number of seconds".formatted(seconds.literal()));
        }
        if (timeOfDay.literal() != null && time(timeOfDay.literal()).isEmpty()) {
            reader.error("<TimeOfDay> must be like 14:30:00");
        }
        if (date.literal() != null && date(date.literal()).isEmpty()) {
            reader.error("<ExpiryDate> must be like 12-31-2026");
        }
    }

    Instant from(Instant now, FlowContext context) {
        var latest = now.plus(LONGEST);
        return given(now, context)
                .filter(at -> at.isAfter(now) && at.isBefore(latest))
                .orElse(latest);
    }

    private Optional<Instant> given(Instant now, FlowContext context) {
        if (seconds.isGiven()) {
            return number(seconds.text(context)).map(now::plusSeconds);
        }
        if (timeOfDay.isGiven()) {
            return time(timeOfDay.text(context)).map(time -> {
                var today = now.atZone(ZoneOffset.UTC).with(time).toInstant();
                return today.isAfter(now) ? today : today.plus(Duration.ofDays(1));
            });
        }
        return date(date.text(context))
                .map(day -> day.atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    private static Optional<Long> number(@Nullable String text) {
        return text == null || !text.strip().matches("-?\\d{1,9}")
                ? Optional.empty()
                : Optional.of(Long.valueOf(text.strip()));
    }

    private static Optional<LocalTime> time(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(LocalTime.parse(text.strip(), TIME));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }

    private static Optional<LocalDate> date(@Nullable String text) {
        try {
            return text == null ? Optional.empty() : Optional.of(LocalDate.parse(text.strip(), DATE));
        } catch (DateTimeException none) {
            return Optional.empty();
        }
    }
}
