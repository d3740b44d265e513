package io.imaint.services.portal;

import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.HttpProblem;
import io.imaint.kernel.http.IfMatch;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.http.Size;
import io.imaint.kernel.http.Versioned;
import io.imaint.kernel.identity.Caller;
import io.imaint.services.portal.SavedViews.SavedView;
import io.imaint.store.CollectionType;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Written;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.util.HashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The views of lists that the caller keeps. They are read and written together, since a user has few. */
final class SavedViewRoutes implements Routed {
    private static final CollectionType<SavedViews> VIEWS = CollectionType.of(
                    "SavedViews", SavedViews.class, SavedViews::user)
            .unscoped("a user's own views hold no data of a plant");

    private static final String PATH = "/api/me/views";
    private static final String WHY_ALL = "everybody keeps their own views";

    private final Store store;

    SavedViewRoutes(Store store) {
        this.store = store;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get(PATH, "Shows the caller's views of lists")
                        .signedIn(WHY_ALL)
                        .answersVersioned(SavedViews.class)
                        .handles(this::show),
                Route.put(PATH, "Replaces the caller's views of lists")
                        .signedIn(WHY_ALL)
                        .answersVersioned(SavedViews.class)
                        .handles(Replace.class, this::replace));
    }

    /** @param rev may be missing while nothing is stored */
    record Replace(@Body Kept kept, @IfMatch @Nullable Long rev) {}

    record Kept(@Size(max = 200) List<SavedView> views) {
        Kept {
            var names = new HashSet<String>();
            for (var view : views) {
                if (!names.add(view.page() + " " + view.name())) {
                    throw new IllegalArgumentException("has two views named %s of one list".formatted(view.name()));
                }
            }
        }
    }

    private Documents<SavedViews> views() {
        return store.as(Caller.current()).documents(VIEWS);
    }

    private Versioned<SavedViews> show() {
        var user = Caller.current().id();
        return views().find(user)
                .map(SavedViewRoutes::versioned)
                .orElseGet(() -> new Versioned<>(new SavedViews(user, List.of()), 0));
    }

    private Versioned<SavedViews> replace(Replace asked) {
        var wanted = new SavedViews(Caller.current().id(), asked.kept.views());
        var written = asked.rev == null || asked.rev == 0 ? views().insert(wanted) : views().replace(wanted, asked.rev);
        if (written instanceof Written.Done<SavedViews> done) {
            return versioned(done.stored());
        }
        var refusal = asked.rev == null ? HttpProblem.PRECONDITION_REQUIRED : HttpProblem.PRECONDITION_FAILED;
        throw refusal.because("views were saved elsewhere meanwhile").showing(show());
    }

    private static Versioned<SavedViews> versioned(Stored<SavedViews> stored) {
        return new Versioned<>(stored.value(), stored.rev());
    }
}
