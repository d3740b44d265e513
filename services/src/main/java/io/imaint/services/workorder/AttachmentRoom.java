package io.imaint.services.workorder;

import io.imaint.store.CollectionType;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Change;
import io.imaint.store.Store;
import io.imaint.store.StoreProblem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The room for files at objects. Uploads that arrive at the same time, in whichever processes, each reserve their place by
 * a conditional write of one document of their object before they count, so that no two take the last one. A reservation
 * ends when its command is accepted, and is counted as that from then on.
 */
final class AttachmentRoom {
    /** Far longer than it takes from the reservation to the acceptance; what a process leaves that died ends so. */
    private static final Duration RESERVED = Duration.ofMinutes(2);

    /** Uploads to the object find the document for so long after the last one. */
    private static final Duration KEPT = Duration.ofHours(1);

    /** The first turn makes the document where there is none. */
    private static final int ATTEMPTS_MAX = 3;

    /** A place that an upload has taken. */
    record Place(String content, Instant until) {}

    /**
     * The places of an object that uploads have taken and that no command stands for yet.
     *
     * @param id of the object
     */
    record Reserved(String id, List<Place> places, Instant expiresAt) {
        static final CollectionType<Reserved> TYPE = CollectionType.of("AttachmentRooms", Reserved.class, Reserved::id)
                .unscoped("it only counts; whoever attaches a file has been shown the object")
                .expires("expiresAt");

        Reserved {
            places = List.copyOf(places);
        }

        private Reserved with(List<Place> others, Instant now) {
            return new Reserved(id, others, now.plus(KEPT));
        }
    }

    /**
     * The files that an object has.
     *
     * @param inSap those that SAP has
     * @param underWay the contents of those that are on their way
     */
    record Files(long inSap, Set<String> underWay) {
        private long with(List<Place> places) {
            return inSap
                    + underWay.size()
                    + places.stream()
                            .filter(place -> !underWay.contains(place.content()))
                            .count();
        }
    }

    private final Documents<Reserved> rooms;
    private final InstantSource clock;

    AttachmentRoom(Store store, InstantSource clock) {
        this.rooms = store.documents(Reserved.TYPE);
        this.clock = clock;
    }

    /**
     * Reserves a place for a content.
     *
     * @param files counted after the places were read, and anew where another upload was faster
     * @return how many files there are; the place is taken where that is less than {@code countMax}
     */
    long reserve(String object, String content, long countMax, Supplier<Files> files) {
        var count = new long[1];
        change(object, reserved -> {
            var now = clock.instant();
            var places = new ArrayList<>(reserved.places().stream()
                    .filter(place -> place.until().isAfter(now))
                    .toList());
            count[0] = files.get().with(places);
            if (count[0] >= countMax) {
                return null;
            }
            places.add(new Place(content, now.plus(RESERVED)));
            return reserved.with(places, now);
        });
        return count[0];
    }

    /** Ends the reservation for a content. */
    void release(String object, String content) {
        Predicate<Place> others = place -> !place.content().equals(content);
        change(
                object,
                reserved -> reserved.places().stream().allMatch(others)
                        ? null
                        : reserved.with(
                                reserved.places().stream().filter(others).toList(), clock.instant()));
    }

    /** A change of what is reserved; null for none. */
    private interface Step {
        @Nullable
        Reserved of(Reserved reserved);
    }

    private void change(String object, Step step) {
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            var found = rooms.update(object, stored -> {
                var next = step.of(stored.value());
                return next == null ? null : Change.of(next);
            });
            if (found.isPresent()) {
                return;
            }
            // Whoever inserts it, the next turn finds it.
            var unused =
                    rooms.insert(new Reserved(object, List.of(), clock.instant().plus(KEPT)));
        }
        throw StoreProblem.STORE_BUSY.because("the room for files at " + object + " is made and expires all the time");
    }
}
