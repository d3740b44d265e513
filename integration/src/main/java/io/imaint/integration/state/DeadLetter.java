package io.imaint.integration.state;

import io.imaint.integration.definition.DefinitionProblem;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.definition.StrictDocument;
import io.imaint.integration.odata.UnreadableRow;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.Document;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
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
        @Nullable String row,
        Map<String, String> keys,
        String property,
        String value,
        String reason,
        String code,
        Instant firstSeenAt,
        Instant lastSeenAt,
        long times) {
    public DeadLetter {
        keys = Map.copyOf(keys);
    }

    /** The letter of a row whose values are not of the types that the metadata declares. */
    public static DeadLetter of(Integration integration, UnreadableRow row, Instant at) {
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

    Document document() {
        var known = new Document();
        new TreeMap<>(keys).forEach(known::put);
        return new Document()
                .put("integration", integration)
                .put("entitySet", entitySet)
                .put("row", row)
                .put("keys", known)
                .put("property", property)
                .put("value", value)
                .put("reason", reason)
                .put("code", code)
                .put("firstSeenAt", firstSeenAt)
                .put("lastSeenAt", lastSeenAt)
                .put("times", times);
    }

    static DeadLetter read(Document document) {
        var in = new StrictDocument(document, "DeadLetters '" + document.get("row") + "'");
        var keys = new TreeMap<String, String>();
        if (document.get("keys") instanceof Document known) {
            known.forEach((name, value) -> keys.put(name, String.valueOf(value)));
        }
        return new DeadLetter(
                in.text("integration"),
                in.text("entitySet"),
                in.optionalText("row").orElse(null),
                keys,
                in.text("property"),
                in.text("value"),
                in.text("reason"),
                in.text("code"),
                in.instant("firstSeenAt").orElse(Instant.EPOCH),
                in.instant("lastSeenAt").orElse(Instant.EPOCH),
                in.integer("times"));
    }
}
