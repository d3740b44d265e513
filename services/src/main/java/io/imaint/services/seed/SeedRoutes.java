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
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

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
        THEIRS("theirs"),
        VALUE("value");

        private final String word;

        Side(String word) {
            this.word = word;
        }

        @Override
        public String toString() {
            return word;
        }
    }

    record Resolution(
            @Description("mine keeps the stored value, theirs takes the delivered one, value the one that is given")
            Side take,

            @Description("What to put there; only with value") @Nullable
            JsonNode value) {}

    record Resolve(@Path String id, @Body Resolution resolution) {}

    record Nothing() {}

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/seed", "Shows what was delivered, what was changed here, and the conflicts")
                        .permits(READ)
                        .answers(State.class)
                        .handles(
                                Nothing.class,
                                input -> new State(
                                        seeds.standing(),
                                        seeds.conflicts().stream()
                                                .map(SeedConflict::shown)
                                                .toList())),
                Route.post("/api/seed/conflicts/{id}/resolve", "Decides a conflict")
                        .permits(EDIT)
                        .answers(SeedConflict.class)
                        .handles(Resolve.class, this::resolve));
    }

    private SeedConflict resolve(Resolve input) {
        var value = input.resolution().value();
        var take = input.resolution().take();
        if ((take == Side.VALUE) != (value != null && !value.isNull())) {
            throw SeedProblem.SEED_VALUE_INVALID.because(
                    "give a value that is not null with \"take\": \"value\", and only then");
        }
        var decision = switch (take) {
            case MINE -> new SeedDecision.Mine();
            case THEIRS -> new SeedDecision.Theirs();
            case VALUE -> SeedDecision.value(Objects.requireNonNull(value));
        };
        return seeds.resolve(store.as(Caller.current()), input.id(), decision).shown();
    }
}
