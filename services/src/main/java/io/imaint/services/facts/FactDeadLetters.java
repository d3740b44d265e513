package io.imaint.services.facts;

import io.imaint.kernel.http.Listing;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Change;
import io.imaint.store.FactDeadLetter;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The dead letters of facts, to be looked at and to be replayed by the processes that run their consumers. */
public final class FactDeadLetters {
    /** A sentence or two, not a document: the audit trail keeps the reason of a discard for good. */
    public static final int REASON_MAX = 500;

    private static final int PAGE = 1_000;

    private final Documents<FactDeadLetter> letters;
    private final InstantSource clock;

    /** @param store in the name of who asks */
    public FactDeadLetters(Store store, InstantSource clock) {
        this.letters = store.documents(FactDeadLetter.TYPE);
        this.clock = clock;
    }

    /** The newest first. */
    public Listing<FactFailure> list(int limit, @Nullable String after) {
        var page = letters.list(
                Query.where(Condition.ALL).sorted("at", true).limit(limit).after(after));
        return new Listing<>(page.values().stream().map(FactFailure::of).toList(), page.next(), null);
    }

    /** How many there are. */
    public long count() {
        return letters.count(Condition.ALL);
    }

    /**
     * Asks that a fact is given to its consumer once more. The letter is gone once the consumer has taken it.
     *
     * @throws io.imaint.kernel.problem.Failure fact-dead-letter-not-found
     */
    public FactFailure replay(String id) {
        return letters.update(id, found -> Change.of(found.value().replayed(clock.instant())))
                .map(stored -> FactFailure.of(stored.value()))
                .orElseThrow(() -> FactsProblem.FACT_DEAD_LETTER_NOT_FOUND.because(id));
    }

    /**
     * Removes a letter, whose fact its consumer then never gets. A reason is written into it first: the audit trail shows
     * values that change, and so has it for good.
     *
     * @param reason null when none is given
     * @throws io.imaint.kernel.problem.Failure fact-dead-letter-not-found
     */
    public void discard(String id, @Nullable String reason) {
        var found = marked(id, reason);
        while (found.isPresent() && !letters.remove(id, found.get().rev())) {
            found = marked(id, reason); // It has failed again, or was taken, meanwhile.
        }
        if (found.isEmpty()) {
            throw FactsProblem.FACT_DEAD_LETTER_NOT_FOUND.because(id);
        }
    }

    private Optional<Stored<FactDeadLetter>> marked(String id, @Nullable String reason) {
        return reason == null
                ? letters.find(id)
                : letters.update(id, stored -> Change.of(stored.value().discarded(reason)));
    }

    /** Asks for the replay of all; returns for how many. */
    public long replayAll() {
        long asked = 0;
        String after = null;
        do {
            var page = letters.list(Query.where(Condition.ALL).limit(PAGE).after(after));
            for (var letter : page.items()) {
                boolean there = letters.update(
                                letter.key(), found -> Change.of(found.value().replayed(clock.instant())))
                        .isPresent();
                asked += there ? 1 : 0;
            }
            after = page.next();
        } while (after != null);
        return asked;
    }
}
