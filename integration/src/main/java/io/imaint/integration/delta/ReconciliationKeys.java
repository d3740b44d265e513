package io.imaint.integration.delta;

import io.imaint.integration.pipeline.DocumentHash;
import io.imaint.integration.state.ReconciliationReport.PartitionReport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The keys of source and store, and what is compared of each, in memory that does not grow with them.
 *
 * <pre>
 *   source  id, value ──► + hash ──┐
 *                                  ├──► one of 262,144 buckets; what is 0 in the end was the same on both sides
 *   store   id, value ──► − hash ──┘
 * </pre>
 *
 * <p>Sums do not depend on the order, in which the two sides differ. Only buckets that are not 0 are looked at again, key
 * by key, as many at a time as fit into memory. As long as the source's keys fit as a whole they are held besides, and
 * the second look is spared.
 */
final class ReconciliationKeys {
    /** Some changed rows in each bucket of millions; 3 MB. */
    static final int BUCKETS = 1 << 18;

    private final long[] differences = new long[BUCKETS];
    private final int[] rows = new int[BUCKETS];
    private final Partitions partitions;
    private final Side source;
    private final Side store;
    private final int idsMax;
    private @Nullable Map<String, Long> ids = new HashMap<>();

    /** Keys counted, and their entries added up, in each partition. */
    static final class Side {
        private final long[] keys;
        private final long[] sums;

        private Side(int partitions) {
            this.keys = new long[partitions];
            this.sums = new long[partitions];
        }

        private void add(int partition, long entry, int times) {
            keys[partition] += times;
            sums[partition] += times * entry;
        }

        long keys() {
            return Arrays.stream(keys).sum();
        }

        long sum() {
            return Arrays.stream(sums).sum();
        }

        PartitionReport.Side in(int partition) {
            return new PartitionReport.Side(keys[partition], text(sums[partition]));
        }
    }

    ReconciliationKeys(Partitions partitions, int idsMax) {
        this.partitions = partitions;
        this.source = new Side(partitions.count());
        this.store = new Side(partitions.count());
        this.idsMax = idsMax;
    }

    /** A sum as reports show it. */
    static String text(long sum) {
        return String.format(Locale.ROOT, "%016x", sum);
    }

    static int bucket(String id) {
        return (int) (DocumentHash.of(id) & (BUCKETS - 1));
    }

    void source(String id, long value) {
        var held = ids;
        if (held != null) {
            var before = held.put(id, value);
            if (before != null) { // A source that changes meanwhile sent it twice; the last one counts.
                source(id, before, -1);
            }
            ids = held.size() > idsMax ? null : held;
        }
        source(id, value, 1);
    }

    private void source(String id, long value, int times) {
        long idHash = DocumentHash.of(id);
        long entry = DocumentHash.entry(idHash, value);
        int bucket = (int) (idHash & (BUCKETS - 1));
        differences[bucket] += times * entry;
        rows[bucket] += times;
        source.add(partitions.of(id), entry, times);
    }

    void store(String id, long value) {
        long idHash = DocumentHash.of(id);
        long entry = DocumentHash.entry(idHash, value);
        differences[(int) (idHash & (BUCKETS - 1))] -= entry;
        store.add(partitions.of(id), entry, 1);
    }

    /** The source's keys with their values, when they fit; else null, and the buckets decide. */
    @Nullable
    Map<String, Long> held() {
        return ids;
    }

    /** The buckets that differ, in groups whose keys fit into memory. */
    List<BitSet> groups() {
        var groups = new ArrayList<BitSet>();
        var group = new BitSet();
        long held = 0;
        for (int bucket = 0; bucket < BUCKETS; bucket++) {
            if (differences[bucket] == 0) {
                continue;
            }
            if (held > 0 && held + rows[bucket] > idsMax) {
                groups.add(group);
                group = new BitSet();
                held = 0;
            }
            group.set(bucket);
            held += rows[bucket];
        }
        if (!group.isEmpty()) {
            groups.add(group);
        }
        return groups;
    }

    /** What SAP has. */
    Side source() {
        return source;
    }

    /** What the store has. */
    Side store() {
        return store;
    }

    /** Whether nothing differs, as far as sums show. */
    boolean same() {
        return source.keys() == store.keys() && source.sum() == store.sum();
    }
}
