package io.imaint.integration.state;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Status;
import io.imaint.kernel.facts.Fact;
import io.imaint.store.Documents;
import org.jspecify.annotations.Nullable;

/** Notes what an integration is doing where administrators look for it: in its definition. */
public final class Statuses {
    private Statuses() {}

    /** Notes a status; one that is not active stays so, and one that was removed is not brought back. */
    public static void note(Documents<Integration> integrations, String name, Status status) {
        integrations.update(name, found -> {
            var now = found.value().status();
            return now == Status.FAILED && status == Status.ACTIVE
                    ? change(found.value(), status, new IntegrationRecovered(name))
                    : unlessSame(found.value(), status);
        });
    }

    /** Notes that an integration failed, and why. */
    public static void failed(Documents<Integration> integrations, String name, LastError error) {
        integrations.update(
                name,
                found -> unlessSame(
                        found.value(), Status.FAILED, new IntegrationFailed(name, error.code(), error.detail())));
    }

    private static Documents.@Nullable Change<Integration> unlessSame(
            Integration integration, Status status, Fact... facts) {
        var now = integration.status();
        return now == status || now == Status.NOT_ACTIVE ? null : change(integration, status, facts);
    }

    private static Documents.Change<Integration> change(Integration integration, Status status, Fact... facts) {
        return Documents.Change.of(integration.with(status), facts);
    }
}
