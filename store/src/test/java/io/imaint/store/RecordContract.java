package io.imaint.store;

import static io.imaint.store.StoreContract.assertProblem;
import static io.imaint.store.StoreContract.inParallel;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.identifiers.EquipmentNumber;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.Documents.Change;
import io.imaint.store.Documents.Written;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Collections of records on every engine, and changes that read before they write. */
interface RecordContract {
    record Reading(
            String id,
            EquipmentNumber equipment,
            BigDecimal value,
            @Nullable Instant taken,
            List<String> notes) {}

    CollectionType<Reading> READINGS = CollectionType.of("Readings", Reading.class, Reading::id)
            .index("equipment")
            .unscoped("a test");

    /** The same collection for those who know nothing of the record. */
    CollectionType<Document> RAW = CollectionType.ofDocuments("Readings", "id").unscoped("a test");

    record Counter(String id, int n) {}

    CollectionType<Counter> COUNTERS =
            CollectionType.of("Counters", Counter.class, Counter::id).unscoped("a test");

    Reading READING = new Reading(
            "1",
            new EquipmentNumber("17"),
            new BigDecimal("2.50"),
            Instant.parse("2026-03-01T10:00:00Z"),
            List.of("a"));

    Store store();

    @Test
    default void keepsRecordsAsTheyWere() {
        var readings = store().documents(READINGS);
        var without = new Reading("2", new EquipmentNumber("18"), BigDecimal.ONE, null, List.of());
        readings.upsertAll(List.of(READING, without));
        assertThat(readings.find("1")).map(Stored::value).contains(READING);
        assertThat(readings.list(Query.where(Condition.equal("equipment", new EquipmentNumber("18"))))
                        .values())
                .containsExactly(without);
    }

    @Test
    default void keepsStoredFieldsThatTheRecordDoesNotKnow() {
        store().documents(RAW).insert(READINGS.write(READING).put("later", "x"));
        var readings = store().documents(READINGS);
        var heavier = new Reading("1", READING.equipment(), new BigDecimal("3.00"), null, List.of());
        assertThat(readings.replace(heavier, 1)).isInstanceOf(Written.Done.class);
        assertThat(readings.update("1", reading -> Change.of(READING)))
                .map(Stored::value)
                .contains(READING);
        assertThat(store().documents(RAW).find("1"))
                .contains(new Stored<>("1", 3, 0, READINGS.write(READING).put("later", "x")));
    }

    @Test
    default void namesTheFieldOfADocumentThatDoesNotFit() {
        store().documents(RAW).insert(READINGS.write(READING).put("taken", "yesterday"));
        var readings = store().documents(READINGS);
        assertThatThrownBy(() -> readings.find("1")).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.code()).isEqualTo(StoreProblem.STORE_CORRUPT);
            assertThat(failure.detail()).isEqualTo("Readings 1 cannot be read: taken is 'yesterday', not an instant");
        });
        assertProblem(StoreProblem.STORE_CORRUPT, () -> readings.list(Query.where(Condition.ALL)));
    }

    @Test
    default void updatesNothingThatIsNotThereOrShallStay() {
        var counters = store().documents(COUNTERS);
        assertThat(counters.update("1", counter -> Change.of(counter.value()))).isEmpty();
        counters.insert(new Counter("1", 5));
        assertThat(counters.update("1", counter -> null)).contains(new Stored<>("1", 1, 0, new Counter("1", 5)));
    }

    @Test
    default void losesNoUpdateOfManyWriters() throws Exception {
        var counters = store().documents(COUNTERS);
        counters.insert(new Counter("1", 0));
        int threads = 16;
        int rounds = 10;
        inParallel(threads, thread -> {
            for (int i = 0; i < rounds; i++) {
                var after = counters.update(
                        "1",
                        counter -> Change.of(new Counter("1", counter.value().n() + 1)));
                assertThat(after).isPresent();
            }
            return null;
        });
        assertThat(counters.find("1"))
                .contains(new Stored<>("1", threads * rounds + 1, 0, new Counter("1", threads * rounds)));
    }

    @Test
    default void endsAnUpdateThatAlwaysComesLate() {
        var counters = store().documents(COUNTERS);
        counters.insert(new Counter("1", 0));
        var attempts = new AtomicInteger();
        assertProblem(
                StoreProblem.STORE_BUSY,
                () -> counters.update("1", counter -> {
                    counters.replace(new Counter("1", attempts.incrementAndGet()), counter.rev());
                    return Change.of(new Counter("1", -1));
                }));
        assertThat(attempts).hasValue(Documents.UPDATE_ATTEMPTS_MAX);
        assertThat(counters.find("1").map(Stored::value)).isEqualTo(Optional.of(new Counter("1", attempts.get())));
    }
}
