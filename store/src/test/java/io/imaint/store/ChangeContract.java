package io.imaint.store;

import static io.imaint.store.StoreContract.NOTES;
import static io.imaint.store.StoreContract.inParallel;
import static io.imaint.store.StoreContract.keys;
import static io.imaint.store.StoreContract.part;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** The change sequence of every engine: each document once, in order, and none missed. */
interface ChangeContract {
    Store store();

    Documents<Document> parts();

    @Test
    default void tellsChangesInOrderEachDocumentOnce() {
        parts().upsertAll(List.of(part("1"), part("2"), part("3")));
        parts().replace(part("1").put("n", 1), 1);
        parts().remove("2", 1);
        var all = parts().changesAfter(0, 100);
        assertThat(all).extracting(Documents.Changed::key).containsExactly("3", "1", "2");
        assertThat(all).extracting(Documents.Changed::position).isSorted().doesNotHaveDuplicates();
        assertThat(all.get(1).stored()).map(Stored::value).contains(part("1").put("n", 1));
        assertThat(all.get(1).stored())
                .map(Stored::position)
                .contains(all.get(1).position());
        assertThat(all.get(2).stored()).isEmpty();
        assertThat(store().position()).isEqualTo(all.getLast().position());
        assertThat(parts().changesAfter(0, 1)).isEqualTo(all.subList(0, 1));
        assertThat(parts().changesAfter(all.get(0).position(), 100)).isEqualTo(all.subList(1, 3));
        assertThat(parts().changesAfter(store().position(), 100)).isEmpty();
        parts().insert(part("2").put("n", 2));
        assertThat(parts().changesAfter(0, 100))
                .extracting(Documents.Changed::key)
                .containsExactly("3", "1", "2");
        assertThat(parts().changesAfter(0, 100).get(2).stored()).isPresent();
    }

    @Test
    default void knowsTheNewestChangeOfACollection() {
        var others = store().documents(CollectionType.ofDocuments("Others", "id")
                .inChangeSequence()
                .unscoped("a test's"));
        assertThat(parts().position()).isZero();
        parts().upsertAll(List.of(part("1"), part("2")));
        long written = parts().position();
        assertThat(written).isEqualTo(store().position()).isPositive();
        others.insert(part("1"));
        assertThat(parts().position()).isEqualTo(written);
        assertThat(others.position()).isEqualTo(store().position()).isGreaterThan(written);
        parts().upsertAll(List.of(part("1"), part("2")));
        assertThat(parts().position()).as("nothing has changed").isEqualTo(written);
        parts().remove("2", 1);
        assertThat(parts().position()).isEqualTo(store().position()).isGreaterThan(written);
    }

    @Test
    default void givesNoPositionsInOtherCollections() {
        var notes = store().documents(NOTES);
        notes.upsertAll(List.of(part("1")));
        assertThat(notes.find("1").orElseThrow().position()).isZero();
        assertThat(store().position()).isZero();
        assertThat(keys(notes.list(Query.where(Condition.ALL)))).containsExactly("1");
    }

    /** A follower that starts with the writers and remembers the last state of each key must end with all of it. */
    @Test
    default void skipsNoChangeWhileManyWrite() throws Exception {
        int writers = 6;
        int rounds = 30;
        var followed = new HashMap<String, Optional<Document>>();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var following = executor.submit(() -> follow(followed, writers));
            inParallel(writers, writer -> {
                write(writer, rounds);
                return null;
            });
            following.get();
        }
        var standing = new HashMap<String, Document>();
        parts().list(Query.where(Condition.ALL).limit(10_000)).items().forEach(s -> standing.put(s.key(), s.value()));
        var present = new HashMap<String, Document>();
        followed.forEach((key, value) -> value.ifPresent(document -> present.put(key, document)));
        assertThat(present).isEqualTo(standing);
        assertThat(followed).containsEntry("removed0", Optional.empty());
    }

    private void write(int writer, int rounds) {
        for (int round = 0; round < rounds; round++) {
            var some = new ArrayList<Document>();
            for (int i = 0; i < 5; i++) {
                some.add(part("shared" + (round + i) % 10).put("by", writer).put("round", round));
            }
            some.add(part("own%d-%d".formatted(writer, round)));
            parts().upsertAll(some);
            parts().upsertAll(List.of(part("removed" + writer).put("n", round)));
            parts().find("removed" + writer).ifPresent(s -> parts().remove(s.key(), s.rev()));
        }
        parts().insert(part("end" + writer));
    }

    private Void follow(Map<String, Optional<Document>> followed, int writers) {
        long position = 0;
        long ended = 0;
        while (ended < writers) {
            var changes = parts().changesAfter(position, 17);
            for (var change : changes) {
                assertThat(change.position()).isGreaterThan(position);
                position = change.position();
                followed.put(change.key(), change.stored().map(Stored::value));
            }
            ended = changes.isEmpty()
                    ? followed.keySet().stream()
                            .filter(key -> key.startsWith("end"))
                            .count()
                    : ended;
            Thread.onSpinWait();
        }
        return null;
    }
}
