package io.imaint.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.ProblemCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What every engine must do, with the store that each test opens; run on each. */
abstract class StoreContract
        implements WritingContract,
                FindingContract,
                ChangeContract,
                LeaseContract,
                FencingContract,
                MigrationContract,
                ScopeContract,
                FactContract,
                FactDeliveryContract,
                RecordContract,
                KeepingContract,
                FiguresContract,
                ContentsContract,
                IdempotencyContract,
                OutboxContract,
                OutboxRecoveryContract {
    static final CollectionType<Document> PARTS = CollectionType.ofDocuments("Parts", "id")
            .index("plant", "status")
            .index("status")
            .index("amount")
            .index("number")
            .index("due")
            .index("flag")
            .plant("plant")
            .searched("text", "tags", "number")
            .inChangeSequence();

    static final CollectionType<Document> USERS = CollectionType.ofDocuments("Users", "id")
            .unique("mail")
            .unique("system", "login")
            .unique("size")
            .unscoped("users work in several plants");

    static final CollectionType<Document> NOTES =
            CollectionType.ofDocuments("Notes", "id").plant("plant");

    final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-01T10:00:00Z"));
    final InstantSource clock = now::get;
    private Store store;
    private Documents<Document> parts;

    /** Opens the store of this test; each call as another process would. */
    abstract Store open(InstantSource clock) throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open(clock);
        parts = store.documents(PARTS);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    @Override
    public Store store() {
        return store;
    }

    @Override
    public Documents<Document> parts() {
        return parts;
    }

    @Override
    public Store reopened() throws Exception {
        return open(clock);
    }

    @Override
    public IdempotencyKeys keys() {
        return new IdempotencyKeys(store, clock);
    }

    @Override
    public void pass(Duration time) {
        now.updateAndGet(instant -> instant.plus(time));
    }

    @Override
    public Instant now() {
        return now.get();
    }

    static Document part(String id) {
        return new Document().put("id", id);
    }

    static List<String> keys(Page<Document> page) {
        return page.items().stream().map(Stored::key).toList();
    }

    static void assertProblem(ProblemCode code, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(code));
    }

    static void inParallel(int threads, ThreadWork work) throws Exception {
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = IntStream.range(0, threads)
                    .mapToObj(thread -> executor.submit(() -> work.run(thread)))
                    .toList();
            for (var future : futures) {
                future.get();
            }
        }
    }

    /** What one of several threads does. */
    interface ThreadWork {
        @Nullable
        Object run(int thread) throws Exception;
    }
}
