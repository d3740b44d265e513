package io.imaint.services.alert;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;

/** The part of each day in which e-mail and push wait; over midnight when it begins later than it ends. */
record QuietHours(LocalTime from, LocalTime to) {
    QuietHours {
        if (from.equals(to)) {
            throw new IllegalArgumentException("begin and end at the same time");
        }
    }

    /** The first moment, from this one on, that is not quiet. */
    Instant endFrom(Instant moment, ZoneId zone) {
        var local = moment.atZone(zone);
        var time = local.toLocalTime();
        boolean overMidnight = from.isAfter(to);
        boolean quiet =
                overMidnight ? !time.isBefore(from) || time.isBefore(to) : !time.isBefore(from) && time.isBefore(to);
        if (!quiet) {
            return moment;
        }
        boolean tomorrow = overMidnight && !time.isBefore(from);
        return local.toLocalDate()
                .plusDays(tomorrow ? 1 : 0)
                .atTime(to)
                .atZone(zone)
                .toInstant();
    }
}
