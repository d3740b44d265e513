package io.imaint.services.alert;

import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.store.StoredFact;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * When which fact happens, whom to inform and how.
 *
 * @param fact the name of the facts it listens to, such as {@code WorkOrderChanged}
 * @param conditions all of them must hold
 * @param plants only facts of these plants; empty is all facts
 * @param userField a field of the fact that names one more user to inform, null for none
 * @param text the key of the {@link AlertString}
 * @param channels beside the inbox
 * @param grouping null makes every fact an alert of its own
 * @param quietHours whether the alert waits for the end of its readers' quiet hours; a critical one never does
 */
record AlertRule(
        String id,
        String name,
        boolean enabled,
        String fact,
        List<FactCondition> conditions,
        List<PlantCode> plants,
        List<String> users,
        List<String> roles,
        @Nullable String userField,
        String text,
        Severity severity,
        List<Channel> channels,
        @Nullable Grouping grouping,
        @Nullable Escalation escalation,
        boolean quietHours) {
    /**
     * Which facts of a plant become one alert.
     *
     * @param fields facts that agree in all of them; no field at all makes one alert of all
     * @param window a fact that comes later than this after the last one begins a new alert
     */
    record Grouping(List<String> fields, Duration window) {
        static final Duration WINDOW_MAX = Duration.ofDays(7);

        Grouping {
            fields = List.copyOf(fields);
            if (window.isNegative() || window.compareTo(WINDOW_MAX) > 0) {
                throw new IllegalArgumentException("must have a window from PT0S to PT168H");
            }
        }
    }

    /** Who else is informed when nobody has acknowledged an alert for so long. */
    record Escalation(Duration after, List<String> users, List<String> roles) {
        static final Duration AFTER_MIN = Duration.ofMinutes(1);
        static final Duration AFTER_MAX = Duration.ofDays(30);

        Escalation {
            users = List.copyOf(users);
            roles = List.copyOf(roles);
            if (after.compareTo(AFTER_MIN) < 0 || after.compareTo(AFTER_MAX) > 0) {
                throw new IllegalArgumentException("must come after PT1M to PT720H");
            }
        }
    }

    boolean appliesTo(StoredFact happened) {
        return enabled
                && happened.name().equals(fact)
                && (plants.isEmpty() || (happened.plant() != null && plants.contains(happened.plant())))
                && conditions.stream().allMatch(condition -> condition.holds(happened.data()));
    }

    /** What the alerts of facts that belong together have in common: first of all the plant, whose people read them. */
    String group(StoredFact happened) {
        return id + "/" + Ids.derived(plant(happened), grouping == null ? happened.id() : agreeing(grouping, happened));
    }

    private static String plant(StoredFact happened) {
        return happened.plant() == null ? "" : happened.plant().value();
    }

    private static String agreeing(Grouping grouping, StoredFact happened) {
        return grouping.fields.stream()
                .map(field -> field + "=" + happened.data().get(field))
                .collect(Collectors.joining("\n"));
    }

    Duration window() {
        return grouping == null ? Duration.ZERO : grouping.window;
    }
}
