package io.imaint.simulator.basis;

import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * What was imported, and what waits to be.
 *
 * @param components releases of the installed software components
 * @param queue requests in the order of their adding
 * @param done when each request was last imported
 */
record Imports(SortedMap<String, String> components, List<String> queue, SortedMap<String, Instant> done) {
    static final int QUEUE_MAX = 100;

    /** A request that was imported is remembered for good. */
    static final int DONE_MAX = 10_000;

    private static final int COMPONENTS_MAX = 1000;

    Imports {
        components = State.copy(components);
        queue = List.copyOf(queue);
        done = State.copy(done);
        if (queue.size() > QUEUE_MAX || done.size() > DONE_MAX || components.size() > COMPONENTS_MAX) {
            throw new IllegalArgumentException("imports out of range");
        }
        queue.forEach(RequestName::new);
        done.keySet().forEach(RequestName::new);
    }

    Imports withQueue(List<String> other) {
        return new Imports(components, other, done);
    }

    Imports withComponents(SortedMap<String, String> other) {
        return new Imports(other, queue, done);
    }

    Imports with(String request, Instant at) {
        return new Imports(components, queue, State.changed(done, all -> all.put(request, at)));
    }
}
