package io.imaint.integration.state;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Random;
import java.util.function.BiConsumer;

/**
 * What loads go by.
 *
 * @param parallel integrations that load at the same time
 * @param pageSize rows asked for at once, for integrations that do not say
 * @param holder who loads
 * @param leaseLife how long a dead runner blocks others on other machines
 * @param leaseRenewal a third of it, so that one renewal may fail
 * @param random for the jitter of retries
 * @param pause waits, but ends with {@link Cancellation.Requested} when stopped
 */
public record LoadOptions(
        int parallel,
        int pageSize,
        Holder holder,
        Duration leaseLife,
        Duration leaseRenewal,
        InstantSource clock,
        Random random,
        BiConsumer<Cancellation, Duration> pause) {
    private static final Duration LEASE_LIFE = Duration.ofSeconds(15);
    private static final Duration LEASE_RENEWAL = Duration.ofSeconds(5);

    public static LoadOptions of(InboundSettings settings) {
        return of(settings.parallel(), settings.pageSize());
    }

    public static LoadOptions of(int parallel, int pageSize) {
        return new LoadOptions(
                parallel,
                pageSize,
                Holder.here(),
                LEASE_LIFE,
                LEASE_RENEWAL,
                InstantSource.system(),
                new Random(),
                Cancellation::pause);
    }

    /** The same with leases of another life. */
    public LoadOptions leasing(Duration life) {
        return new LoadOptions(parallel, pageSize, holder, life, life.dividedBy(3), clock, random, pause);
    }
}
