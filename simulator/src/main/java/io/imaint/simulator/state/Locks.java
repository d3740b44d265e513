package io.imaint.simulator.state;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The lock table (SM12): which objects people have open for change. A lock ends by itself, so that none is left behind. */
public final class Locks {
    /** More than a company's planners could hold at once; beyond it the table is full, as SAP's can be. */
    private static final int ENTRIES_MAX = 10_000;

    /**
     * One entry.
     *
     * @param object as people name it, such as {@code Order 000004000001}
     */
    public record Lock(String object, String user, Instant until) {}

    private final Map<String, Lock> held = new ConcurrentHashMap<>();

    /**
     * Takes or prolongs a lock.
     *
     * @throws Refusal if another user holds it, or the table is full
     */
    public void hold(Lock lock, Instant now) {
        held.values().removeIf(old -> !old.until().isAfter(now));
        if (held.size() >= ENTRIES_MAX && !held.containsKey(lock.object())) {
            throw Refusal.locked("The lock table is full; " + lock.object(), "others");
        }
        var kept = held.merge(lock.object(), lock, (old, wanted) -> old.user().equals(wanted.user()) ? wanted : old);
        if (!kept.user().equals(lock.user())) {
            throw Refusal.locked(lock.object(), kept.user());
        }
    }

    public void release(String object) {
        held.remove(object);
    }

    /** Who holds an object. */
    public Optional<String> holder(String object, Instant now) {
        return Optional.ofNullable(held.get(object))
                .filter(lock -> lock.until().isAfter(now))
                .map(Lock::user);
    }

    /** All that is held, by object. */
    public List<Lock> all(Instant now) {
        return held.values().stream()
                .filter(lock -> lock.until().isAfter(now))
                .sorted(Comparator.comparing(Lock::object))
                .toList();
    }
}
