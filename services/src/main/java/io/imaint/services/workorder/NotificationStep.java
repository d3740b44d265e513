package io.imaint.services.workorder;

import io.imaint.services.command.Expected;
import io.imaint.services.command.Findings;
import io.imaint.store.outbox.Command;
import java.util.Set;

/** What can be done with a notification, and the statuses that forbid it in SAP. */
enum NotificationStep {
    CHANGE(Command.CHANGE_NOTIFICATION, Set.of("NOCO", "DLFL")),
    PUT_IN_PROCESS(Command.PUT_NOTIFICATION_IN_PROCESS, Set.of("NOPR", "NOCO", "DLFL")),
    COMPLETE(Command.COMPLETE_NOTIFICATION, Set.of("NOCO", "DLFL")),
    ASSIGN(Command.ASSIGN_NOTIFICATION_TO_ORDER, Set.of("NOCO", "ORAS", "DLFL"));

    private final Command command;
    private final Set<String> forbidding;

    NotificationStep(Command command, Set<String> forbidding) {
        this.command = command;
        this.forbidding = forbidding;
    }

    static NotificationStep of(Command command) {
        for (var step : values()) {
            if (step.command == command) {
                return step;
            }
        }
        throw new AssertionError(command + " is no step of a notification");
    }

    void check(Expected notification, Findings findings) {
        notification.requireStep(command, forbidding, findings);
    }
}
