package io.imaint.store;

import static io.imaint.store.StoreContract.assertProblem;
import static io.imaint.store.StoreContract.inParallel;
import static io.imaint.store.StoreContract.part;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What becomes of documents that an older version wrote. */
interface MigrationContract {
    CollectionType<Document> OLD = CollectionType.ofDocuments("Pumps", "id")
            .index("maker")
            .plant("plant")
            .inChangeSequence();

    Store store();

    /** The same data as another process sees it, which shares nothing in memory. */
    Store reopened() throws Exception;

    private static Document renamed(Document old) {
        if (!old.has("brand")) {
            return old;
        }
        var made = new Document();
        old.forEach((field, value) -> made.putKept(field.equals("brand") ? "maker" : field, value));
        return made;
    }

    private static Document capitals(Document old) {
        return old.copy().put("maker", old.text("maker").orElse("").toUpperCase(Locale.ROOT));
    }

    @Test
    default void migratesDocumentsOfAnOlderVersionBeforeTheyAreRead() throws Exception {
        store().documents(OLD)
                .upsertAll(List.of(part("1").put("brand", "ksb"), part("2").put("size", 5)));
        long before = store().position();
        try (var other = reopened()) {
            var pumps = other.documents(OLD.migrated(MigrationContract::renamed));
            assertThat(pumps.find("1").orElseThrow().value())
                    .isEqualTo(part("1").put("maker", "ksb"));
            assertThat(pumps.find("2").orElseThrow().rev()).isEqualTo(1);
            assertThat(pumps.list(Query.where(Condition.equal("maker", "ksb"))).items())
                    .hasSize(1);
            assertThat(pumps.changesAfter(before, 10)).hasSize(1);
        }
    }

    @Test
    default void migratesEachDocumentOnceAndThroughAllSteps() throws Exception {
        store().documents(OLD).upsertAll(List.of(part("1").put("brand", "ksb")));
        try (var other = reopened()) {
            other.documents(OLD.migrated(MigrationContract::renamed));
        }
        try (var other = reopened()) {
            var pumps = other.documents(OLD.migrated(old -> {
                        throw new AssertionError("this step was done");
                    })
                    .migrated(MigrationContract::capitals));
            assertThat(pumps.find("1").orElseThrow().value().text("maker")).hasValue("KSB");
        }
    }

    @Test
    default void migratesDocumentsThatNobodyElseMayChange() throws Exception {
        var log = OLD.appendOnly();
        store().documents(log).insert(part("1").put("brand", "ksb"));
        try (var other = reopened()) {
            var pumps = other.documents(log.migrated(MigrationContract::renamed));
            assertThat(pumps.find("1").orElseThrow().value().text("maker")).hasValue("ksb");
        }
    }

    @Test
    default void migratesInOneProcessWhileOthersWait() throws Exception {
        store().documents(OLD)
                .upsertAll(IntStream.range(0, 2_500)
                        .mapToObj(i -> part("p" + i).put("brand", "ksb"))
                        .toList());
        var steps = new AtomicInteger();
        var type = OLD.migrated(old -> {
            steps.incrementAndGet();
            return renamed(old);
        });
        inParallel(3, thread -> {
            try (var other = reopened()) {
                assertThat(other.documents(type).count(Condition.equal("maker", "ksb")))
                        .isEqualTo(2_500);
            }
            return null;
        });
        assertThat(steps).hasValue(2_500);
    }

    @Test
    default void refusesACollectionOfALaterVersion() throws Exception {
        store().documents(OLD.migrated(old -> old).migrated(old -> old));
        try (var other = reopened()) {
            assertProblem(StoreProblem.STORE_NEWER, () -> other.documents(OLD.migrated(MigrationContract::renamed)));
        }
    }
}
