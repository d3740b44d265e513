package io.imaint.store;

import static io.imaint.store.StoreContract.assertProblem;
import static io.imaint.store.StoreContract.inParallel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.store.Documents.Change;
import io.imaint.store.Documents.Upserted;
import io.imaint.store.Documents.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** How long every engine keeps documents: until they expire, or for good. */
interface KeepingContract {
    record Session(
            String id, @Nullable String user, @Nullable Instant expiresAt) {}

    CollectionType<Session> SESSIONS = CollectionType.of("Sessions", Session.class, Session::id)
            .unique("user")
            .expires("expiresAt")
            .inChangeSequence()
            .unscoped("a test");

    CollectionType<Document> LOG =
            CollectionType.ofDocuments("Log", "id").index("day").appendOnly().unscoped("a test");

    Store store();

    Instant now();

    void pass(Duration time);

    private Documents<Session> sessions() {
        return store().documents(SESSIONS);
    }

    private Session session(String id, String user, Duration life) {
        return new Session(id, user, now().plus(life));
    }

    private Sweeper sweeper() {
        return ((StoreView.Engine) store()).sweeper();
    }

    @Test
    default void showsNoExpiredDocument() {
        var sessions = sessions();
        var lasting = new Session("3", "c", null);
        sessions.upsertAll(
                List.of(session("1", "a", Duration.ofMinutes(1)), session("2", "b", Duration.ofMinutes(2)), lasting));
        assertThat(sessions.count(Condition.ALL)).isEqualTo(3);
        pass(Duration.ofMinutes(1));
        assertThat(sessions.find("1")).isEmpty();
        assertThat(sessions.findAll(List.of("1", "2", "3"))).containsOnlyKeys("2", "3");
        assertThat(sessions.list(Query.where(Condition.ALL)).items())
                .extracting(Stored::key)
                .containsExactly("2", "3");
        assertThat(sessions.list(Query.where(Condition.equal("user", "a"))).items())
                .isEmpty();
        assertThat(sessions.count(Condition.ALL)).isEqualTo(2);
        assertThat(sessions.count(Condition.equal("user", "a"))).isZero();
        assertThat(sessions.countBy("user", Condition.ALL)).containsOnlyKeys("b", "c");
        assertThat(sessions.bounds("user", Condition.ALL)).contains(new Documents.Bounds("b", "c"));
        assertThat(sessions.update("1", session -> Change.of(lasting))).isEmpty();
        assertThat(sessions.replace(session("1", "z", Duration.ofDays(1)), 1))
                .isEqualTo(new Written.Lost<>(java.util.Optional.empty()));
        assertThat(sessions.remove("1", 1)).isFalse();
        assertThat(sessions.changesAfter(0, 10))
                .extracting(changed -> changed.stored().isPresent())
                .containsExactly(false, true, true);
        pass(Duration.ofMinutes(1));
        assertThat(sessions.list(Query.where(Condition.ALL)).values()).containsExactly(lasting);
    }

    @Test
    default void pagesOnAfterTimeHasPassed() {
        var sessions = sessions();
        sessions.upsertAll(IntStream.range(0, 6)
                .mapToObj(i -> session("" + i, "u" + i, Duration.ofMinutes(i < 4 ? 1 : 10)))
                .toList());
        var first = sessions.list(Query.where(Condition.ALL).limit(2));
        pass(Duration.ofMinutes(2));
        var second = sessions.list(Query.where(Condition.ALL).limit(2).after(first.next()));
        assertThat(second.items()).extracting(Stored::key).containsExactly("4", "5");
    }

