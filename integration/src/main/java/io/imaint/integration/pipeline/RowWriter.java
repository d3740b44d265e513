package io.imaint.integration.pipeline;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.state.Cancellation;
import io.imaint.integration.state.Counters;
import io.imaint.integration.state.DeadLetters;
import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.Documents.Upserted;
import io.imaint.store.StoreProblem;
import io.imaint.store.Stored;
import io.imaint.store.replica.Replicas;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes the rows of one integration to its collection, in chunks and in the order in which they come, on a thread of its
 * own, so that reading and writing overlap. Belongs to the thread that reads.
 *
 * <p>Of several changes of one document in a chunk the last counts. A row with an older change stamp than the document that
 * stands there is late, as in a page that was served twice, and is left alone.
 */
public final class RowWriter implements AutoCloseable {
    /** Large enough that a commit's cost is spread, small enough that little is read again after a crash. */
    static final int CHUNK_ROWS = 1000;

    /** One being written and one ready; more would only take memory. */
    private static final int CHUNKS_WAITING_MAX = 2;

    /** Only the update of references writes between the look and the removal, and not as often as this. */
    private static final int REMOVAL_ATTEMPTS_MAX = 10;

    /** The length of a stamp without a time of day, of which no lag can be computed. */
    private static final int DAY_LENGTH = "2026-01-05".length();

    /** Who has rows written. Called on the writer's thread. */
    public interface Run {
        /** Called before each chunk; what it throws ends the page. */
        void beforeChunk();

        /** More rows of the page are durable. */
        default void written(int rows) {}
    }

    private final InboundContext context;
    private final Integration integration;
    private final Counters.Running counts;
    private final Run run;
    private final CollectionType<Document> type;
    private final Documents<Document> documents;
    private final DeadLetters letters;
    private final @Nullable String stampField;
    private final List<String> fields;
    private final ArrayDeque<Future<?>> writing = new ArrayDeque<>();
    private @Nullable ExecutorService thread;
    private LinkedHashMap<String, Optional<Document>> chunk = new LinkedHashMap<>();
    private boolean compares = true;
    private volatile boolean newestWins = true;
    private volatile boolean settles;
    private volatile boolean failed;
    private @Nullable Supplier<Instant> sapNow;

    /** @param context with a store under the lease of the run */
    public RowWriter(InboundContext context, Integration integration, Counters.Running counts, Run run) {
        this.context = context;
        this.integration = integration;
        this.counts = counts;
        this.run = run;
        this.type = Replicas.find(integration.mapping().collection()).orElseThrow();
        this.documents = context.store().documents(type);
        this.letters = context.letters();
        this.stampField = integration.stampField();
        this.fields = fields(integration);
        this.settles = letters.count(integration.name()) > 0;
    }

    /** The fields that a mapping fills, which are what is compared. */
    public static List<String> fields(Integration integration) {
        return integration.mapping().fields().stream().map(field -> field.to()).toList();
    }

    /** The collection that is written. */
    public Documents<Document> documents() {
        return documents;
    }

    /** Spares the look at what stands in a collection that was empty when the load began. */
    public RowWriter intoEmpty(boolean empty) {
        compares = !empty && stampField != null;
        return this;
    }

    /** Measures the lag of each changed row, by SAP's clock. */
    public RowWriter measuringLags(Supplier<Instant> nowInSap) {
        sapNow = nowInSap;
        return this;
    }

    /** Whether rows are how they stand in SAP now, whatever their stamp. */
    public void trustRows(boolean trusted) {
        newestWins = !trusted;
    }

    /** From now on there are dead letters, which good rows take away. */
    void settleLetters() {
        settles = true;
    }

    public void upsert(Document document) {
        add(document.text(Replicas.ID).orElseThrow(), Optional.of(document));
    }

    public void remove(String id) {
        add(id, Optional.empty());
    }

    private void add(String id, Optional<Document> change) {
        var before = chunk.get(id);
        if (before != null && before.isPresent()) {
            counts.written(new Upserted(0, 0, 1));
        }
        chunk.putLast(id, change);
        if (chunk.size() == CHUNK_ROWS) {
            submit();
        }
    }

