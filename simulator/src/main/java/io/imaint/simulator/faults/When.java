package io.imaint.simulator.faults;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * In which of the requests that a rule is about its fault happens.
 *
 * @param probability above 0, at most 1
 * @param after how many requests pass unharmed first
 * @param times how often the fault begins at most; 0 for no limit
 * @param from not before
 * @param until not at or after
 * @param span not longer than this after the rule was added
 */
public record When(
        double probability,
        int after,
        int times,
        Optional<Instant> from,
        Optional<Instant> until,
        Optional<Duration> span) {
    public static final When ALWAYS = new When(1, 0, 0, Optional.empty(), Optional.empty(), Optional.empty());

    /** A longer rule is one for ever. */
    static final Duration SPAN_MAX = Duration.ofDays(365);

    public When {
        if (!(probability > 0 && probability <= 1)) {
            throw new IllegalArgumentException("p is above 0 and at most 1, not " + Fault.decimal(probability));
        }
        if (after < 0 || times < 0) {
            throw new IllegalArgumentException("after and times are counts");
        }
        if (from.isPresent() && until.isPresent() && !from.get().isBefore(until.get())) {
            throw new IllegalArgumentException("from is not before until");
        }
        span.ifPresent(Spans::verifyWhole);
        if (span.filter(length -> length.isZero() || length.compareTo(SPAN_MAX) > 0)
                .isPresent()) {
            throw new IllegalArgumentException("for is above zero and a year at most");
        }
    }

    /** Whether the rule holds at a time. */
    boolean open(Instant added, Instant now) {
        return from.filter(now::isBefore).isEmpty()
                && until.filter(end -> !now.isBefore(end)).isEmpty()
                && span.filter(length -> !now.isBefore(added.plus(length))).isEmpty();
    }

    /** Whether it counts requests, which makes no sense for a single one. */
    boolean counts() {
        return after > 0 || times > 0 || span.isPresent();
    }

    /** As it is written in a rule, each word with a blank before it. */
    String text() {
        return (probability == 1 ? "" : " p=" + Fault.decimal(probability))
                + (after == 0 ? "" : " after=" + after)
                + (times == 0 ? "" : " times=" + times)
                + from.map(start -> " from=" + start).orElse("")
                + until.map(end -> " until=" + end).orElse("")
                + span.map(length -> " for=" + Spans.text(length)).orElse("");
    }
}
