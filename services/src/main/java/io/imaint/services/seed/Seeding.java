package io.imaint.services.seed;

import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.CollectionType;
import io.imaint.store.Store;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The seed service: brings the program's seed data in when it starts, and shows how it stands. */
public final class Seeding implements Routed {
    private static final System.Logger LOG = System.getLogger(Seeding.class.getName());

    private final SeedRoutes routes;
    private final @Nullable SeedReport report;
    private final @Nullable Failure failure;

    private Seeding(SeedRoutes routes, @Nullable SeedReport report, @Nullable Failure failure) {
        this.routes = routes;
        this.report = report;
        this.failure = failure;
    }

    /**
     * Seeds what is missing. Configuration that cannot be upgraded is no reason to stop the plant: the service starts with
     * what is there.
     */
    static Seeding start(
            Store store, List<CollectionType<?>> declared, List<SeedReferrer> referrers, SeedSettings settings) {
        var seeds = new Seeds(store, declared, referrers, InstantSource.system());
        var routes = new SeedRoutes(store, seeds);
        try {
            var report = seeds.seedAtStart(settings.source()).orElse(null);
            if (report != null) {
                LOG.log(Level.INFO, report.summary());
            }
            return new Seeding(routes, report, null);
        } catch (Failure failed) {
            if (!(failed.code() instanceof SeedProblem)) {
                throw failed;
            }
            LOG.log(Level.WARNING, "seed data was not brought in", failed);
            return new Seeding(routes, null, failed);
        }
    }

    @Override
    public List<Route> routes() {
        return routes.routes();
    }

    /** What the start did; empty when there was nothing to do. */
    public Optional<SeedReport> report() {
        return Optional.ofNullable(report);
    }

    /** Why seed data was not brought in at the start. */
    public Optional<Failure> failure() {
        return Optional.ofNullable(failure);
    }
}
