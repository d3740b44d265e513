package io.imaint.services.masterconfiguration;

import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Projected;
import io.imaint.kernel.http.Range;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.store.Condition;
import io.imaint.store.Query;
import io.imaint.store.replica.ReplicaView;
import io.imaint.store.replica.Replicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The plants. */
final class Plants implements Routed {
    private final ReplicaView seen;

    Plants(ReplicaView seen) {
        this.seen = seen;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/plants", "Lists plants")
                        .permits(MasterConfiguration.READ)
                        .answersProjections(Plant.class)
                        .handles(Filter.class, this::list),
                Route.get("/api/plants/{plant}", "Shows a plant")
                        .permits(MasterConfiguration.READ)
                        .answersProjection(Plant.class)
                        .handles(Key.class, this::plant));
    }

    record Filter(
            @Description("Words or prefixes of words in plant, name and city") @Nullable
            String text,

            @Default("50") @Range(min = 1, max = 1000) int limit,

            @Description("The 'next' of the previous page") @Nullable
            String after) {
        Condition condition() {
            return text == null ? Condition.ALL : new Condition.Text(text);
        }
    }

    record Key(@Path String plant) {}

    private Listing<Projected<Plant>> list(Filter filter) {
        var query = Query.where(filter.condition()).limit(filter.limit()).after(filter.after());
        return seen.page(Replicas.PLANTS, Plant.class, query);
    }

    private Projected<Plant> plant(Key key) {
        return seen.find(Replicas.PLANTS, Plant.class, key.plant())
                .orElseThrow(() -> MasterConfigurationProblem.PLANT_NOT_FOUND.because(key.plant()));
    }
}
