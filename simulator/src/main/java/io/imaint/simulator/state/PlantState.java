package io.imaint.simulator.state;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.plant.PlantData;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The plant as it is now: rows that never change, and over them those that were created, changed or deleted since. Only
 * the latter are held. Reading takes no lock; changes are made one after the other.
 *
 * <pre>
 *   reading    base rows ──┐
 *                          ├─ merged by key ──► rows
 *   overlay of each set ───┘
 *                ▲
 *   changes ─────┴──► journal
 * </pre>
 */
public final class PlantState implements PlantData {
    private final PlantData base;
    private final InstantSource clock;
    private final Map<EntitySet, Overlay> overlays =
            IcwpModel.SETS.stream().collect(Collectors.toMap(Function.identity(), set -> new Overlay(set)));
    private final Map<NumberRange, Long> numbers = new EnumMap<>(NumberRange.class);
    private final ReentrantLock writing = new ReentrantLock();
    private final Locks locks = new Locks();
    private final Contents contents = new Contents();
    private volatile long sequence;

    private PlantState(PlantData base, InstantSource clock) {
        this.base = base;
        this.clock = clock;
    }

    /** A plant whose changes are forgotten when the program ends. */
    public static PlantState inMemory(PlantData base, InstantSource clock) {
        return new PlantState(base, clock);
    }

    /**
     * Makes a change. It is kept when {@code work} returns, and leaves nothing behind when it throws.
     *
     * @throws Refusal as {@code work} does
     */
    public <T> T change(Actor actor, Function<Change, T> work) {
        writing.lock();
        try {
            var change = new Change(this, actor, clock.instant());
            T result = work.apply(change);
            keep(change);
            return result;
        } finally {
            writing.unlock();
        }
    }

    private void keep(Change change) {
        long last = sequence;
        for (var written : change.written()) {
            overlay(written.set()).put(base, written, ++last);
        }
        numbers.putAll(change.numbers());
        sequence = last;
    }

    @Override
    public long count(EntitySet set) {
        return base.count(set) + overlay(set).added();
    }

    @Override
    public Rows rows(EntitySet set, List<String> from) {
        var overlay = overlay(set);
        var rows = base.rows(set, from);
        return overlay.isEmpty() ? rows : overlay.over(rows, from);
    }

    @Override
    public String description() {
        return base.description();
    }

    /** One entity, as a copy. */
    public Optional<Row> find(EntitySet set, List<String> key) {
        return find(set, new Key(key));
    }

    Optional<Row> find(EntitySet set, Key key) {
        var entry = overlay(set).find(key);
        if (entry != null) {
            return Optional.ofNullable(entry.values()).map(values -> Row.of(set, values.clone()));
        }
        return inBase(base, set, key);
    }

    static Optional<Row> inBase(PlantData base, EntitySet set, Key key) {
        var row = new @Nullable Object[set.properties().size()];
        boolean found = base.rows(set, key.parts()).next(row) && key.placeOf(row) == 0;
        return found ? Optional.of(Row.of(set, row)) : Optional.empty();
    }

    Optional<Key> createdWith(EntitySet set, UUID externalId) {
        return overlay(set).createdWith(externalId);
    }

    Lookup lookup(EntitySet set, List<String> properties) {
        return overlay(set).lookup(base, properties);
    }

    long lastNumber(NumberRange range) {
        return numbers.computeIfAbsent(range, unused -> range.lastOf(base));
    }

    /** The position of the last change; what is read from now on has it and all before it. */
    public long sequence() {
        return sequence;
    }

    /** Rows changed after a position and up to another, in the order of their changes, each once. */
    public Iterable<Changed> changes(EntitySet set, long after, long upTo) {
        return overlay(set).changes(after, upTo);
    }

    /**
     * A row that was changed or deleted.
     *
     * @param sequence the position of the change
     * @param key of the row
     * @param values null where it was deleted; not to be altered
     */
    public record Changed(
            long sequence, List<String> key, @Nullable Object @Nullable [] values) {}

    /** When the plant was made or last reset; delta tokens from before are void. */
    public Instant epoch() {
        return Instant.EPOCH;
    }

    public Locks locks() {
        return locks;
    }

    public Contents contents() {
        return contents;
    }

    private Overlay overlay(EntitySet set) {
        var overlay = overlays.get(set);
        if (overlay == null) {
            throw new AssertionError(set);
        }
        return overlay;
    }
}
