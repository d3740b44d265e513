package io.imaint.store;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoException;
import com.mongodb.MongoWriteException;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.FindOneAndUpdateOptions;
import com.mongodb.client.model.ReturnDocument;
import com.mongodb.client.model.UpdateOptions;
import com.mongodb.client.model.Updates;
import io.imaint.kernel.problem.Failure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongFunction;
import org.bson.Document;
import org.bson.conversions.Bson;

/**
 * The change sequence over all processes that write to one MongoDB.
 *
 * <p>A follower reads the changes after the last position it saw. If positions were only counted up, a slow writer with
 * position 7 could finish after a fast one with 8; the follower has gone on from 8 by then and never sees 7. Neither
 * transactions nor change streams are used against this, since not every server has them. Instead one document holds
 * the counter and, beside it, the ranges that were given out and are not finished:
 *
 * <pre>{ _id: "changes", last: 120, open: [ { id: "…", from: 101, until: … }, { id: "…", from: 111, until: … } ] }</pre>
 *
 * Taking a range moves the counter and registers the range in one atomic update. Followers see only what lies before the
 * first open range, here up to 100, and so wait for the slower writer instead of passing it. A writer closes its range
 * when its documents are durable.
 *
 * <p>A writer that dies leaves its range open, and nobody would see anything again; so a range has an end of life, after
 * which a follower strikes it out. What the dead one wrote stands at its positions and is seen now. But the writer may
 * only have been slow: then it finds at closing that its range was struck out, so that followers may have passed it,
 * and must give its documents positions from a new range. That is why a follower strikes ranges out, atomically, and
 * does not just ignore them.
 */
final class MongoSequence {
    /** Much longer than a batch takes; how long followers stand still after a writer died. */
    static final Duration LIFE = Duration.ofSeconds(60);

    /** Other processes may take a range between our look and our update, so it is tried again; contention is rare. */
    private static final int ATTEMPTS_MAX = 1_000;

    private static final String ID = "changes";
    private static final String LAST = "last";
    private static final String OPEN = "open";

    private final MongoCollection<Document> sequences;
    private final InstantSource clock;
    private boolean created;

    /** Spares the threads of this process the race among themselves. */
    private final ReentrantLock ours = new ReentrantLock();

    private record Range(String id, long from) {}

    MongoSequence(MongoCollection<Document> sequences, InstantSource clock) {
        this.sequences = sequences;
        this.clock = clock;
    }

    /** Makes the sequence where there is none; without this it is only read. */
    MongoSequence created() {
        created = true;
        createOnce(
                sequences,
                Filters.eq("_id", ID),
                Updates.combine(Updates.setOnInsert(LAST, 0L), Updates.setOnInsert(OPEN, List.of())));
        return this;
    }

    /** Creates a document of ours unless it is there; two processes may try at the same moment. */
    static void createOnce(MongoCollection<Document> collection, Bson which, Bson content) {
        try {
            collection.updateOne(which, content, new UpdateOptions().upsert(true));
        } catch (MongoWriteException raced) {
            if (raced.getError().getCategory() != ErrorCategory.DUPLICATE_KEY) {
                throw raced;
            }
        }
    }

    /** Gives documents their new positions when they were written into a range that was struck out. */
    interface Mover {
        void move(long from, long to);
    }

    /**
     * Runs a write with a range of positions, given its first, and closes the range.
     *
     * @param move called when followers may have passed the range meanwhile
     */
    <R> R within(int positions, LongFunction<R> write, Mover move) {
        var range = open(positions);
        R result;
        try {
            result = write.apply(range.from());
        } catch (MongoException failed) {
            if (MongoFailures.isDuplicate(failed)) {
                close(range); // The server refused it, so nothing of it comes later.
            }
            throw failed;
        } catch (Failure refused) { // By us, before anything was sent.
            close(range);
            throw refused;
        }
        for (int attempt = 0; !close(range); attempt++) {
            if (attempt == ATTEMPTS_MAX) {
                throw StoreProblem.STORE_BUSY.because("writes take longer than " + LIFE);
            }
            var next = open(positions);
            move.move(range.from(), next.from());
            range = next;
        }
        return result;
    }

    private Range open(int positions) {
        if (!created) {
            throw new AssertionError("the store was opened to be read");
        }
        var id = UUID.randomUUID().toString();
        ours.lock();
        try {
            for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
                long last = MongoFormat.number(read(), LAST);
                var range = new Document("id", id)
                        .append("from", last + 1)
                        .append("until", clock.millis() + LIFE.toMillis());
                var taken = sequences.findOneAndUpdate(
                        Filters.and(Filters.eq("_id", ID), Filters.eq(LAST, last)),
                        Updates.combine(Updates.set(LAST, last + positions), Updates.push(OPEN, range)));
                if (taken != null) {
                    return new Range(id, last + 1);
                }
            }
        } finally {
            ours.unlock();
        }
        throw StoreProblem.STORE_BUSY.because("the change sequence is contended");
    }

    /** False when the range was struck out before. */
    private boolean close(Range range) {
        return sequences.findOneAndUpdate(
                        Filters.and(Filters.eq("_id", ID), Filters.eq(OPEN + ".id", range.id())),
                        Updates.pull(OPEN, new Document("id", range.id())),
                        new FindOneAndUpdateOptions().returnDocument(ReturnDocument.BEFORE))
                != null;
    }

    /** The last position that followers may see; 0 where nobody has made the sequence. */
    long settled() {
        var now = clock.millis();
        if (!created) {
            var standing = sequences.find(Filters.eq("_id", ID)).first();
            return standing == null ? 0 : settled(standing);
        }
        var sequence = read();
        if (ranges(sequence).stream().anyMatch(range -> MongoFormat.number(range, "until") < now)) {
            sequences.updateOne(
                    Filters.eq("_id", ID), Updates.pull(OPEN, new Document("until", new Document("$lt", now))));
            sequence = read();
        }
        return settled(sequence);
    }

    private static long settled(Document sequence) {
        long last = MongoFormat.number(sequence, LAST);
        return ranges(sequence).stream()
                .mapToLong(range -> MongoFormat.number(range, "from") - 1)
                .min()
                .orElse(last);
    }

    private Document read() {
        var sequence = sequences.find(Filters.eq("_id", ID)).first();
        if (sequence == null) {
            throw StoreProblem.STORE_CORRUPT.because("the change sequence is gone from " + sequences.getNamespace());
        }
        return sequence;
    }

    private static List<Document> ranges(Document sequence) {
        return sequence.getList(OPEN, Document.class, List.of());
    }
}
