package io.imaint.integration.schedule;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Schedule;
import io.imaint.integration.definition.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The schedules as a crontab, for deltas by cron instead of the delta job. Cron has no intervals below a minute: shorter ones
 * run every minute. Jitter and misfire rule do not apply.
 */
public final class Crontab {
    /** Intervals that divide an hour, and a day; any other is rounded down to one, so that nothing comes too late. */
    private static final List<Integer> MINUTES = List.of(30, 20, 15, 12, 10, 6, 5, 4, 3, 2, 1);

    private static final List<Integer> HOURS = List.of(12, 8, 6, 4, 3, 2, 1);

    private static final String HEAD = """
            # Made by `imaint inbound crontab`; install with `crontab FILE`. Times are UTC.
            # A delta that is still running is not started again: each integration has a lease.
            CRON_TZ=UTC
            IMAINT=/opt/imaint/imaint
            """;

    private static final String NIGHT = """
            # Every night: compare keys and change stamps with SAP, and check references.
            17 1 * * * $IMAINT inbound verify 2>&1 | logger -t imaint-verify
            47 3 * * * $IMAINT map --check 2>&1 | logger -t imaint-map
            """;

    private Crontab() {}

    /** The crontab of the integrations that are active and not paused. */
    public static String of(List<Integration> integrations) {
        var names = new TreeMap<String, List<String>>();
        for (var integration : integrations) {
            if (integration.status() != Status.NOT_ACTIVE
                    && !integration.schedule().paused()) {
                times(integration.schedule())
                        .ifPresent(times -> names.computeIfAbsent(times, none -> new ArrayList<>())
                                .add(integration.name()));
            }
        }
        var text = new StringBuilder(HEAD).append("# Deltas.\n");
        names.forEach((times, some) -> text.append("%s $IMAINT inbound delta %s 2>&1 | logger -t imaint-delta\n"
                .formatted(times, String.join(" ", some))));
        return text.append(NIGHT).toString();
    }

    private static Optional<String> times(Schedule schedule) {
        return Optional.ofNullable(schedule.every() == null ? schedule.cron() : every(schedule.every()));
    }

    private static String every(Duration pause) {
        if (pause.compareTo(Duration.ofMinutes(2)) < 0) {
            return "* * * * *";
        } else if (pause.compareTo(Duration.ofHours(1)) < 0) {
            return "*/%d * * * *".formatted(greatest(MINUTES, pause.toMinutes()));
        } else if (pause.compareTo(Duration.ofHours(2)) < 0) {
            return "0 * * * *";
        }
        return pause.compareTo(Duration.ofDays(1)) < 0
                ? "0 */%d * * *".formatted(greatest(HOURS, pause.toHours()))
                : "0 0 * * *";
    }

    private static int greatest(List<Integer> divisors, long most) {
        return divisors.stream().filter(divisor -> divisor <= most).findFirst().orElse(1);
    }
}
