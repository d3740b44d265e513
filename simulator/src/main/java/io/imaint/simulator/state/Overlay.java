package io.imaint.simulator.state;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.plant.PlantData;
import io.imaint.simulator.plant.PlantData.Rows;
import io.imaint.simulator.state.Change.Written;
import io.imaint.simulator.state.PlantState.Changed;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** The rows of one set that differ from the unchanging ones. One thread writes, any number read. */
final class Overlay {
    /**
     * A row as it is now.
     *
     * @param values null where it was deleted
     * @param inBase whether the unchanging rows have its key
     */
    record Entry(@Nullable Object @Nullable [] values, long sequence, boolean inBase) {}

    private final EntitySet set;
    private final ConcurrentSkipListMap<Key, Entry> entries = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<Long, Key> bySequence = new ConcurrentSkipListMap<>();
    private final Map<UUID, Key> byExternalId = new ConcurrentHashMap<>();
    private final AtomicLong added = new AtomicLong();
    private final Map<List<String>, Lookup> lookups = new HashMap<>();

    Overlay(EntitySet set) {
        this.set = set;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    /** By how many the rows are more than the unchanging ones. */
    long added() {
        return added.get();
    }

    @Nullable
    Entry find(Key key) {
        return entries.get(key);
    }

    Optional<Key> createdWith(UUID externalId) {
        return Optional.ofNullable(byExternalId.get(externalId));
    }

    void put(PlantData base, Written written, long sequence) {
        var before = entries.get(written.key());
        boolean inBase =
                before == null ? PlantState.inBase(base, set, written.key()).isPresent() : before.inBase();
        boolean was = before == null ? inBase : before.values() != null;
        boolean is = written.values() != null;
        entries.put(written.key(), new Entry(written.values(), sequence, inBase));
        bySequence.put(sequence, written.key());
        if (before != null) {
            bySequence.remove(before.sequence());
        }
        added.addAndGet((is ? 1 : 0) - (was ? 1 : 0));
        if (written.values() != null) {
            lookups.values().forEach(lookup -> lookup.put(written.values()));
        }
        if (written.values() != null
                && set.has("EXTID")
                && written.values()[set.place("EXTID")] instanceof UUID externalId) {
            byExternalId.put(externalId, written.key());
        }
    }

    void clear() {
        entries.clear();
        bySequence.clear();
        byExternalId.clear();
        lookups.clear();
        added.set(0);
    }

    int size() {
        return entries.size();
    }

    /** Each row with its position, in no order. */
    void forEach(BiConsumer<Long, Written> action) {
        entries.forEach((key, entry) -> action.accept(entry.sequence(), new Written(set, key, entry.values())));
    }

    Lookup lookup(PlantData base, List<String> properties) {
        return lookups.computeIfAbsent(properties, by -> {
            var lookup = new Lookup(set, by, base);
            entries.values().forEach(entry -> {
                if (entry.values() != null) {
                    lookup.put(entry.values());
                }
            });
            return lookup;
        });
    }

    Iterable<Changed> changes(long after, long upTo) {
        var keys = bySequence.subMap(after, false, upTo, true);
        return () -> keys.entrySet().stream()
                .map(entry -> changed(entry.getKey(), entry.getValue()))
                .flatMap(Optional::stream)
                .iterator();
    }

    /** Empty when the row has been changed again meanwhile: it then comes with its later change. */
    private Optional<Changed> changed(long sequence, Key key) {
        var entry = entries.get(key);
        return entry == null || entry.sequence() != sequence
                ? Optional.empty()
                : Optional.of(new Changed(sequence, key.parts(), entry.values()));
    }

    Rows over(Rows base, List<String> from) {
        return new Merge(base, entries.tailMap(new Key(from)).entrySet().iterator());
    }

    /** Both kinds of rows in the order of their keys; of two with one key, the later. */
    private final class Merge implements Rows {
        private final Rows base;
        private final Iterator<Map.Entry<Key, Entry>> changed;
        private final @Nullable Object[] waiting =
                new @Nullable Object[set.properties().size()];
        private boolean baseWaits;
        private Map.@Nullable Entry<Key, Entry> next;

        Merge(Rows base, Iterator<Map.Entry<Key, Entry>> changed) {
            this.base = base;
            this.changed = changed;
            advance();
        }

        private void advance() {
            next = changed.hasNext() ? changed.next() : null;
        }

        @Override
        public boolean next(@Nullable Object[] row) {
            while (true) {
                boolean hasBase = baseWaits || base.next(row);
                if (hasBase && baseWaits) {
                    System.arraycopy(waiting, 0, row, 0, row.length);
                    baseWaits = false;
                }
                var own = next;
                if (own == null) {
                    return hasBase;
                }
                int order = hasBase ? own.getKey().placeOf(row) : 1;
                if (order < 0) {
                    return true;
                }
                if (order > 0 && hasBase) {
                    System.arraycopy(row, 0, waiting, 0, row.length);
                    baseWaits = true;
                }
                advance();
                var values = own.getValue().values();
                if (values != null) {
                    System.arraycopy(values, 0, row, 0, row.length);
                    return true;
                }
            }
        }
    }
}