    @Test
    default void letsNewDocumentsTakeThePlaceOfExpiredOnes() {
        var sessions = sessions();
        sessions.insert(session("1", "a", Duration.ofMinutes(1)));
        sessions.insert(session("2", "b", Duration.ofMinutes(1)));
        assertProblem(StoreProblem.DUPLICATE, () -> sessions.insert(session("3", "b", Duration.ofMinutes(1))));
        pass(Duration.ofMinutes(1));
        assertThat(sessions.insert(session("1", "a", Duration.ofMinutes(1))))
                .isInstanceOfSatisfying(
                        Written.Done.class,
                        done -> assertThat(done.stored().rev()).isEqualTo(1));
        assertThat(sessions.insert(session("3", "b", Duration.ofMinutes(1)))).isInstanceOf(Written.Done.class);
        assertThat(sessions.insert(session("1", "x", Duration.ofMinutes(1)))).isInstanceOf(Written.Lost.class);
        assertProblem(StoreProblem.DUPLICATE, () -> sessions.insert(session("4", "b", Duration.ofMinutes(1))));
        assertThat(sessions.count(Condition.ALL)).isEqualTo(2);
    }

    @Test
    default void givesAnExpiredPlaceToOneOfManyRivals() throws Exception {
        var sessions = sessions();
        sessions.insert(session("old", "a", Duration.ofMinutes(1)));
        pass(Duration.ofMinutes(1));
        var wins = new ConcurrentHashMap<Integer, Boolean>();
        inParallel(8, thread -> {
            if (sessions.insert(new Session("old", null, now().plusSeconds(thread + 1))) instanceof Written.Done) {
                wins.put(thread, true);
            }
            return null;
        });
        assertThat(wins).hasSize(1);
    }

    @Test
    default void sweepsWhatHasExpiredAndNothingElse() {
        var sessions = sessions();
        int expired = ExpiringDocuments.SWEPT_MAX + 500;
        sessions.upsertAll(IntStream.range(0, expired)
                .mapToObj(i -> session("x" + i, "u" + i, Duration.ofMillis(i / 100)))
                .toList());
        sessions.insert(session("1", "a", Duration.ofHours(1)));
        sessions.insert(new Session("2", "b", null));
        pass(Duration.ofMinutes(1));
        assertThat(sweeper().sweep()).isEqualTo(expired);
        var position = store().position();
        assertThat(sessions.list(Query.where(Condition.ALL)).items())
                .extracting(Stored::key)
                .containsExactly("1", "2");
        assertThat(sweeper().sweep()).isZero();
        assertThat(store().position()).isEqualTo(position);
    }

    @Test
    default void sweepsInOneProcessAtATime() {
        sessions().insert(session("1", "a", Duration.ofSeconds(1)));
        pass(Duration.ofMinutes(1));
        var other = store().leases()
                .acquire(Sweeper.LEASE, "another process", Duration.ofMinutes(5))
                .orElseThrow();
        assertThat(sweeper().sweep()).isZero();
        store().leases().release(other);
        assertThat(sweeper().sweep()).isEqualTo(1);
        assertThat(store().leases().holder(Sweeper.LEASE)).isEmpty();
    }

    @Test
    default void addsToAnAppendOnlyCollectionAndChangesNothing() {
        var log = store().documents(LOG);
        var first = new Document().put("id", "1").put("day", "2026-03-01");
        var second = new Document().put("id", "2").put("day", "2026-03-02");
        assertThat(log.insert(first)).isInstanceOf(Written.Done.class);
        assertThat(log.upsertAll(List.of(first, second))).isEqualTo(new Upserted(1, 0, 1));
        var other = new Document().put("id", "1").put("day", "2026-03-09");
        for (org.assertj.core.api.ThrowableAssert.ThrowingCallable change :
                List.<org.assertj.core.api.ThrowableAssert.ThrowingCallable>of(
                        () -> log.replace(other, 1),
                        () -> log.remove("1", 1),
                        () -> log.update("1", stored -> Change.of(other)),
                        () -> log.upsertAll(List.of(other)))) {
            assertThatThrownBy(change).isInstanceOf(AssertionError.class).hasMessageContaining("append-only");
        }
        assertThat(log.insert(other)).isInstanceOf(Written.Lost.class);
        assertThat(log.list(Query.where(Condition.ALL)).values()).containsExactly(first, second);
        assertThat(log.removeAll(Condition.equal("day", "2026-03-01"))).isEqualTo(1);
    }
}
