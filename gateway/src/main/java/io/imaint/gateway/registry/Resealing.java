package io.imaint.gateway.registry;

import io.imaint.gateway.registry.GatewayRecords.Kept;
import io.imaint.gateway.registry.GatewayRecords.Written;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Exchanges the key of the gateway's secrets: what the key before has sealed is sealed by the present one. All processes must have both
 * keys before it begins; when it has ended, the key before is needed no more. It may be repeated, and goes on where it stopped.
 */
public final class Resealing {
    private static final int ATTEMPTS_MAX = 20;

    private final GatewayRecords records;
    private final Sealing sealing;

    public Resealing(GatewayRecords records, Sealing sealing) {
        this.records = records;
        this.sealing = sealing;
    }

    /**
     * What became of it.
     *
     * @param resealed entities that were sealed by the key before
     * @param current entities that were sealed by the present one already, or have no secrets
     */
    public record Resealed(int resealed, int current) {
        private Resealed and(Resealed other) {
            return new Resealed(resealed + other.resealed, current + other.current);
        }
    }

    /** Fails with {@link RegistryProblem#GATEWAY_KEY_UNUSABLE} when a secret was sealed by neither key. */
    public Resealed run() {
        return all(
                        Kinds.PROVIDERS,
                        stored -> stored.current(sealing),
                        stored -> StoredProvider.of(stored.opened(sealing), sealing))
                .and(all(
                        Kinds.MAPS,
                        stored -> stored.current(sealing),
                        stored -> StoredMap.of(stored.opened(sealing), sealing)))
                .and(all(
                        Kinds.CERTIFICATES,
                        stored -> stored.current(sealing),
                        stored -> StoredCertificates.of(stored.opened(sealing), sealing)));
    }

    private <R extends Record> Resealed all(Kind<R> kind, Predicate<R> current, Function<R, R> reseal) {
        int resealed = 0;
        int untouched = 0;
        for (var kept : records.records(kind).all()) {
            if (current.test(kept.value())) {
                untouched++;
            } else {
                reseal(kind, kept, current, reseal);
                resealed++;
            }
        }
        return new Resealed(resealed, untouched);
    }

    /** Whoever changes the entity meanwhile seals it by the present key. */
    private <R extends Record> void reseal(Kind<R> kind, Kept<R> first, Predicate<R> current, Function<R, R> reseal) {
        var standing = first;
        for (int attempt = 0; attempt < ATTEMPTS_MAX && !current.test(standing.value()); attempt++) {
            var written = records.records(kind).replace(reseal.apply(standing.value()), standing.rev());
            if (!(written instanceof Written.Lost<R> lost) || lost.current().isEmpty()) {
                return;
            }
            standing = lost.current().get();
        }
    }
}
