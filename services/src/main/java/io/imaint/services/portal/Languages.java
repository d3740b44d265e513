package io.imaint.services.portal;

import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Projected;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Caller;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.util.List;

/** The languages of the portal. Everybody may read them, since the sign-in page needs them. */
final class Languages implements Routed {
    private static final String WHY_OPEN = "the sign-in page needs the texts; they hold no data of the plant";
    private static final int LANGUAGES_MAX = 100;

    private final Store store;
    private final CollectionType<?> languages;

    Languages(Store store, CollectionType<?> languages) {
        this.store = store;
        this.languages = languages;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/languages", "Lists the languages of the portal")
                        .anonymous(WHY_OPEN)
                        .answersProjections(Named.class)
                        .handles(this::list),
                Route.get("/api/languages/{language}", "Shows the texts of a language")
                        .anonymous(WHY_OPEN)
                        .answersProjection(Language.class)
                        .handles(One.class, asked -> texts(asked.language)));
    }

    record One(@Path String language) {}

    /** A language without its texts. */
    record Named(String id, String name, String nativeName, String direction) {}

    private <T extends Record> Documents<Projected<T>> documents(Class<T> record) {
        return store.as(Caller.current()).documents(languages.projected(record));
    }

    private Listing<Projected<Named>> list() {
        var all = documents(Named.class).list(Query.where(Condition.ALL).limit(LANGUAGES_MAX));
        return new Listing<>(all.values(), null, null);
    }

    private Projected<Language> texts(String language) {
        return documents(Language.class)
                .find(language)
                .map(Stored::value)
                .orElseThrow(() -> PortalProblem.LANGUAGE_NOT_FOUND.because(language));
    }
}
