package io.imaint.gateway.registry;

import io.imaint.gateway.registry.GatewayRecords.Records;
import io.imaint.gateway.registry.GatewayRecords.Written;
import io.imaint.kernel.cache.Counters;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Counters in the records, exact over all processes: each addition is a conditional write, repeated when another process was faster.
 * Within a process the requests of one counter wait for each other, so that processes meet, not threads.
 */
public final class StoredCounters implements Counters {
    /** Locks that counters share by their hash; more than requests that count at one moment. */
    private static final int STRIPES = 256;

    /** As many processes as meet; each round one of them succeeds. */
    private static final int ATTEMPTS_MAX = 200;

    /** Two that met once seldom meet again. */
    private static final int ATTEMPTS_AT_ONCE = 2;

    private static final long WAIT_MAX_NS = 16_000_000;

    private final Records<StoredCount> records;
    private final RandomGenerator random;
    private final ReentrantLock[] stripes =
            IntStream.range(0, STRIPES).mapToObj(one -> new ReentrantLock()).toArray(ReentrantLock[]::new);

    /** @param random for the time that writers who met wait */
    public StoredCounters(GatewayRecords records, RandomGenerator random) {
        this.records = records.records(Kinds.COUNTERS);
        this.random = random;
    }

    @Override
    public long add(String name, String window, long weight, Instant expiresAt) {
        var id = id(name, window);
        if (weight == 0) {
            return records.find(id).map(kept -> kept.value().count()).orElse(0L);
        }
        var stripe = stripe(id);
        stripe.lock();
        try {
            return added(id, weight, expiresAt);
        } finally {
            stripe.unlock();
        }
    }

    private long added(String id, long weight, Instant expiresAt) {
        var standing = records.find(id);
        for (int attempt = 1; attempt <= ATTEMPTS_MAX; attempt++) {
            var count = standing.map(kept -> kept.value().count()).orElse(0L) + weight;
            var next = new StoredCount(id, count, expiresAt);
            var written = standing.isEmpty()
                    ? records.insert(next)
                    : records.replace(next, standing.get().rev());
            switch (written) {
                case Written.Done<StoredCount> done -> {
                    return count;
                }
                case Written.Lost<StoredCount> lost -> standing = lost.current();
            }
            if (attempt > ATTEMPTS_AT_ONCE) {
                LockSupport.parkNanos(random.nextLong(WAIT_MAX_NS));
                standing = records.find(id);
            }
        }
        throw RegistryProblem.API_COUNTER_BUSY.because("an addition failed %d times".formatted(ATTEMPTS_MAX));
    }

    @Override
    public void reset(String name, String window) {
        var id = id(name, window);
        var stripe = stripe(id);
        stripe.lock();
        try {
            for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
                var standing = records.find(id);
                if (standing.isEmpty() || records.remove(id, standing.get().rev())) {
                    return;
                }
            }
        } finally {
            stripe.unlock();
        }
    }

    private ReentrantLock stripe(String id) {
        return stripes[Math.floorMod(id.hashCode(), STRIPES)];
    }

    private static String id(String name, String window) {
        return Hashes.of(name + "\n" + window);
    }
}
