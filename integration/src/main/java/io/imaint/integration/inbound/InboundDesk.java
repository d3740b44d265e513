package io.imaint.integration.inbound;

import io.imaint.integration.delta.Deltas;
import io.imaint.integration.load.InboundLoads;
import io.imaint.integration.load.LoadListener;
import io.imaint.integration.load.LoadResult;
import io.imaint.integration.load.Progress;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.telemetry.Metered;
import io.imaint.store.Store;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.List;

/** What people do with and see of the runs of this process: routes, events, meters. */
final class InboundDesk implements Routed, Metered, LoadListener, AutoCloseable {
    private final InboundMeters meters;
    private final InboundEvents events;
    private final InboundJobs jobs;
    private final InboundRoutes routes;
    private final Deltas deltas;

    InboundDesk(Store store, InboundLoads loads, Deltas deltas, InboundMeters meters, InstantSource clock) {
        this.meters = meters;
        this.deltas = deltas;
        this.events = new InboundEvents(
                () -> loads.integrations().stream()
                        .map(integration -> IntegrationView.of(integration, loads.state(integration.name())))
                        .toList(),
                clock);
        this.jobs = new InboundJobs(loads, deltas, this, clock);
        this.routes = new InboundRoutes(store, loads, jobs, events);
    }

    @Override
    public List<Route> routes() {
        return routes.routes();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        meters.bindTo(registry);
    }

    @Override
    public void progressed(Progress progress) {
        events.progressed(progress);
    }

    @Override
    public void ended(LoadResult result) {
        meters.ended(result);
        events.ended(result);
    }

    @Override
    public void close() {
        jobs.close();
        deltas.close();
    }
}
