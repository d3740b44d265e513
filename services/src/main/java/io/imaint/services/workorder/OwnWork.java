package io.imaint.services.workorder;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.services.command.Findings;
import io.imaint.store.outbox.CommandPermissions;
import org.jspecify.annotations.Nullable;

/** Whose work people record: their own, and with a permission of its own that of others, such as a crew. */
final class OwnWork {
    static final Permission OTHERS = CommandPermissions.OTHERS;

    private OwnWork() {}

    /** @param person the personnel number with leading zeros; null where nobody is named */
    static void check(String field, @Nullable String person, Findings findings) {
        var caller = Caller.current();
        if (person != null && !person.equals(caller.personnelNumber()) && !caller.may(OTHERS)) {
            findings.add(
                    field,
                    "is %s, which is not your own personnel number; to record work of others, ask for the permission %s"
                            .formatted(person, OTHERS.name()));
        }
    }
}
