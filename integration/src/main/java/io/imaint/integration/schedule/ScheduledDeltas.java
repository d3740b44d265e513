package io.imaint.integration.schedule;

import io.imaint.integration.delta.DeltaResult;
import io.imaint.integration.delta.Deltas;
import io.imaint.integration.state.InboundState;
import io.imaint.integration.state.InboundStates;
import io.imaint.integration.state.Stop;
import io.imaint.store.Documents;
import io.imaint.store.Store;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The deltas of the inbound package as the schedule runs them. */
final class ScheduledDeltas implements DeltaRuns {
    private final Deltas deltas;
    private final Documents<InboundState> states;
    private final Stop stop = new Stop();

    ScheduledDeltas(Store store, Deltas deltas) {
        this.deltas = deltas;
        this.states = store.documents(InboundStates.TYPE);
    }

    @Override
    public Outcome run(String integration) {
        return switch (deltas.run(integration, stop)) {
            case DeltaResult.Current ignored -> new Outcome.Done();
            case DeltaResult.Compared ignored -> new Outcome.Done();
            case DeltaResult.Failed failed -> new Outcome.Failed(failed.failure());
            case DeltaResult.Stopped stopped -> new Outcome.NotNow(stopped.line());
            case DeltaResult.RunningElsewhere elsewhere -> new Outcome.NotNow(elsewhere.line());
            case DeltaResult.NotStarted notStarted -> new Outcome.NotNow(notStarted.line());
        };
    }

    @Override
    public @Nullable Instant lastRun(String integration) {
        return InboundStates.of(states, integration).delta().lastRunAt();
    }

    @Override
    public boolean open() {
        return deltas.sap().open();
    }

    @Override
    public void stop() {
        stop.request();
    }

    @Override
    public void close() {
        deltas.close();
    }
}
