package io.imaint.store;

import static io.imaint.store.StoreContract.NOTES;
import static io.imaint.store.StoreContract.PARTS;
import static io.imaint.store.StoreContract.inParallel;
import static io.imaint.store.StoreContract.part;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.facts.Fact;
import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.store.DocumentWritten.Operation;
import io.imaint.store.Documents.Change;
import io.imaint.store.Documents.Written;
import io.imaint.store.FactWorker.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every engine makes of facts: durable with their write, and in order. */
interface FactContract {
    CollectionType<Document> ACCOUNTS =
            CollectionType.ofDocuments("Accounts", "id").unscoped("a test").masked("pin");

    record PartMoved(String from, String to) implements Fact {}

    record PartScrapped(int pieces) implements Fact {}

    Store store();

    Documents<Document> parts();

    void pass(Duration time);

    /** The time of the store. */
    Instant now();

    /** Moves what is durable into the log, where an engine needs that. */
    static List<StoredFact> logged(Store store) {
        if (store instanceof MongoStore mongo) {
            while (mongo.factRelay().relay() != Outcome.NOTHING_NEW) {
                // The next round.
            }
        }
        return store.facts().after(0, 1_000);
    }

    private List<StoredFact> logged() {
        return logged(store());
    }

    private static Caller caller() {
        return new Caller("user-1", Set.of(), PlantScope.of("1000", "2000")).during("request-7", "10.0.0.9");
    }

    private FactDelivery delivery(String consumer, FactConsumer calls) {
        return new FactDelivery(store(), consumer, calls, this::now);
    }

    @Test
    default void keepsTheFactsOfAWrite() {
        parts().insert(part("1").put("plant", "1000"), new PartMoved("shop", "store"), new PartScrapped(2));
        var facts = logged();
        assertThat(facts).extracting(StoredFact::name).containsExactly("PartMoved", "PartScrapped");
        var first = facts.getFirst();
        assertThat(first.collection()).isEqualTo("Parts");
        assertThat(first.key()).isEqualTo("1");
        assertThat(first.rev()).isEqualTo(1);
        assertThat(first.plant()).isEqualTo(new PlantCode("1000"));
        assertThat(first.by().id()).isEqualTo("system:store");
        assertThat(first.data()).isEqualTo(new Document().put("from", "shop").put("to", "store"));
        assertThat(facts).extracting(StoredFact::position).isSorted().doesNotHaveDuplicates();
        assertThat(facts).extracting(StoredFact::id).doesNotHaveDuplicates();
    }

    @Test
    default void keepsNoFactOfAWriteThatWasLostOrRefused() {
        parts().insert(part("1"));
        assertThat(parts().insert(part("1"), new PartScrapped(1))).isInstanceOf(Written.Lost.class);
        assertThat(parts().replace(part("1").put("status", "REL"), 9, new PartScrapped(1)))
                .isInstanceOf(Written.Lost.class);
        assertThat(parts().remove("1", 9, new PartScrapped(1))).isFalse();
        store().documents(StoreContract.USERS).insert(part("u").put("mail", "x"));
        assertThatThrownBy(() ->
                        store().documents(StoreContract.USERS).insert(part("v").put("mail", "x"), new PartScrapped(1)))
                .hasMessageContaining("DUPLICATE");
        assertThat(logged()).isEmpty();
    }

    @Test
    default void keepsTheFactsOfEachRevisionInOrderAndOfTheRemoval() {
        for (var documents : List.of(parts(), store().documents(NOTES))) {
            documents.insert(part("1"), new PartScrapped(1));
            documents.update("1", found -> Change.of(part("1").put("status", "A"), new PartScrapped(2)));
            documents.update("1", found -> Change.of(part("1").put("status", "B"), new PartScrapped(3)));
            documents.remove("1", 3, new PartScrapped(4));
            documents.insert(part("1"), new PartScrapped(5));
        }
        for (var collection : List.of("Parts", "Notes")) {
            assertThat(logged())
                    .filteredOn(fact -> fact.collection().equals(collection))
                    .extracting(fact -> fact.data().get("pieces"))
                    .containsExactly(1L, 2L, 3L, 4L, 5L);
        }
        assertThat(parts().find("1").orElseThrow().rev()).isEqualTo(1);
        assertThat(store().documents(NOTES).count(Condition.ALL)).isEqualTo(1);
    }

    @Test
    default void keepsTheFactsOfADocumentThatIsRemovedBeforeTheyAreRelayed() {
        var notes = store().documents(NOTES);
        notes.insert(part("1"), new PartScrapped(1));
        notes.insert(part("2"), new PartScrapped(2));
        notes.insert(part("3"));
        notes.remove("1", 1);
        assertThat(notes.removeAll(Condition.ALL)).isEqualTo(2);
        assertThat(notes.count(Condition.ALL)).isZero();
        assertThat(logged()).extracting(StoredFact::key).containsExactlyInAnyOrder("1", "2");
        assertThat(notes.insert(part("1"))).isInstanceOf(Written.Done.class);
    }

    @Test
    default void changesNeitherRevisionNorPositionByRelaying() {
        parts().insert(part("1"), new PartScrapped(1));
        var before = parts().find("1").orElseThrow();
        logged();
        assertThat(parts().find("1")).contains(before);
        assertThat(parts().replace(part("1"), 1)).isInstanceOf(Written.Done.class);
        assertThat(parts().find("1")).contains(before);
    }

