package io.imaint.gateway.registry;

import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A kind of record that the gateway keeps.
 *
 * @param name unique in the store
 * @param type its components are texts, numbers, flags, instants, enums, and records, lists, maps and optionals of these
 * @param followed whether {@link GatewayRecords.Records#changesAfter} shows its changes
 * @param masked components that the audit trail does not show
 * @param expires the component with the instant at which a record ends; empty where none does
 */
public record Kind<R extends Record>(
        String name,
        Class<R> type,
        Function<R, String> key,
        boolean followed,
        Set<String> masked,
        Optional<String> expires) {
    public Kind {
        masked = Set.copyOf(masked);
    }

    static <R extends Record> Kind<R> configuration(
            String name, Class<R> type, Function<R, String> key, String... masked) {
        return new Kind<>(name, type, key, true, Set.of(masked), Optional.empty());
    }

    static <R extends Record> Kind<R> passing(String name, Class<R> type, Function<R, String> key, String expires) {
        return new Kind<>(name, type, key, false, Set.of(), Optional.of(expires));
    }

    @Override
    public String toString() {
        return name;
    }
}
