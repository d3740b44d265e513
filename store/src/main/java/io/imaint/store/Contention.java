package io.imaint.store;

import io.imaint.kernel.facts.Fact;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Updates of one document by many writers. Each round one of them succeeds; without a wait those that come late would be
 * late again, so they wait for a random time that doubles up to a limit.
 */
final class Contention {
    /** Two writers that met by chance seldom meet again at once. */
    private static final int ATTEMPTS_AT_ONCE = 2;

    private static final long WAIT_FIRST_NS = TimeUnit.MILLISECONDS.toNanos(1);

    /** With it the last attempt fails after some seconds, which nobody's request outlives. */
    private static final long WAIT_MAX_NS = TimeUnit.MILLISECONDS.toNanos(64);

    private Contention() {}

    static <T> Optional<Stored<T>> update(
            Documents<T> documents, String key, Function<Stored<T>, Documents.@Nullable Change<T>> change) {
        var standing = documents.find(key);
        for (int attempt = 1; standing.isPresent(); attempt++) {
            var next = change.apply(standing.get());
            if (next == null) {
                return standing;
            }
            var facts = next.facts().toArray(Fact[]::new);
            switch (documents.replace(next.value(), standing.get().rev(), facts)) {
                case Documents.Written.Done<T> done -> {
                    return Optional.of(done.stored());
                }
                case Documents.Written.Lost<T> lost -> standing = lost.current();
            }
            if (attempt == Documents.UPDATE_ATTEMPTS_MAX) {
                throw StoreProblem.STORE_BUSY.because("too many writers change " + key + " at the same time");
            }
            if (attempt > ATTEMPTS_AT_ONCE) {
                long most = WAIT_FIRST_NS << Math.min(attempt - ATTEMPTS_AT_ONCE, Long.SIZE / 2);
                LockSupport.parkNanos(ThreadLocalRandom.current().nextLong(Math.min(most, WAIT_MAX_NS)));
                standing = documents.find(key);
            }
        }
        return standing;
    }
}
