package io.imaint.services.events;

import io.imaint.kernel.http.EventSink;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.services.events.LiveEvent.Kind;
import io.imaint.store.CollectionType;
import io.imaint.store.Documents.Changed;
import io.imaint.store.LiveCollection;
import io.imaint.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stream of changes of each caller.
 *
 * <p>It reads the change sequence through the store in the caller's name, so it shows what the caller could read and
 * nothing else: what leaves their plants is removed for them, what enters is written. The id of each event is its
 * position, and a client that comes back with the last one misses nothing.
 */
public final class Events implements Routed {
    private static final Permission FOLLOW = new Permission("events.read");

    /** How old a change may be before it is sent. A look that finds nothing reads one number. */
    private static final Duration PAUSE = Duration.ofMillis(250);

    /** Changes of one collection between two looks that are sent one by one; more come from a load, not from people. */
    static final int CHANGES_MAX = 500;

    private final Store store;
    private final List<LiveCollection> live;

    Events(Store store, List<LiveCollection> live) {
        this.store = store;
        this.live = List.copyOf(live);
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/api/events", "Streams the changes of the documents that the caller may read")
                .permits(FOLLOW)
                .sends(LiveEvent.class)
                .handles(this::follow));
    }

    private void follow(EventSink<LiveEvent> sink) {
        var caller = Caller.current();
        var seen = live.stream().filter(one -> caller.may(one.read())).toList();
        var mine = store.as(caller);
        long now = store.position();
        long position = resumed(sink.lastEventId(), now);
        if (position < 0) {
            position = now;
            if (!sink.lastEventId().isEmpty()) { // An id of another store, or none of ours.
                send(sink, LiveEvent.reset("", now));
            }
        }
        send(sink, LiveEvent.ready(position));
        while (!sink.awaitEnd(position < now ? Duration.ZERO : PAUSE)) {
            now = store.position();
            if (now > position) {
                for (var event : between(mine, seen, position, now, caller.id())) {
                    send(sink, event);
                }
                position = now;
            }
        }
    }

    /** The position that a client saw last; negative where it names none that this store has reached. */
    private static long resumed(String lastEventId, long now) {
        try {
            long position = Long.parseLong(lastEventId);
            return position > now ? -1 : position;
        } catch (NumberFormatException none) {
            return -1;
        }
    }

    private static void send(EventSink<LiveEvent> sink, LiveEvent event) {
        // A stream that has ended says so at the next look.
        sink.send(Long.toString(event.position()), event.kind().toString(), event);
    }

    private static List<LiveEvent> between(Store mine, List<LiveCollection> seen, long from, long to, String user) {
        var events = new ArrayList<LiveEvent>();
        for (var one : seen) {
            var changes = changes(mine, one.type(), one.owner(), from, to, user);
            if (changes == null) {
                events.add(LiveEvent.reset(one.type().name(), to));
            } else {
                events.addAll(changes);
            }
        }
        return events.stream()
                .distinct() // A document that is the caller's in two ways.
                .sorted(Comparator.comparingLong(LiveEvent::position)) // So that an id vouches for all before it.
                .toList();
    }

    /** The changes of one collection, null where they are too many. */
    private static <T> @Nullable List<LiveEvent> changes(
            Store mine, CollectionType<T> type, @Nullable String owner, long from, long to, String user) {
        var found = mine.documents(type).changesAfter(from, CHANGES_MAX + 1).stream()
                .filter(changed -> changed.position() <= to)
                .toList();
        return found.size() > CHANGES_MAX
                ? null
                : found.stream()
                        .filter(changed -> belongs(changed, type, owner, user))
                        .map(changed -> new LiveEvent(
                                changed.stored().isPresent() ? Kind.WRITTEN : Kind.REMOVED,
                                type.name(),
                                changed.key(),
                                changed.stored().map(stored -> stored.rev()).orElse(null),
                                changed.position()))
                        .toList();
    }

    /** The owner of a removed document is no longer known, so nobody is informed; such documents only expire. */
    private static <T> boolean belongs(
            Changed<T> changed, CollectionType<T> type, @Nullable String owner, String user) {
        return owner == null
                || changed.stored()
                        .map(stored -> user.equals(type.write(stored.value()).get(owner)))
                        .orElse(false);
    }
}
