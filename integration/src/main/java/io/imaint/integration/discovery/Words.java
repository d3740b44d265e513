package io.imaint.integration.discovery;

import java.time.Duration;
import java.util.List;

/** Lists and durations as sentences have them. */
final class Words {
    /** More names would hide the others. */
    private static final int NAMES_MAX = 12;

    private Words() {}

    static String names(List<String> names) {
        var shown = String.join(", ", names.subList(0, Math.min(names.size(), NAMES_MAX)));
        return names.size() <= NAMES_MAX ? shown : shown + " and %d more".formatted(names.size() - NAMES_MAX);
    }

    /** A duration in the largest unit that divides it. */
    static String duration(Duration pause) {
        long seconds = pause.toSeconds();
        if (seconds > 0 && seconds % 86_400 == 0) {
            return counted(seconds / 86_400, "day");
        }
        if (seconds > 0 && seconds % 3_600 == 0) {
            return counted(seconds / 3_600, "hour");
        }
        if (seconds > 0 && seconds % 60 == 0) {
            return counted(seconds / 60, "minute");
        }
        return counted(Math.max(1, seconds), "second");
    }

    static String counted(long number, String unit) {
        return "%,d %s%s".formatted(number, unit, number == 1 ? "" : "s");
    }
}
