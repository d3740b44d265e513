package io.imaint.services.alert;

import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.store.StoredFact;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing that somebody should take care of. It is one document however many people it reached: who acknowledges it
 * takes it on for all, because an alert is work to be done once and no message to each. What is personal, whether
 * somebody has read or snoozed it, is in their {@link InboxEntry}.
 *
 * @param group see {@link AlertRule#group}
 * @param text the key of the {@link AlertString}
 * @param subject the key of the document that the last fact is about
 * @param data the fields of the last fact, as texts
 * @param count facts that it stands for
 * @param countedUpTo the position of the last fact that was counted; one that comes again is not counted again
 * @param state {@code open}, {@code escalated}, {@code acknowledged} or {@code closed}
 * @param handledBy who acknowledged or closed it, null while nobody has
 * @param quietHours see {@link AlertRule#quietHours}
 * @param escalatesAt when it escalates unless it was acknowledged; null when it does not
 */
record Alert(
        String id,
        String rule,
        String group,
        @Nullable PlantCode plant,
        String text,
        Severity severity,
        String fact,
        String subject,
        Map<String, String> data,
        long count,
        long countedUpTo,
        Instant firstAt,
        Instant lastAt,
        AlertState state,
        boolean quietHours,
        @Nullable String handledBy,
        @Nullable Instant handledAt,
        @Nullable Instant escalatesAt,
        Instant expiresAt) {
    /** How long an alert is kept after its last fact. */
    static final Duration KEPT = Duration.ofDays(90);

    private static final int DATA_FIELDS_MAX = 50;
    private static final int DATA_LENGTH_MAX = 500;

    /** The alert that a fact begins; {@code more} are counted with it. */
    static Alert begun(AlertRule rule, List<StoredFact> facts) {
        var first = facts.getFirst();
        var last = facts.getLast();
        var escalation = rule.escalation();
        return new Alert(
                idOf(rule, first),
                rule.id(),
                rule.group(first),
                first.plant(),
                rule.text(),
                rule.severity(),
                first.name(),
                last.key(),
                data(last),
                facts.size(),
                last.position(),
                first.at(),
                last.at(),
                AlertState.OPEN,
                rule.quietHours(),
                null,
                null,
                escalation == null ? null : first.at().plus(escalation.after()),
                last.at().plus(KEPT));
    }

    static String idOf(AlertRule rule, StoredFact first) {
        return Ids.derived(rule.id(), first.id());
    }

    /** This alert with more facts, of which the last is the one shown. */
    Alert counting(List<StoredFact> more) {
        var last = more.getLast();
        return new Alert(
                id,
                rule,
                group,
                plant,
                text,
                severity,
                fact,
                last.key(),
                data(last),
                count + more.size(),
                last.position(),
                firstAt,
                last.at(),
                state,
                quietHours,
                handledBy,
                handledAt,
                escalatesAt,
                last.at().plus(KEPT));
    }

    /** This alert in another state; {@code by} is null when it was nobody but the clock. */
    Alert moved(AlertState next, @Nullable String by, Instant now) {
        return new Alert(
                id,
                rule,
                group,
                plant,
                text,
                severity,
                fact,
                subject,
                data,
                count,
                countedUpTo,
                firstAt,
                lastAt,
                next,
                quietHours,
                by,
                by == null ? null : now,
                null,
                expiresAt);
    }

    /** What fills the places of a text. */
    Map<String, String> places() {
        var places = new LinkedHashMap<>(data);
        places.put("fact", fact);
        places.put("subject", subject);
        places.put("count", Long.toString(count));
        places.putIfAbsent("plant", plant == null ? "" : plant.value());
        return places;
    }

    private static Map<String, String> data(StoredFact fact) {
        var data = new LinkedHashMap<String, String>();
        fact.data().forEach((field, value) -> {
            var text = switch (value) {
                case String words -> words;
                case BigDecimal number -> number.toPlainString();
                case Long number -> number.toString();
                case Boolean flag -> flag.toString();
                case null, default -> null;
            };
            if (text != null && data.size() < DATA_FIELDS_MAX) {
                data.put(field, text.length() > DATA_LENGTH_MAX ? text.substring(0, DATA_LENGTH_MAX) + "…" : text);
            }
        });
        return data;
    }
}
