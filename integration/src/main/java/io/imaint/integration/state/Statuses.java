package io.imaint.integration.state;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Status;
import io.imaint.store.Documents;

/** Notes what an integration is doing where administrators look for it: in its definition. */
public final class Statuses {
    /** Only an administrator's edit can come between, and not as often as this. */
    private static final int ATTEMPTS_MAX = 10;

    private Statuses() {}

    /** Notes a status; one that is not active stays so, and one that was removed is not brought back. */
    public static void note(Documents<Integration> integrations, String name, Status status) {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            var found = integrations.find(name);
            if (found.isEmpty()) {
                return;
            }
            var now = found.get().value().status();
            if (now == status || now == Status.NOT_ACTIVE) {
                return;
            }
            if (integrations.replace(
                            found.get().value().with(status), found.get().rev())
                    instanceof Documents.Written.Done<Integration>) {
                return;
            }
        }
    }
}
