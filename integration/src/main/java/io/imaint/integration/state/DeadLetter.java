package io.imaint.integration.state;

import io.imaint.integration.definition.DefinitionProblem;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.odata.Row;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.problem.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row of SAP that could not become a document and was kept aside.
 *
 * @param row the id that its document would have; null when the key itself cannot be read
 * @param keys the key's values that could be read, by property
 * @param property whose value is wrong; empty when it is not one property's fault
 * @param value what it holds, cut
 * @param code the problem that reading it gave
 * @param times how often it was met
 */
public record DeadLetter(
        String integration,
        String entitySet,

        @Description("The id of its document; null when the key cannot be read.") @Nullable
        String row,

        Map<String, String> keys,

        @Description("The property with the invalid value; empty when there is no single one.")
        String property,

        @Description("The value, truncated.") String value,
        String reason,
        String code,
        Instant firstSeenAt,
        Instant lastSeenAt,
        long times) {
    public DeadLetter {
        keys = Collections.unmodifiableMap(
                new TreeMap<>(keys)); // In one order, so that equal letters are stored alike.
    }

    /** The letter of a row whose values are not of the types that the metadata declares. */
    public static DeadLetter of(Integration integration, Row.Unreadable row, Instant at) {
        var mapping = integration.mapping();
        boolean known = row.key().keySet().containsAll(mapping.keys());
        var id = known
                ? RowMapping.id(mapping.keys().stream().map(row.key()::get).toList())
                : null;
        return new DeadLetter(
                integration.name(),
                mapping.entitySet(),
                id,
                row.key(),
                row.property(),
                row.value(),
                row.reason(),
                DefinitionProblem.INBOUND_ROW_UNREADABLE.slug(),
                at,
                at,
                1);
    }

    /** The letter of a row that was read but cannot be mapped. */
    public static DeadLetter of(Integration integration, @Nullable String id, Failure failure, Instant at) {
        return new DeadLetter(
                integration.name(),
                integration.mapping().entitySet(),
                id,
                Map.of(),
                "",
                "",
                failure.detail(),
                failure.code().slug(),
                at,
                at,
                1);
    }

    /** Where it is kept: the same row gives the same letter as long as anything of its key is known. */
    String key() {
        return key(integration, row == null ? "?" + hash() : row);
    }

    static String key(String integration, String row) {
        return integration + ":" + row;
    }

    private UUID hash() {
        var known = keys.isEmpty() ? List.of(property, value, reason) : new TreeMap<>(keys);
        return UUID.nameUUIDFromBytes(known.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** This one, met after an earlier one of the same row. */
    DeadLetter after(DeadLetter earlier) {
        return new DeadLetter(
                integration,
                entitySet,
                row,
                keys,
                property,
                value,
                reason,
                code,
                earlier.firstSeenAt,
                lastSeenAt,
                earlier.times + 1);
    }

    /** One line for people. */
    public String line() {
        var which = row == null ? keys.toString() : row;
        return property.isEmpty()
                ? "%s: %s".formatted(which, reason)
                : "%s: %s is '%s': %s".formatted(which, property, value, reason);
    }
}
