package io.imaint.simulator.faults;

import io.imaint.simulator.faults.Fault.Plain;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * All that goes wrong with one request. Where several of these cut each other short, the first of this order wins:
 * delay, {@link Plain#DROP_BEFORE}, {@link Plain#MAINTENANCE}, status, {@link Plain#PASSWORD_CHANGE}, what changes the
 * answer, {@link Plain#DROP_AFTER}, cut, slow bytes.
 *
 * @param delay how long to wait before anything is done
 * @param status sent instead of the answer, without any effect
 * @param cutAt the part of the body after which the connection closes; 1 sends it whole
 * @param bytesPerSecond 0 for as fast as can be
 * @param plain everything else
 * @param applied the faults that happen, as people read them
 */
public record Effects(
        Duration delay,
        Optional<ErrorPage> status,
        double cutAt,
        int bytesPerSecond,
        Set<Plain> plain,
        List<String> applied) {
    /** Nothing goes wrong. */
    public static final Effects NONE = new Effects(Duration.ZERO, Optional.empty(), 1, 0, Set.of(), List.of());

    /**
     * An error page.
     *
     * @param retryAfter for the header of this name, in whole seconds
     */
    public record ErrorPage(int status, Optional<Duration> retryAfter) {}

    /** Whether a fault without numbers happens. */
    public boolean has(Plain fault) {
        return plain.contains(fault);
    }

    /** Whether nothing goes wrong. */
    public boolean none() {
        return applied.isEmpty();
    }
}
