package io.imaint.store;

import static io.imaint.store.StoreContract.PARTS;
import static io.imaint.store.StoreContract.inParallel;
import static io.imaint.store.StoreContract.part;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.problem.Failure;
import io.imaint.store.Leases.Lease;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holders that take the lease from one another in the middle of their writes, over two writers of one file. */
class SqliteFencingIT {
    private static final Duration LIFE = Duration.ofMinutes(5);
    private static final int THIEVES = 6;
    private static final int THEFTS = 15;
    private static final int WRITES = 12;

    @TempDir
    Path directory;

    private final AtomicInteger written = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();

    @Test
    void noWriteOfAnEarlierHolderComesAfterOneOfALater() throws Exception {
        try (var one = SqliteStore.open(directory, InstantSource.system());
                var other = SqliteStore.open(directory, InstantSource.system())) {
            one.documents(PARTS);
            inParallel(THIEVES, thief -> {
                for (int theft = 0; theft < THEFTS; theft++) {
                    writeUntilRobbed(thief % 2 == 0 ? one : other);
                }
                return null;
            });
            var fences = one.documents(PARTS).changesAfter(0, Query.LIMIT_MAX).stream()
                    .map(change -> change.stored().orElseThrow().value().integer("fence"))
                    .map(Optional::orElseThrow)
                    .toList();
            assertThat(fences).hasSize(written.get()).isSorted();
            assertThat(refused).hasPositiveValue();
            assertThat(fences.stream().distinct().count()).isGreaterThan(THIEVES);
        }
    }

    private void writeUntilRobbed(Store store) {
        var lease = stolen(store);
        var parts = store.under(List.of(lease)).documents(PARTS);
        try {
            for (int i = 0; i < WRITES; i++) {
                parts.insert(part(UUID.randomUUID().toString()).put("fence", lease.fence()));
                written.incrementAndGet();
            }
        } catch (Failure robbed) {
            assertThat(robbed.code()).isEqualTo(StoreProblem.LEASE_LOST);
            refused.incrementAndGet();
        }
    }

    /** As from a holder that has surely ended: given back for it, and taken. */
    private static Lease stolen(Store store) {
        var thief = UUID.randomUUID().toString();
        while (true) {
            store.leases().holder("work").ifPresent(store.leases()::release);
            var lease = store.leases().acquire("work", thief, LIFE);
            if (lease.isPresent()) {
                return lease.get();
            }
        }
    }
}
