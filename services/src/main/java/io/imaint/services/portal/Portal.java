package io.imaint.services.portal;

import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.http.Site;
import io.imaint.store.CollectionType;
import io.imaint.store.Store;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The portal, with the routes that only it needs. Its files are made by the module {@code portal}. */
public final class Portal implements Routed {
    /**
     * No code but that of our own files runs, and nothing is loaded from elsewhere. UI5 sets styles of its components
     * from code, which needs {@code unsafe-inline} for styles.
     */
    private static final String POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; "
            + "img-src 'self' blob: data:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    private final Optional<Site> site = Site.packed(Portal.class, "/io/imaint/portal", POLICY);
    private final Languages languages;
    private final SavedViewRoutes views;

    Portal(Store store, CollectionType<?> languages) {
        this.languages = new Languages(store, languages);
        this.views = new SavedViewRoutes(store);
    }

    @Override
    public List<Route> routes() {
        return Stream.concat(languages.routes().stream(), views.routes().stream())
                .toList();
    }

    /** Empty where the build had no Node. */
    @Override
    public Optional<Site> site() {
        return site;
    }
}
