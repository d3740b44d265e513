package io.imaint.services.alert;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Where an alert stands, and the one table of how it moves.
 *
 * <pre>
 *                 read        snooze     wake     escalate    acknowledge    close
 *   open          read        snoozed    -        escalated   acknowledged   closed
 *   read          read        snoozed    -        escalated   acknowledged   closed
 *   snoozed       read        snoozed    open     escalated   acknowledged   closed
 *   escalated     escalated   -          -        escalated   acknowledged   closed
 *   acknowledged  -           -          -        -           acknowledged   closed
 *   closed        -           -          -        -           -              closed
 * </pre>
 *
 * <p>A move that changes nothing is permitted, so a repeated request succeeds.
 */
enum AlertState {
    OPEN,
    READ,
    SNOOZED,
    ESCALATED,
    ACKNOWLEDGED,
    CLOSED;

    /** What happens to an alert. Reading, snoozing and waking concern one person; the rest everybody it reached. */
    enum Action {
        READ,
        SNOOZE,
        WAKE,
        ESCALATE,
        ACKNOWLEDGE,
        CLOSE;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final Map<AlertState, Map<Action, AlertState>> TABLE = Map.of(
            OPEN,
            Map.of(
                    Action.READ, READ,
                    Action.SNOOZE, SNOOZED,
                    Action.ESCALATE, ESCALATED,
                    Action.ACKNOWLEDGE, ACKNOWLEDGED,
                    Action.CLOSE, CLOSED),
            READ,
            Map.of(
                    Action.READ, READ,
                    Action.SNOOZE, SNOOZED,
                    Action.ESCALATE, ESCALATED,
                    Action.ACKNOWLEDGE, ACKNOWLEDGED,
                    Action.CLOSE, CLOSED),
            SNOOZED,
            Map.of(
                    Action.READ, READ,
                    Action.SNOOZE, SNOOZED,
                    Action.WAKE, OPEN,
                    Action.ESCALATE, ESCALATED,
                    Action.ACKNOWLEDGE, ACKNOWLEDGED,
                    Action.CLOSE, CLOSED),
            ESCALATED,
            Map.of(
                    Action.READ, ESCALATED,
                    Action.ESCALATE, ESCALATED,
                    Action.ACKNOWLEDGE, ACKNOWLEDGED,
                    Action.CLOSE, CLOSED),
            ACKNOWLEDGED,
            Map.of(Action.ACKNOWLEDGE, ACKNOWLEDGED, Action.CLOSE, CLOSED),
            CLOSED,
            Map.of(Action.CLOSE, CLOSED));

    /** The state after an action; empty where the table forbids it. */
    Optional<AlertState> after(Action action) {
        return Optional.ofNullable(TABLE.getOrDefault(this, Map.of()).get(action));
    }

    /** True while somebody still has to take care of the alert. */
    boolean unattended() {
        return this != ACKNOWLEDGED && this != CLOSED;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
