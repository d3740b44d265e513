package io.imaint.integration.definition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One flow of SAP data into a collection, as an administrator defines it. What its loads have done is not part of it:
 * whoever edits a definition and whoever loads by it do not write the same document.
 *
 * @param name the key, such as {@code work-orders}
 * @param service the path of another OData V2 service of the same SAP host; null for the ICWP service
 * @param dependsOn the integrations to load before this one
 * @param status whether it is replicated at all, and what it is doing now
 */
public record Integration(
        String name,
        @Nullable String service,
        Mapping mapping,
        Reading reading,
        Schedule schedule,
        List<String> dependsOn,
        Status status) {
    public Integration {
        dependsOn = List.copyOf(dependsOn);
        if (name.isBlank()) {
            throw DefinitionProblem.INTEGRATION_INVALID.because("it has no name");
        }
        if (service != null && !service.startsWith("/")) {
            throw DefinitionProblem.INTEGRATION_INVALID.because(
                    "service is '%s' but must be a path such as /sap/opu/odata/sap/API_MAINTENANCEORDER"
                            .formatted(service));
        }
        var stamp = reading.changeStamp();
        if (stamp != null && mapping.target(stamp).isEmpty()) {
            throw DefinitionProblem.INTEGRATION_INVALID.because(
                    "changeStamp '%s' is not among the fields".formatted(stamp));
        }
    }

    public Integration with(Status newStatus) {
        return new Integration(name, service, mapping, reading, schedule, dependsOn, newStatus);
    }

    public Integration with(Schedule newSchedule) {
        return new Integration(name, service, mapping, reading, newSchedule, dependsOn, status);
    }

    /** The field of the documents that holds the time of the last change in SAP; null when there is none. */
    public @Nullable String stampField() {
        var stamp = reading.changeStamp();
        return stamp == null ? null : mapping.target(stamp).orElseThrow();
    }
}
