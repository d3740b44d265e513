package io.imaint.app;

import io.imaint.integration.definition.Schedule;
import io.imaint.integration.management.Definitions.Defined;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** When an integration's changes are fetched, in words and as JSON. */
final class ScheduleWords {
    private ScheduleWords() {}

    /** As in {@code every PT5S, paused}. */
    static String of(Schedule schedule) {
        var times = schedule.every() != null
                ? "every " + schedule.every()
                : schedule.cron() != null ? "cron " + schedule.cron() : "nothing is scheduled";
        return schedule.paused() ? times + ", paused" : times;
    }

    /** One line about an integration whose schedule was changed. */
    static String line(Defined defined) {
        return "%s: %s"
                .formatted(
                        defined.integration().name(), of(defined.integration().schedule()));
    }

    /** What a script wants to know of an integration whose schedule was changed. */
    static Map<String, @Nullable Object> facts(Defined defined) {
        var schedule = defined.integration().schedule();
        var every = schedule.every();
        var facts = new LinkedHashMap<String, @Nullable Object>();
        facts.put("name", defined.integration().name());
        facts.put("status", defined.integration().status().number());
        facts.put("every", every == null ? null : every.toString());
        facts.put("cron", schedule.cron());
        facts.put("paused", schedule.paused());
        facts.put("version", defined.version());
        return facts;
    }
}
