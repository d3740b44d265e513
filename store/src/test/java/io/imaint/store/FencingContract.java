package io.imaint.store;

import static io.imaint.store.StoreContract.NOTES;
import static io.imaint.store.StoreContract.assertProblem;
import static io.imaint.store.StoreContract.part;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.store.Leases.Lease;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Writes under leases on every engine: they happen while the leases are held, and else change nothing. */
interface FencingContract {
    Duration LIFE = Duration.ofSeconds(30);

    Store store();

    Documents<Document> parts();

    void pass(Duration time);

    @Test
    default void writesWhileTheLeaseIsHeld() {
        var lease = lease("A");
        var under = store().under(List.of(lease)).documents(StoreContract.PARTS);
        assertThat(under.upsertAll(List.of(part("1"), part("2"))).inserted()).isEqualTo(2);
        assertThat(under.insert(part("3"))).isInstanceOf(Documents.Written.Done.class);
        assertThat(under.replace(part("1").put("n", 1), 1)).isInstanceOf(Documents.Written.Done.class);
        assertThat(under.remove("2", 1)).isTrue();
        pass(LIFE.minusSeconds(5));
        assertThat(store().leases().renew(lease, LIFE)).isTrue();
        pass(LIFE.minusSeconds(5));
        assertThat(under.upsertAll(List.of(part("1"), part("4")))).isEqualTo(new Documents.Upserted(1, 1, 0));
        assertThat(under.find("4")).isEqualTo(parts().find("4"));
        assertThat(under.removeAll(Condition.ALL)).isEqualTo(3);
        assertThat(parts().count(Condition.ALL)).isZero();
    }

    @Test
    default void writesNothingOnceTheLeaseWasTakenOver() {
        var first = lease("A");
        pass(LIFE);
        var second = lease("B");
        assertThat(second.fence()).isGreaterThan(first.fence());
        assertWritesNothing(first);
        var seen = store().position();
        store().under(List.of(second)).documents(StoreContract.PARTS).insert(part("new"));
        assertThat(parts().changesAfter(seen, 10))
                .as("what was refused keeps no follower waiting")
                .extracting(Documents.Changed::key)
                .containsExactly("new");
    }

    @Test
    default void writesNothingOnceTheHolderTookTheLeaseAgain() {
        var first = lease("A");
        lease("A");
        assertWritesNothing(first);
    }

    @Test
    default void writesNothingOnceTheLeaseWasGivenBack() {
        var lease = lease("A");
        store().leases().release(lease);
        assertWritesNothing(lease);
    }

    @Test
    default void writesNothingOnceTheLeaseRanOutThoughNobodyTookIt() {
        var lease = lease("A");
        pass(LIFE);
        assertWritesNothing(lease);
    }

    @Test
    default void writesNothingUnderALeaseThatNeverWas() {
        assertWritesNothing(new Lease("work", "A", 1));
    }

    @Test
    default void writesOnlyWhileAllOfSeveralLeasesAreHeld() {
        var work = lease("A");
        var other = store().leases().acquire("other", "A", LIFE).orElseThrow();
        var both = store().under(List.of(work)).under(List.of(other)).documents(NOTES);
        both.insert(part("1"));
        store().leases().release(other);
        assertProblem(StoreProblem.LEASE_LOST, () -> both.insert(part("2")));
        other = store().leases().acquire("other", "B", LIFE).orElseThrow();
        store().leases().release(work);
        var again = store().under(List.of(work, other)).documents(NOTES);
        assertProblem(StoreProblem.LEASE_LOST, () -> again.insert(part("2")));
        assertThat(store().documents(NOTES).count(Condition.ALL)).isEqualTo(1);
    }

    private Lease lease(String holder) {
        return store().leases().acquire("work", holder, LIFE).orElseThrow();
    }

    private void assertWritesNothing(Lease lease) {
        parts().upsertAll(List.of(part("1"), part("2")));
        var notes = store().documents(NOTES);
        notes.upsertAll(List.of(part("1")));
        var before = parts().changesAfter(0, 10);
        var late = store().under(List.of(lease));
        var lateParts = late.documents(StoreContract.PARTS);
        var lateNotes = late.documents(NOTES);
        var writes = List.<ThrowingCallable>of(
                () -> lateParts.upsertAll(List.of(part("1").put("n", 1), part("3"))),
                () -> lateParts.insert(part("3")),
                () -> lateParts.replace(part("1").put("n", 1), 1),
                () -> lateParts.remove("1", 1),
                () -> lateParts.removeAll(Condition.ALL),
                () -> lateNotes.upsertAll(List.of(part("1").put("n", 1), part("3"))),
                () -> lateNotes.insert(part("3")),
                () -> lateNotes.replace(part("1").put("n", 1), 1),
                () -> lateNotes.remove("1", 1),
                () -> lateNotes.removeAll(Condition.ALL));
        writes.forEach(write -> assertProblem(StoreProblem.LEASE_LOST, write));
        assertThat(parts().changesAfter(0, 10)).isEqualTo(before);
        assertThat(lateParts.find("1")).isEqualTo(parts().find("1"));
        assertThat(notes.find("1").orElseThrow().value()).isEqualTo(part("1"));
        assertThat(notes.count(Condition.ALL)).isEqualTo(1);
    }
}
