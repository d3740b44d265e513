package io.imaint.simulator.state;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.plant.PlantData;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A unit of work: what is read through it shows what was written through it, and all of it is kept or nothing. Made by
 * {@link PlantState#change}, for the thread that runs it.
 */
public final class Change {
    private static final String CHANGED_AT = "CHANGEDAT";
    private static final String EXTERNAL_ID = "EXTID";

    private final PlantState state;
    private final Actor actor;
    private final Instant at;
    private final Map<EntitySet, TreeMap<Key, Written>> written = new HashMap<>();
    private final Map<NumberRange, Long> numbers = new EnumMap<>(NumberRange.class);
    private final List<SapMessage> messages = new ArrayList<>();

    /** A row as this change leaves it; null where it deletes it. */
    record Written(EntitySet set, Key key, @Nullable Object @Nullable [] values) {}

    Change(PlantState state, Actor actor, Instant at) {
        this.state = state;
        this.actor = actor;
        this.at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    public String user() {
        return actor.user();
    }

    /** The moment of the change, in whole milliseconds. */
    public Instant at() {
        return at;
    }

    /** The day of the change in the system's time zone, which is UTC. */
    public LocalDate today() {
        return at.atOffset(ZoneOffset.UTC).toLocalDate();
    }

    /** The time of day of the change, in whole seconds. */
    public LocalTime now() {
        return at.atOffset(ZoneOffset.UTC).toLocalTime().truncatedTo(ChronoUnit.SECONDS);
    }

    /**
     * Goes on only if the user may use a transaction.
     *
     * @throws Refusal if not
     */
    public void requires(String transaction) {
        if (!actor.transactions().test(transaction)) {
            throw Refusal.notAuthorized(transaction);
        }
    }

    /**
     * Goes on only if nobody else works on an object.
     *
     * @param object as people name it, such as {@code Order 000004000001}
     * @throws Refusal if somebody does
     */
    public void requiresUnlocked(String object) {
        if (actor.meetsLock()) {
            throw Refusal.locked(object, "SAPUSER");
        }
        state.locks()
                .holder(object, at)
                .filter(user -> !user.equals(actor.user()))
                .ifPresent(user -> {
                    throw Refusal.locked(object, user);
                });
    }

    /** A copy of an entity, to be changed and {@link #put} back. */
    public Optional<Row> find(EntitySet set, List<String> key) {
        var wanted = new Key(key);
        var own = written.getOrDefault(set, new TreeMap<>()).get(wanted);
        if (own != null) {
            var values = own.values();
            return values == null ? Optional.empty() : Optional.of(Row.of(set, values.clone()));
        }
        return state.find(set, wanted);
    }

    public Optional<Row> find(EntitySet set, String... key) {
        return find(set, List.of(key));
    }

    /** Copies of all entities whose keys begin with these parts, in the order of their keys. */
    public List<Row> under(EntitySet set, String... prefix) {
        var rows = new TreeMap<Key, Row>();
        var from = new Key(List.of(prefix));
        var reader = state.rows(set, List.of(prefix));
        var values = new @Nullable Object[set.properties().size()];
        while (reader.next(values)) {
            var row = Row.of(set, values.clone());
            var key = new Key(row.key());
            if (!key.startsWith(from)) {
                break;
            }
            rows.put(key, row);
        }
        written.getOrDefault(set, new TreeMap<>()).tailMap(from).forEach((key, own) -> {
            if (key.startsWith(from)) {
                if (own.values() == null) {
                    rows.remove(key);
                } else {
                    rows.put(key, Row.of(set, own.values().clone()));
                }
            }
        });
        return List.copyOf(rows.values());
    }

    /**
     * Copies of all entities with these values outside the key, in the order of their keys, made one by one. The first
     * question about some properties may read the whole set; later ones are quick.
     */
    public Stream<Row> having(EntitySet set, Map<String, Object> values) {
        var sorted = new TreeMap<>(values);
        var keys = new TreeSet<>(state.lookup(set, List.copyOf(sorted.keySet())).find(List.copyOf(sorted.values())));
        keys.addAll(written.getOrDefault(set, new TreeMap<>()).keySet());
        return keys.stream()
                .map(key -> find(set, key.parts()))
                .flatMap(Optional::stream)
                .filter(row -> sorted.entrySet().stream()
                        .allMatch(wanted -> wanted.getValue().equals(row.value(wanted.getKey()))));
    }

    /** The entity that was created with an external id, if there was one; it may have been deleted since. */
    public Optional<List<String>> createdWith(EntitySet set, UUID externalId) {
        for (var own : written.getOrDefault(set, new TreeMap<>()).values()) {
            if (own.values() != null && externalId.equals(own.values()[set.place(EXTERNAL_ID)])) {
                return Optional.of(own.key().parts());
            }
        }
        return state.createdWith(set, externalId).map(Key::parts);
    }

    /**
     * Inserts or replaces an entity. Its time of change becomes that of this change, and later than before in any case.
     *
     * @return the same row
     */
    public Row put(Row row) {
        var set = row.set();
        var key = new Key(row.key());
        if (set.has(CHANGED_AT)) {
            var before =
                    state.find(set, key).map(old -> old.instant(CHANGED_AT)).orElse(null);
            row.set(CHANGED_AT, before == null || before.isBefore(at) ? at : before.plusMillis(1));
        }
        write(new Written(set, key, row.values().clone()));
        return row;
    }

    public void delete(Row row) {
        write(new Written(row.set(), new Key(row.key()), null));
    }

    private void write(Written change) {
        written.computeIfAbsent(change.set(), set -> new TreeMap<>()).put(change.key(), change);
    }

    /** The next number of a range, with leading zeros. */
    public String next(NumberRange range) {
        return range.digits(numbers.merge(range, state.lastNumber(range) + 1, (own, first) -> own + 1));
    }

    /** Tells the caller something beside the result; it arrives only if the change is kept. */
    public void say(SapMessage message) {
        messages.add(message);
    }

    public List<SapMessage> messages() {
        return List.copyOf(messages);
    }

    /** Keeps the content of a file; the same content is kept once. */
    public String keep(byte[] content) {
        return state.contents().keep(content);
    }

    /** The plant before this change. */
    public PlantData before() {
        return state;
    }

    List<Written> written() {
        return written.values().stream()
                .map(Map::values)
                .flatMap(Collection::stream)
                .toList();
    }

    Map<NumberRange, Long> numbers() {
        return numbers;
    }
}
