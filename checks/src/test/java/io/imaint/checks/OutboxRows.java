package io.imaint.checks;

import static io.imaint.checks.ScopeTable.listed;
import static io.imaint.checks.TwoPlants.HAMBURG;
import static io.imaint.checks.TwoPlants.ROTTERDAM;
import static io.imaint.checks.TwoPlants.city;

import io.imaint.checks.ScopeRow.Overview;
import io.imaint.checks.ScopeRow.Unscoped;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.store.Document;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.Draft;
import io.imaint.store.outbox.Outbox;
import io.imaint.store.outbox.OutboxItem.Outcome;
import io.imaint.store.outbox.OutboxQueue;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of the outbox, with commands that SAP refused. */
final class OutboxRows {
    private static final String NO_ITEM = "00000000-0000-0000-0000-000000000000";

    private final ServedCatalogue program;

    OutboxRows(ServedCatalogue program) {
        this.program = program;
        failed(HAMBURG);
        failed(ROTTERDAM);
    }

    List<ScopeRow> rows() {
        return List.of(
                listed("GET /api/outbox", 0),
                new Unscoped("GET /api/my-outbox", ScopeTable.PERSONAL, () -> "/api/my-outbox", () -> null, ""),
                one("GET /api/outbox/{id}", null, "outbox-item-not-found"),
                one("POST /api/outbox/{id}/retry", "{}", "precondition-required"),
                one("POST /api/outbox/{id}/discard", "{\"reason\": \"not needed\"}", "precondition-required"),
                new Overview("GET /api/outbox-figures", "", List.of()));
    }

    private static Unscoped one(String route, @Nullable String body, String refusal) {
        return new Unscoped(
                route,
                "for who entered it, and for whom the outbox of its plant is",
                () -> route.substring(route.indexOf('/')).replace("{id}", NO_ITEM),
                () -> body,
                refusal);
    }

    /** Has somebody of the plant enter a command that SAP refused. */
    private void failed(String plant) {
        var id = UUID.randomUUID().toString();
        var draft = new Draft(
                id,
                Command.CREATE_MEASUREMENT_DOCUMENT, // Which no other list shows as pending.
                "MeasurementDocuments",
                null,
                plant,
                null,
                new Document().put("description", city(plant)),
                new Document(),
                Map.of());
        var clock = InstantSource.system();
        var worker = new Caller("worker-" + plant, permission -> true, PlantScope.of(plant));
        var unused = new Outbox(program.store(), clock).accept(draft, worker);
        var queue = new OutboxQueue(program.store(), clock);
        queue.failed(queue.claim(id, "matrix").orElseThrow(), Outcome.words("1", "refused in " + city(plant), null));
    }
}
