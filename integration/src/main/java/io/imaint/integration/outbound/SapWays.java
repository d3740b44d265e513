package io.imaint.integration.outbound;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.odata.EntityType;
import io.imaint.integration.source.SapSession;
import io.imaint.store.Documents;
import io.imaint.store.Stored;
import io.imaint.store.outbox.OutboxQueue.Claimed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds the way of commands to SAP by the definitions of the integrations, by which inbound reads as well. */
final class SapWays {
    /** An edited definition holds soon enough. */
    private static final Duration DEFINITIONS_LIFE = Duration.ofSeconds(5);

    /** The way to a collection's set in SAP. */
    record Way(SapSession.Service service, Integration integration, RowMapping rows) {
        EntityType type() {
            return rows.type();
        }

        String set() {
            return integration.mapping().entitySet();
        }

        OutgoingFields fields() {
            return new OutgoingFields(integration.mapping(), type());
        }
    }

    private record Definitions(Map<String, Integration> byCollection, Instant readAt) {}

    private final SapSession sap;
    private final Documents<Integration> integrations;
    private final InstantSource clock;
    private volatile @Nullable Definitions known;

    SapWays(SapSession sap, Documents<Integration> integrations, InstantSource clock) {
        this.sap = sap;
        this.integrations = integrations;
        this.clock = clock;
    }

    /** A claimed command with the numbers that SAP has given meanwhile. */
    Job job(Claimed claimed) {
        var item = claimed.item();
        var request = item.request();
        var way = way(item.command().collection().name());
        var values = request.values().copy();
        request.references().forEach((field, id) -> {
            var number = claimed.numbers().get(field);
            var mapped = way.integration().mapping().fields().stream()
                    .filter(line -> line.to().equals(field))
                    .findFirst();
            if (number != null && mapped.isPresent()) {
                values.put(field, part(number, mapped.get().from()));
            }
        });
        return new Job(item, way, values, id(claimed));
    }

    /** Of a number of several parts, such as that of an operation, the part that a property has. */
    private String part(String number, String property) {
        var parts = number.split("/", -1);
        return parts.length == 1
                ? number
                : definitions().values().stream()
                        .map(integration -> integration.mapping().keys())
                        .filter(keys -> keys.size() == parts.length && keys.contains(property))
                        .findFirst()
                        .map(keys -> parts[keys.indexOf(property)])
                        .orElse(number);
    }

    /** The id of the object's document, with the numbers that SAP has given meanwhile; empty for a creation. */
    private static String id(Claimed claimed) {
        var item = claimed.item();
        var request = item.request();
        var object = item.object().substring(item.object().indexOf('/') + 1);
        var id = request.key() == null ? object : request.key();
        for (var reference : request.references().entrySet()) {
            var number = claimed.numbers().get(reference.getKey());
            id = number == null ? id : id.replace(reference.getValue(), number);
        }
        return id.replace(item.stream().substring(item.stream().indexOf('/') + 1), object);
    }

    Way way(String collection) {
        var integration = definitions().get(collection);
        if (integration == null) {
            throw OutboundProblem.COMMAND_COLLECTION_UNMAPPED.because(collection);
        }
        var service = sap.service(integration);
        return new Way(service, integration, service.mapping(integration));
    }

    private Map<String, Integration> definitions() {
        var present = known;
        var now = clock.instant();
        if (present == null || present.readAt().plus(DEFINITIONS_LIFE).isBefore(now)) {
            var all = Integrations.all(integrations).stream()
                    .map(Stored::value)
                    .collect(Collectors.toMap(
                            integration -> integration.mapping().collection(),
                            integration -> integration,
                            (one, other) -> one));
            present = new Definitions(all, now);
            known = present;
        }
        return present.byCollection();
    }

    /** A service that answers, the ICWP service before any other; empty where nothing is defined. */
    Optional<SapSession.Service> any() {
        return definitions().values().stream()
                .min((one, other) -> Boolean.compare(one.service() != null, other.service() != null))
                .map(sap::service);
    }
}
