package io.imaint.gateway.registry;

import io.imaint.kernel.facts.Fact;
import io.imaint.kernel.identity.Caller;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Records in memory, which end with the process: for a gateway that tries bundles without a store, and for tests. Several gateways of
 * one process may share them. One lock guards everything, so each method is atomic.
 */
public final class InMemoryRecords implements GatewayRecords {
    /** Changes that {@link #trail} shows, the newest. */
    private static final int TRAIL_MAX = 10_000;

    /** A change that somebody made. */
    public record Trail(String caller, String kind, String key, List<Fact> facts) {}

    private record Entry(long position, Optional<Kept<?>> kept) {}

    /** What all views of these records share. */
    private static final class State {
        private final ReentrantLock lock = new ReentrantLock();
        private final Map<String, NavigableMap<String, Entry>> kinds = new HashMap<>();
        private final Map<String, byte[]> bundles = new HashMap<>();
        private final ArrayDeque<Trail> trail = new ArrayDeque<>();
        private long position;
    }

    private final State state;
    private final InstantSource clock;
    private final @Nullable Caller caller;

    public InMemoryRecords(InstantSource clock) {
        this(new State(), clock, null);
    }

    private InMemoryRecords(State state, InstantSource clock, @Nullable Caller caller) {
        this.state = state;
        this.clock = clock;
        this.caller = caller;
    }

    @Override
    public GatewayRecords as(Caller who) {
        return new InMemoryRecords(state, clock, who);
    }

    @Override
    public <R extends Record> Records<R> records(Kind<R> kind) {
        return new OfKind<>(kind);
    }

    @Override
    public long position() {
        return locked(() -> state.position);
    }

    /** The changes that callers made, the oldest first. */
    public List<Trail> trail() {
        return locked(() -> List.copyOf(state.trail));
    }

    private <T> T locked(java.util.function.Supplier<T> work) {
        state.lock.lock();
        try {
            return work.get();
        } finally {
            state.lock.unlock();
        }
    }

    @Override
    public Bundles bundles() {
        return new Bundles() {
            @Override
            public String add(byte[] bytes) {
                var id = UUID.randomUUID().toString();
                locked(() -> state.bundles.put(id, bytes.clone()));
                return id;
            }

            @Override
            public Optional<byte[]> find(String id) {
                return locked(() -> Optional.ofNullable(state.bundles.get(id)).map(byte[]::clone));
            }

            @Override
            public void remove(String id) {
                locked(() -> Optional.ofNullable(state.bundles.remove(id)));
            }
        };
    }

    /** The records of one kind. */
    private final class OfKind<R extends Record> implements Records<R> {
        private final Kind<R> kind;

        OfKind(Kind<R> kind) {
            this.kind = kind;
        }

        private NavigableMap<String, Entry> entries() {
            return state.kinds.computeIfAbsent(kind.name(), name -> new TreeMap<>());
        }

        private Optional<Kept<R>> standing(String key) {
            var entry = entries().get(key);
            return entry == null ? Optional.empty() : live(entry);
        }

        @SuppressWarnings("unchecked") // A kind's entries hold its records.
        private Optional<Kept<R>> live(Entry entry) {
            return entry.kept.map(kept -> (Kept<R>) kept).filter(kept -> !expired(kept.value()));
        }

        private boolean expired(R value) {
            return kind.expires()
                    .flatMap(component -> end(value, component))
                    .filter(end -> !end.isAfter(clock.instant()))
                    .isPresent();
        }

        private static Optional<Instant> end(Record value, String component) {
            for (var one : value.getClass().getRecordComponents()) {
                if (one.getName().equals(component)) {
                    try {
                        var accessor = one.getAccessor();
                        accessor.setAccessible(true);
                        var read = accessor.invoke(value);
                        return read instanceof Optional<?> maybe
                                ? maybe.map(Instant.class::cast)
                                : Optional.ofNullable((Instant) read);
                    } catch (ReflectiveOperationException impossible) {
                        throw new LinkageError("cannot read " + component, impossible);
                    }
                }
            }
            throw new AssertionError(value.getClass() + " has no " + component);
        }

        @Override
        public Optional<Kept<R>> find(String key) {
            return locked(() -> standing(key));
        }

        @Override
        public List<Kept<R>> all() {
            return locked(() -> entries().values().stream()
                    .flatMap(entry -> live(entry).stream())
                    .limit(ALL_MAX)
                    .toList());
        }

        @Override
        public Written<R> insert(R value, Fact... facts) {
            return locked(() -> {
                var key = kind.key().apply(value);
                var standing = standing(key);
                return standing.isPresent() ? new Written.Lost<>(standing) : write(new Kept<>(key, 1, value), facts);
            });
        }

        @Override
        public Written<R> replace(R value, long rev, Fact... facts) {
            return locked(() -> {
                var key = kind.key().apply(value);
                var standing = standing(key);
                return standing.filter(kept -> kept.rev() == rev).isEmpty()
                        ? new Written.Lost<>(standing)
                        : write(new Kept<>(key, rev + 1, value), facts);
            });
        }

        private Written<R> write(Kept<R> kept, Fact... facts) {
            entries().put(kept.key(), new Entry(next(), Optional.of(kept)));
            note(kept.key(), facts);
            return new Written.Done<>(kept);
        }

        @Override
        public boolean remove(String key, long rev, Fact... facts) {
            return locked(() -> {
                if (standing(key).filter(kept -> kept.rev() == rev).isEmpty()) {
                    return false;
                }
                if (kind.followed()) {
                    entries().put(key, new Entry(next(), Optional.empty()));
                } else {
                    entries().remove(key);
                }
                note(key, facts);
                return true;
            });
        }

        private long next() {
            return kind.followed() ? ++state.position : state.position;
        }

        private void note(String key, Fact... facts) {
            if (caller != null) {
                state.trail.add(new Trail(caller.id(), kind.name(), key, List.of(facts)));
                if (state.trail.size() > TRAIL_MAX) {
                    state.trail.removeFirst();
                }
            }
        }

        @Override
        public List<Change<R>> changesAfter(long position, int limit) {
            assert kind.followed() : kind + " is not followed";
            return locked(() -> {
                var changes = new ArrayList<Change<R>>();
                entries().forEach((key, entry) -> {
                    if (entry.position > position) {
                        changes.add(new Change<>(entry.position, key, live(entry)));
                    }
                });
                changes.sort(Comparator.comparingLong(Change::position));
                return List.copyOf(changes.subList(0, Math.min(limit, changes.size())));
            });
        }
    }
}
