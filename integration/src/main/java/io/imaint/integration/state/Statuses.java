package io.imaint.integration.state;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Status;
import io.imaint.store.Documents;

/** Notes what an integration is doing where administrators look for it: in its definition. */
public final class Statuses {
    private Statuses() {}

    /** Notes a status; one that is not active stays so, and one that was removed is not brought back. */
    public static void note(Documents<Integration> integrations, String name, Status status) {
        integrations.update(name, found -> {
            var now = found.value().status();
            return now == status || now == Status.NOT_ACTIVE
                    ? null
                    : Documents.Change.of(found.value().with(status));
        });
    }
}