    /** Returns when all that was added is durable. */
    public void flush() {
        if (!chunk.isEmpty()) {
            submit();
        }
        await(0);
    }

    /** Drops what is not being written yet, and returns when nothing is. */
    void abandon() {
        chunk.clear();
        failed = true;
        while (!writing.isEmpty()) {
            try {
                await(writing.size() - 1);
            } catch (RuntimeException | Error known) {
                failed = true; // The page was abandoned for it.
            }
        }
        failed = false;
    }

    private void submit() {
        await(CHUNKS_WAITING_MAX - 1);
        var full = chunk;
        chunk = new LinkedHashMap<>();
        if (thread == null) {
            // A store's native calls hold on to their carrier; a few of these would leave virtual threads without one.
            thread = Executors.newSingleThreadExecutor(
                    Thread.ofPlatform().daemon().name("inbound-writer").factory());
        }
        writing.addLast(thread.submit(() -> write(full)));
    }

    private void await(int chunks) {
        while (writing.size() > chunks) {
            try {
                writing.removeFirst().get();
            } catch (InterruptedException ignored) {
                Thread.currentThread().interrupt();
                throw new Cancellation.Requested();
            } catch (ExecutionException ended) {
                switch (ended.getCause()) {
                    case RuntimeException reason -> throw reason;
                    case Error reason -> throw reason;
                    case null, default -> throw new AssertionError(ended);
                }
            }
        }
    }

    private void write(Map<String, Optional<Document>> changes) {
        if (failed) {
            return; // What comes after a chunk that failed must not be written without it.
        }
        failed = true;
        run.beforeChunk();
        var ids = List.copyOf(changes.keySet());
        boolean removes = changes.containsValue(Optional.<Document>empty());
        var known = compares || removes ? documents.findAll(ids) : Map.<String, Stored<Document>>of();
        upsert(changes, known);
        for (var id : removes ? ids : List.<String>of()) {
            if (known.containsKey(id) && Optional.empty().equals(changes.get(id))) {
                counts.removed(removed(id) ? 1 : 0);
            }
        }
        if (settles) {
            letters.settled(integration.name(), ids);
        }
        failed = false;
        run.written(changes.size());
    }

    private void upsert(Map<String, Optional<Document>> changes, Map<String, Stored<Document>> known) {
        var fresh = new ArrayList<Document>();
        var stamps = new ArrayList<String>();
        changes.forEach((id, change) -> change.ifPresent(document -> {
            var before = known.get(id);
            if (before != null && late(document, before.value())) {
                counts.written(new Upserted(0, 0, 1));
                return;
            }
            fresh.add(document);
            var stamp = stamp(document);
            if (sapNow != null
                    && stamp != null
                    && stamp.length() > DAY_LENGTH
                    && (before == null || differ(document, before.value()))) {
                stamps.add(stamp);
            }
        }));
        if (fresh.isEmpty()) {
            return;
        }
        context.enricher().enrich(type, fresh);
        counts.written(documents.upsertAll(fresh));
        if (sapNow != null) {
            var visible = sapNow.get();
            stamps.forEach(stamp -> counts.lag(Math.max(
                    0, Duration.between(ChangeStamps.instant(stamp), visible).toMillis())));
        }
    }

    private boolean late(Document document, Document before) {
        var here = stamp(document);
        var there = stamp(before);
        return newestWins && here != null && there != null && there.compareTo(here) > 0;
    }

    /** Whether documents differ in what the mapping fills. */
    public boolean differ(Document document, Document before) {
        return DocumentHash.of(document, fields) != DocumentHash.of(before, fields);
    }

    private @Nullable String stamp(Document document) {
        return stampField != null && document.get(stampField) instanceof String stamp ? stamp : null;
    }

    private boolean removed(String id) {
        for (int attempt = 0; attempt < REMOVAL_ATTEMPTS_MAX; attempt++) {
            var found = documents.find(id);
            if (found.isEmpty()) {
                return false;
            }
            if (documents.remove(id, found.get().rev())) {
                return true;
            }
        }
        throw StoreProblem.LEASE_LOST.because(
                "%s: another process keeps writing '%s'".formatted(integration.name(), id));
    }

    @Override
    public void close() {
        abandon();
        if (thread != null) {
            thread.close();
        }
    }
}