    @Test
    default void writesADocumentThatStaysTheSameWhenItsWriteCarriesAFact() {
        parts().insert(part("1"));
        parts().replace(part("1"), 1, new PartScrapped(1));
        assertThat(parts().find("1").orElseThrow().rev()).isEqualTo(2);
        assertThat(logged()).extracting(StoredFact::rev).containsExactly(2L);
    }

    @Test
    default void recordsWhatACallerChanged() {
        var ours = store().as(caller()).documents(PARTS);
        ours.insert(part("1").put("plant", "1000").put("status", "CRTD"));
        ours.replace(part("1").put("plant", "1000").put("status", "REL").put("amount", 2), 1, new PartScrapped(1));
        ours.replace(part("1").put("plant", "1000").put("status", "REL").put("amount", 2), 2);
        ours.remove("1", 2);
        var facts = logged();
        assertThat(facts)
                .extracting(StoredFact::name)
                .containsExactly("DocumentWritten", "DocumentWritten", "PartScrapped", "DocumentWritten");
        assertThat(facts).extracting(fact -> fact.by().id()).containsOnly("user-1");
        assertThat(facts).extracting(fact -> fact.by().requestId()).containsOnly("request-7");
        assertThat(facts).extracting(fact -> fact.by().address()).containsOnly("10.0.0.9");
        var changed = RecordCodec.of(DocumentWritten.class).read(facts.get(1).data());
        assertThat(changed.operation()).isEqualTo(Operation.CHANGED);
        assertThat(changed.changes())
                .containsExactly(
                        new DocumentWritten.FieldChange("status", "CRTD", "REL"),
                        new DocumentWritten.FieldChange("amount", null, 2L));
        assertThat(RecordCodec.of(DocumentWritten.class)
                        .read(facts.getLast().data())
                        .operation())
                .isEqualTo(Operation.REMOVED);
    }

    @Test
    default void keepsTheOldValuesOfAMovedDocumentFromThePeopleOfItsNewPlant() {
        var ours = store().as(caller()).documents(PARTS);
        ours.insert(part("1").put("plant", "1000").put("status", "CRTD"));
        ours.replace(part("1").put("plant", "2000").put("status", "REL"), 1, new PartScrapped(1));
        ours.remove("1", 2);
        assertThat(logged())
                .extracting(StoredFact::plant)
                .containsExactly(new PlantCode("1000"), null, new PlantCode("2000"), new PlantCode("2000"));
    }

    @Test
    default void recordsEachDocumentOfABulkWriteOfACaller() {
        var ours = store().as(caller()).documents(PARTS);
        var first = part("1").put("plant", "1000");
        assertThat(ours.upsertAll(List.of(first, part("2").put("plant", "1000"))))
                .isEqualTo(new Documents.Upserted(2, 0, 0));
        assertThat(ours.upsertAll(List.of(first, part("2").put("plant", "2000"))))
                .isEqualTo(new Documents.Upserted(0, 1, 1));
        assertThat(ours.removeAll(Condition.ALL)).isEqualTo(2);
        assertThat(logged()).extracting(StoredFact::key).containsExactlyInAnyOrder("1", "2", "2", "1", "2");
    }

    @Test
    default void showsNoSecretInAFact() {
        var accounts = store().as(Caller.system("test")).documents(ACCOUNTS);
        accounts.insert(part("1")
                .put("pin", "4711")
                .put("passwordHash", "argon-4711")
                .put("nested", new Document().put("apiKey", "4711").put("plain", 1)));
        accounts.update("1", found -> Change.of(part("1").put("pin", "4712")));
        assertThat(logged())
                .hasSize(2)
                .allSatisfy(fact ->
                        assertThat(fact.data().toString()).doesNotContain("471").contains("***"));
    }

    @Test
    default void removesOldFactsOnceAllConsumersHaveTakenThem() {
        parts().insert(part("1"), new PartScrapped(1));
        logged();
        var slow = delivery("slow", facts -> {});
        slow.deliver();
        parts().insert(part("2"), new PartScrapped(2));
        logged();
        pass(FactLog.KEPT_MIN.plusDays(1));
        store().facts().purge(now());
        assertThat(logged()).extracting(StoredFact::key).containsExactly("1", "2");

        slow.deliver();
        store().facts().purge(now());
        assertThat(logged()).isEmpty();
        assertThat(store().documents(FactEntry.TYPE).changesAfter(0, 10)).isEmpty();
    }

    @Test
    default void keepsFactsForAConsumerThatHasTakenNoneYet() {
        parts().insert(part("1"), new PartScrapped(1));
        logged();
        var stuck = delivery("stuck", facts -> {
            throw StoreProblem.STORE_UNREACHABLE.because("for a while");
        });
        assertThatThrownBy(stuck::deliver).hasMessageContaining("for a while");
        pass(FactLog.KEPT_MIN.plusDays(1));
        store().facts().purge(now());
        assertThat(logged()).extracting(StoredFact::key).containsExactly("1");
    }

    @Test
    default void keepsOrderPerDocumentWhileManyWriteAndRelay() throws Exception {
        inParallel(4, thread -> {
            for (int i = 0; i < 25; i++) {
                int number = i;
                var key = "p" + i % 3;
                if (parts().update(
                                key, found -> Change.of(part(key).put("n", thread + "/" + number), new PartScrapped(1)))
                        .isEmpty()) {
                    parts().insert(part(key), new PartScrapped(1));
                }
            }
            return null;
        });
        var facts = logged();
        for (var key : List.of("p0", "p1", "p2")) {
            long rev = parts().find(key).orElseThrow().rev();
            assertThat(facts)
                    .filteredOn(fact -> fact.key().equals(key))
                    .extracting(StoredFact::rev)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, rev).boxed().toList());
        }
    }
}
