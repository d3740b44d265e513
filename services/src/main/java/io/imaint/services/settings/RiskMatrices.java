package io.imaint.services.settings;

import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Projected;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.http.Versioned;
import io.imaint.kernel.identity.Caller;
import io.imaint.store.Condition;
import io.imaint.store.Query;
import io.imaint.store.RecordCodec;
import io.imaint.store.Store;
import java.util.List;

/** The risk matrices by which the urgency of malfunctions is found. */
final class RiskMatrices implements Routed {
    private static final String WHY_OPEN =
            "whoever reports a malfunction rates its risk; a matrix holds no data of the plant";

    /** An installation rates with one or a few. */
    private static final int MATRICES_MAX = 100;

    private static final RecordCodec<RiskMatrix> CODEC = RecordCodec.of(RiskMatrix.class);

    private final Store store;

    RiskMatrices(Store store) {
        this.store = store;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/risk-matrices", "Lists the risk matrices")
                        .signedIn(WHY_OPEN)
                        .answersProjections(RiskMatrix.Named.class)
                        .handles(this::list),
                Route.get("/api/risk-matrices/{id}", "Shows a risk matrix")
                        .signedIn(WHY_OPEN)
                        .answersVersioned(RiskMatrix.class)
                        .handles(One.class, this::show));
    }

    record One(@Path String id) {}

    private Listing<Projected<RiskMatrix.Named>> list() {
        var all = store.as(Caller.current())
                .documents(SettingCollections.RISK_MATRICES.projected(RiskMatrix.Named.class))
                .list(Query.where(Condition.ALL).limit(MATRICES_MAX));
        return new Listing<>(all.values(), null, null);
    }

    private Versioned<RiskMatrix> show(One asked) {
        var stored = store.as(Caller.current())
                .documents(SettingCollections.RISK_MATRICES)
                .find(asked.id)
                .orElseThrow(() -> SettingProblem.RISK_MATRIX_NOT_FOUND.because(asked.id));
        return new Versioned<>(CODEC.read(stored.value()), stored.rev());
    }
}
