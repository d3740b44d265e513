package io.imaint.services.seed;

import io.imaint.services.seed.SeedPlan.Step;
import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Written;
import io.imaint.store.Leases.Lease;
import io.imaint.store.Store;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Takes the steps of a plan. Each is one write by the revision that was planned with; a conflict is written before the
 * document that forgets it. What was delivered stands in each document, so whoever is interrupted plans anew and finds
 * only what is left; the note that the release is in comes last.
 */
final class SeedWriter {
    static final Duration LEASE_LIFE = Duration.ofMinutes(1);

    /** Writers that are at work at once share the store's commits. */
    private static final int AT_ONCE = 64;

    private final Store store;
    private final Lease lease;
    private final Map<String, Documents<Document>> written = new HashMap<>();

    /** @param types of all documents that a plan may change */
    SeedWriter(Store store, Lease lease, List<CollectionType<?>> types) {
        this.store = store.under(List.of(lease));
        this.lease = lease;
        types.forEach(type -> written.put(type.name(), this.store.documents(type.whole())));
    }

    /** False when a document was changed since the plan was made; then it has to be planned again. */
    boolean write(SeedPlan plan) {
        var steps = plan.steps();
        try (var writers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int from = 0; from < steps.size(); from += AT_ONCE) {
                if (!store.leases().renew(lease, LEASE_LIFE)) {
                    throw SeedProblem.SEED_BUSY.because("the lease was lost");
                }
                var chunk = new ArrayList<Future<Boolean>>();
                for (var step : steps.subList(from, Math.min(from + AT_ONCE, steps.size()))) {
                    chunk.add(writers.submit(() -> write(step)));
                }
                if (!all(chunk)) {
                    return false;
                }
            }
        }
        var states = store.documents(SeedState.TYPE);
        if (!noted(plan)) {
            states.upsertAll(plan.states());
        }
        return true;
    }

    /** Whether this release was noted before; running again changes nothing at all. */
    private boolean noted(SeedPlan plan) {
        if (!plan.steps().isEmpty()) {
            return false;
        }
        var states = store.documents(SeedState.TYPE);
        return plan.states().stream()
                .allMatch(state -> states.find(state.id())
                        .map(found -> found.value().hash().equals(state.hash())
                                && found.value().delivered().equals(state.delivered()))
                        .orElse(false));
    }

    private static boolean all(List<Future<Boolean>> writes) {
        boolean all = true;
        try {
            for (var one : writes) {
                all &= one.get();
            }
            return all;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException("seeding was interrupted");
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case null -> throw new AssertionError(failed);
                case RuntimeException failure -> throw failure;
                case Error defect -> throw defect;
                default -> throw new AssertionError(failed.getCause());
            }
        }
    }

    private boolean write(Step step) {
        if (!step.conflicts().isEmpty()) {
            store.documents(SeedConflict.TYPE).upsertAll(step.conflicts());
        }
        var documents = Objects.requireNonNull(written.get(step.collection()));
        return switch (step.action()) {
            case INSERT -> done(documents.insert(Objects.requireNonNull(step.result())));
            case UPDATE, NOTE -> done(documents.replace(Objects.requireNonNull(step.result()), step.rev()));
            case RENAME -> rename(step, documents);
            case DELETE -> documents.remove(step.key(), step.rev());
        };
    }

    /** Both keys are there after a crash in between; the next plan removes the old one. */
    private boolean rename(Step step, Documents<Document> documents) {
        var conflicts = store.documents(SeedConflict.TYPE);
        for (var conflict : SeedConflict.open(store)) {
            if (conflict.collection().equals(step.collection())
                    && conflict.document().equals(step.from())) {
                conflicts.upsertAll(List.of(conflict.of(step.key())));
                conflicts.find(conflict.id()).ifPresent(stored -> conflicts.remove(stored.key(), stored.rev()));
            }
        }
        return done(documents.insert(Objects.requireNonNull(step.result())))
                && documents.remove(step.from(), step.rev());
    }

    private static boolean done(Written<Document> outcome) {
        return switch (outcome) {
            case Written.Done<Document> ignored -> true;
            case Written.Lost<Document> ignored -> false;
        };
    }
}
