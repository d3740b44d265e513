package io.imaint.services.seed;

import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.store.Store;
import java.util.List;

/** What was delivered, what the customer made of it, and what is left to decide. */
final class SeedRoutes implements Routed {
    private static final Permission READ = new Permission("seed.read");
    private static final Permission EDIT = new Permission("seed.edit");

    private final Store store;
    private final Seeds seeds;

    SeedRoutes(Store store, Seeds seeds) {
        this.store = store;
        this.seeds = seeds;
    }

    /** @param conflicts that nobody has decided */
    record State(List<Seeds.Standing> collections, List<SeedConflict> conflicts) {}

    /** Whose value a conflict gets. */
    enum Side {
        MINE("mine"),
        THEIRS("theirs");

        private final String word;

        Side(String word) {
            this.word = word;
        }

        SeedConflict.State state() {
            return switch (this) {
                case MINE -> SeedConflict.State.MINE;
                case THEIRS -> SeedConflict.State.THEIRS;
            };
        }

        @Override
        public String toString() {
            return word;
        }
    }

    record Resolution(
            @Description("mine keeps the stored value, theirs takes the delivered one")
            Side take) {}

    record Resolve(@Path String id, @Body Resolution resolution) {}

    record Nothing() {}

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/seed", "Shows what was delivered, what was changed here, and the conflicts")
                        .permits(READ)
                        .answers(State.class)
                        .handles(Nothing.class, input -> new State(
                                seeds.standing(),
                                seeds.conflicts().stream().map(SeedConflict::shown).toList())),
                Route.post("/api/seed/conflicts/{id}/resolve", "Decides a conflict")
                        .permits(EDIT)
                        .answers(SeedConflict.class)
                        .handles(Resolve.class, this::resolve));
    }

    private SeedConflict resolve(Resolve input) {
        return seeds.resolve(
                store.as(Caller.current()), input.id(), input.resolution().take().state())
                .shown();
    }
}
