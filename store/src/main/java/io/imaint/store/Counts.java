package io.imaint.store;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;

/** A cache of counts, each valid until its collection changes. */
final class Counts {
    /** As many filters as people use at one time; the least recently used is evicted. */
    private static final int CONDITIONS_MAX = 1_000;

    private record Count(long version, long documents) {}

    private final Map<Condition, Count> counts = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Condition, Count> eldest) {
            return size() > CONDITIONS_MAX;
        }
    };

    synchronized OptionalLong known(Condition where, long version) {
        var count = counts.get(where);
        return count != null && count.version == version ? OptionalLong.of(count.documents) : OptionalLong.empty();
    }

    synchronized void put(Condition where, long version, long documents) {
        counts.put(where, new Count(version, documents));
    }
}
