package io.imaint.gateway.flow;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The proxies that call each other for one request of a client, and the time that all of them have together.
 *
 * @param proxies the one that the client asked first
 * @param end by {@link System#nanoTime}
 * @param broken why the chain was cut below, in a call that was waited for; null while it was not
 */
record CallChain(List<String> proxies, long end, AtomicReference<@Nullable String> broken) {
    /** Proxies in a chain. Each may call several times, so that a deeper one could make thousands of calls of one request. */
    static final int LENGTH_MAX = 5;

    /** Stands for no limit. */
    static final Duration UNLIMITED = Duration.ofDays(1);

    static CallChain of(String proxy, Duration limit) {
        return new CallChain(List.of(proxy), System.nanoTime() + limit.toNanos(), new AtomicReference<>());
    }

    /** The chain of a proxy that the last one calls, and for which it waits so long. */
    CallChain calling(String proxy, Duration timeout) throws Fault {
        var longer = new ArrayList<>(proxies);
        longer.add(proxy);
        if (longer.size() > LENGTH_MAX) {
            broken.compareAndSet(
                    null, "more than %d proxies call each other: %s".formatted(LENGTH_MAX, String.join(", ", longer)));
            throw tooLong();
        }
        return new CallChain(
                List.copyOf(longer), System.nanoTime() + within(timeout).toNanos(), new AtomicReference<>());
    }

    /** Says also in this proxy why the answer to a call is a failure, when that is because the chain was too long. */
    void check(CallChain called, Message answer) throws Fault {
        var reason = called.broken.get();
        if (answer.status() >= 400 && reason != null) {
            broken.compareAndSet(null, reason);
            throw tooLong();
        }
    }

    private Fault tooLong() {
        return new Fault(500, "messaging.runtime.ProxyChainTooLong", String.valueOf(broken.get()));
    }

    /** What is left of the time; negative when it is over. */
    long nanosLeft() {
        return end - System.nanoTime();
    }

    /** A duration, or what is left of the time when that is less; at least a millisecond, so that it ends in a time-out. */
    Duration within(Duration wanted) {
        long left = Math.max(TimeUnit.MILLISECONDS.toNanos(1), nanosLeft());
        return wanted.toNanos() < left ? wanted : Duration.ofNanos(left);
    }
}
