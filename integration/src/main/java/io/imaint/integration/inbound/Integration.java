package io.imaint.integration.inbound;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One flow of SAP data into a collection.
 *
 * @param name the key, such as {@code work-orders}
 * @param pageSize rows asked for at once; null leaves it to the setting {@code inbound-page-size}
 * @param dependsOn the integrations to load before this one
 */
public record Integration(
        String name, Mapping mapping, @Nullable Integer pageSize, List<String> dependsOn, Status status, Run run) {
    /** What SAP serves at most; larger pages were measured slower elsewhere. */
    public static final int PAGE_SIZE_MAX = 10_000;

    public Integration {
        dependsOn = List.copyOf(dependsOn);
        if (name.isBlank()) {
            throw InboundProblem.INTEGRATION_INVALID.because("it has no name");
        }
        if (pageSize != null && (pageSize < 1 || pageSize > PAGE_SIZE_MAX)) {
            throw InboundProblem.INTEGRATION_INVALID.because(
                    "pageSize is %d but must be 1 to %d".formatted(pageSize, PAGE_SIZE_MAX));
        }
    }

    /** Whether its data has been loaded whole at least once. */
    public boolean loaded() {
        return run.loadedAt() != null;
    }

    Integration with(Status newStatus, Run newRun) {
        return new Integration(name, mapping, pageSize, dependsOn, newStatus, newRun);
    }

    Integration withPageSize(int rows) {
        return new Integration(name, mapping, rows, dependsOn, status, run);
    }
}
