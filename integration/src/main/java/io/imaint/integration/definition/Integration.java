package io.imaint.integration.definition;

import io.imaint.integration.odata.PageRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The replication of one entity set into one collection, as an administrator defines it. What its runs did is in another
 * document, so that edits and runs do not conflict.
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

    /**
     * The properties of SAP's key without which two rows can meet in one document: the keys lack them, and the filter does
     * not give them one value.
     */
    List<String> missingKeys(List<String> keysOfSap) {
        return keysOfSap.stream()
                .filter(key -> !mapping.keys().contains(key) && !reading.fixes(key))
                .toList();
    }

    /** The field of the documents that holds the time of the last change in SAP; null when there is none. */
    public @Nullable String stampField() {
        var stamp = reading.changeStamp();
        return stamp == null ? null : mapping.target(stamp).orElseThrow();
    }

    /** The target that selects properties of the rows that are replicated and fulfil a further filter, which is empty for all. */
    public String target(String select, String filter) {
        return PageRequest.target(mapping.entitySet(), select, reading.filterAnd(filter));
    }
}
