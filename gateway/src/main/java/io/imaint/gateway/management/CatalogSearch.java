package io.imaint.gateway.management;

import io.imaint.gateway.registry.RegistryProblem;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Finds services in the catalogs of providers. */
final class CatalogSearch {
    private final Context context;

    CatalogSearch(Context context) {
        this.context = context;
    }

    /** The service of a name; {@code version} null for the newest. */
    CatalogService find(String provider, String name, @Nullable String version) {
        var system = Answers.found(context.system().providers().find(provider), "provider '%s'".formatted(provider));
        return context.connection().services(system.value()).stream()
                .filter(service -> service.name().equals(name))
                .filter(service -> version == null || service.version().equals(version))
                .max(Comparator.comparingInt(CatalogSearch::number))
                .orElseThrow(
                        () -> RegistryProblem.API_ENTITY_NOT_FOUND.because("the catalog of '%s' has no service '%s'%s"
                                .formatted(provider, name, version == null ? "" : " of version " + version)));
    }

    private static int number(CatalogService service) {
        try {
            return Integer.parseInt(service.version());
        } catch (NumberFormatException none) {
            return 0;
        }
    }
}
