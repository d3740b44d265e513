package io.imaint.simulator.state;

import io.imaint.kernel.problem.Failure;
import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.plant.PlantData;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
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
public final class PlantState implements PlantData, AutoCloseable {
    private static final System.Logger LOG = System.getLogger(PlantState.class.getName());

    /** A journal of so many lines of which less than every second still tells something is written anew. */
    private static final int WORN_LINES = 1_000;

    private final PlantData base;
    private final InstantSource clock;
    private final Optional<StateFolder> folder;
    private final Map<EntitySet, Overlay> overlays = new ConcurrentHashMap<>();
    private final Map<NumberRange, Long> numbers = new EnumMap<>(NumberRange.class);
    private final Subscriptions subscriptions = new Subscriptions(this::journal);
    private final ReentrantLock writing = new ReentrantLock();
    private final Locks locks = new Locks();
    private final Contents contents;
    private volatile @Nullable Journal journal;
    private volatile long origin;
    private volatile long sequence;

    private PlantState(PlantData base, InstantSource clock, Optional<StateFolder> folder) {
        this.base = base;
        this.clock = clock;
        this.folder = folder;
        this.contents = new Contents(folder);
        this.origin = clock.millis();
        this.sequence = origin;
    }

    /** A plant whose changes are forgotten when the program ends. */
    public static PlantState inMemory(PlantData base, InstantSource clock) {
        return new PlantState(base, clock, Optional.empty());
    }

    /**
     * A plant whose changes are kept in a folder, with those that are there already.
     *
     * @throws Failure a {@link StateProblem}
     */
    public static PlantState in(StateFolder folder, PlantData base, InstantSource clock) {
        var state = new PlantState(base, clock, Optional.of(folder));
        state.load(folder);
        return state;
    }

    private void load(StateFolder folder) {
        var first = JournalLine.first(base.description(), Math.max(origin, sequence + 1), Map.of());
        int[] told = {0};
        journal = Journal.open(folder.journal(), first, line -> {
            if (line.plant() != null) {
                verifyPlant(line.plant(), folder);
                origin = line.origin();
                sequence = origin;
            }
            long at = line.sequence();
            for (var written : line.rows()) {
                overlay(written.set()).put(base, written, at);
                sequence = Math.max(sequence, at++);
                told[0]++;
            }
            line.numbers().forEach((range, last) -> numbers.put(NumberRange.valueOf(range), last));
            if (line.token() != null) {
                subscriptions.remember(line.token());
                told[0]++;
            }
        });
        int live = overlays.values().stream().mapToInt(Overlay::size).sum()
                + subscriptions.all().size();
        if (told[0] > WORN_LINES && told[0] > 2 * live) {
            journal.close();
            Journal.replace(folder.journal(), compact());
            journal = Journal.open(folder.journal(), first, line -> {});
        }
    }

    private void verifyPlant(String plant, StateFolder folder) {
        if (!plant.equals(base.description())) {
            throw StateProblem.SIMULATOR_STATE_OTHER_PLANT.because(
                    "%s holds changes of: %s; now it is: %s".formatted(folder.path(), plant, base.description()));
        }
    }

    private List<JournalLine> compact() {
        var lines = new TreeMap<Long, JournalLine>();
        overlays.values()
                .forEach(overlay -> overlay.forEach(
                        (at, written) -> lines.put(at, JournalLine.change(at, List.of(written), Map.of()))));
        var all = new ArrayList<JournalLine>();
        all.add(JournalLine.first(base.description(), origin, named(numbers)));
        all.addAll(lines.values());
        subscriptions.all().forEach(token -> all.add(JournalLine.token(token)));
        return all;
    }

    private static Map<String, Long> named(Map<NumberRange, Long> numbers) {
        var named = new TreeMap<String, Long>();
        numbers.forEach((range, last) -> named.put(range.name(), last));
        return named;
    }

    /**
     * Makes a change. It is kept when {@code work} returns, and leaves nothing behind when it throws.
     *
     * @throws Refusal as {@code work} does
     * @throws Failure when the change cannot be written to the journal
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
        var rows = change.written();
        if (rows.isEmpty()) {
            return;
        }
        if (journal != null) {
            journal.append(JournalLine.change(sequence + 1, rows, named(change.numbers())));
        }
        long last = sequence;
        for (var written : rows) {
            overlay(written.set()).put(base, written, ++last);
        }
        numbers.putAll(change.numbers());
        sequence = last;
    }

    /** A token that cannot be kept is good until the end of the program: its answer is on the way already. */
    private void journal(IssuedToken token) {
        still(() -> {
            try {
                if (journal != null) {
                    journal.append(JournalLine.token(token));
                }
            } catch (Failure full) {
                LOG.log(Level.DEBUG, "a delta token is not kept: {0}", full.line());
            }
        });
    }

    /** The delta tokens handed out. */
    public Subscriptions subscriptions() {
        return subscriptions;
    }

    /** Forgets all changes. Delta tokens from before are void. */
    public void reset() {
        renew(StateFolder::reset);
    }

    /** Puts a snapshot in the place of all changes. Delta tokens from before are void. */
    public void restore(String snapshot) {
        renew(files -> files.restore(snapshot, Math.max(clock.millis(), sequence + 1)));
    }

    /** Does something with the files while nothing changes them. */
    public void still(Runnable work) {
        writing.lock();
        try {
            work.run();
        } finally {
            writing.unlock();
        }
    }

    private void renew(Consumer<StateFolder> files) {
        writing.lock();
        try {
            if (journal != null) {
                journal.close();
            }
            try {
                folder.ifPresent(files);
            } finally {
                overlays.values().forEach(Overlay::clear);
                numbers.clear();
                subscriptions.clear();
                origin = Math.max(clock.millis(), sequence + 1);
                sequence = origin;
                folder.ifPresent(this::load);
            }
        } finally {
            writing.unlock();
        }
    }

    /** How many rows differ from the unchanging ones. */
    public long changed() {
        return overlays.values().stream().mapToLong(Overlay::size).sum();
    }

    /** How many bytes the journal has; 0 where there is none. */
    public long journalBytes() {
        return journal == null ? 0 : journal.size();
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

    @Override
    public String fingerprint() {
        return base.fingerprint();
    }

    @Override
    public Optional<Row> find(EntitySet set, List<String> key) {
        return find(set, new Key(key));
    }

    Optional<Row> find(EntitySet set, Key key) {
        var entry = overlay(set).find(key);
        if (entry != null) {
            var values = entry.values();
            return values == null ? Optional.empty() : Optional.of(Row.of(set, values.clone()));
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

    /** The position at which the plant was made, reset or restored; delta tokens of an earlier one are void. */
    public long origin() {
        return origin;
    }

    /** Where the changes are kept; empty where they are not. */
    public Optional<StateFolder> folder() {
        return folder;
    }

    public Locks locks() {
        return locks;
    }

    public Contents contents() {
        return contents;
    }

    /** Ends the journal; changes after it are an error. */
    @Override
    public void close() {
        still(() -> {
            if (journal != null) {
                journal.close();
            }
        });
    }

    private Overlay overlay(EntitySet set) {
        return overlays.computeIfAbsent(set, Overlay::new);
    }
}
