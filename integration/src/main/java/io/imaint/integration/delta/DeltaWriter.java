package io.imaint.integration.delta;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.references.ChunkStep;
import io.imaint.integration.state.DeadLetters;
import io.imaint.integration.state.DeltaCounts;
import io.imaint.integration.state.Newest;
import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.StoreProblem;
import io.imaint.store.Stored;
import io.imaint.store.replica.Replicas;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes changes in the order in which SAP tells them: of several changes of one document in a chunk the last counts,
 * and chunks follow one another. What has an older change stamp than the document that stands there is late, as a page
 * that is served twice, and is left alone.
 */
final class DeltaWriter {
    /** As many as the store takes at once without the others' waiting long. */
    static final int CHUNK_ROWS = 1000;

    /** Nobody but a healing of references writes between the look and the removal, and not as often as this. */
    private static final int REMOVAL_ATTEMPTS_MAX = 10;

    /** A stamp that is only a day tells nothing of a lag. */
    private static final int DAY_LENGTH = "2026-01-05".length();

    /** Where the documents go. */
    record Target(
            Integration integration,
            CollectionType<Document> type,
            Documents<Document> documents,
            ChunkStep step,
            DeadLetters letters) {}

    private final Target target;
    private final DeltaCounts counts;
    private final Runnable check;
    private final Supplier<Instant> sapNow;
    private final @Nullable String stampField;
    private final List<String> fields;
    private final boolean settles;
    private final LinkedHashMap<String, Optional<Document>> chunk = new LinkedHashMap<>();
    private boolean newestWins = true;

    /**
     * @param check called before each chunk; what it throws ends the run
     * @param sapNow the time now by SAP's clock
     * @param settles whether there are dead letters that good rows may take away
     */
    DeltaWriter(Target target, DeltaCounts counts, Runnable check, Supplier<Instant> sapNow, boolean settles) {
        this.target = target;
        this.counts = counts;
        this.check = check;
        this.sapNow = sapNow;
        this.settles = settles;
        this.stampField = target.integration.stampField();
        this.fields = fields(target.integration);
    }

    /** The fields that a mapping fills, which are what is compared. */
    static List<String> fields(Integration integration) {
        return integration.mapping().fields().stream().map(field -> field.to()).toList();
    }

    /** From now on what comes is known to be how it stands in SAP now, whatever its stamp. */
    void trustRows() {
        newestWins = false;
    }

    void upsert(Document document) {
        add(document.text(Replicas.ID).orElseThrow(), Optional.of(document));
    }

    void remove(String id) {
        add(id, Optional.empty());
    }

    private void add(String id, Optional<Document> document) {
        chunk.putLast(id, document);
        if (chunk.size() == CHUNK_ROWS) {
            flush();
        }
    }

    /** Returns when all that was added is durable. */
    void flush() {
        if (chunk.isEmpty()) {
            return;
        }
        check.run();
        var ids = List.copyOf(chunk.keySet());
        var known = target.documents.findAll(ids);
        upsert(known);
        for (var id : ids) {
            if (known.containsKey(id) && Optional.empty().equals(chunk.get(id))) {
                counts.removed(removed(id) ? 1 : 0);
            }
        }
        if (settles || counts.deadLetters() > 0) {
            target.letters.settled(target.integration.name(), ids);
        }
        chunk.clear();
    }

    private void upsert(Map<String, Stored<Document>> known) {
        var documents = new ArrayList<Document>();
        var stamps = new ArrayList<String>();
        chunk.forEach((id, change) -> change.ifPresent(document -> {
            var before = known.get(id);
            if (before != null && late(document, before.value())) {
                counts.written(new Documents.Upserted(0, 0, 1));
                return;
            }
            documents.add(document);
            var stamp = stamp(document);
            if (stamp != null && stamp.length() > DAY_LENGTH && (before == null || differ(document, before.value()))) {
                stamps.add(stamp);
            }
        }));
        if (documents.isEmpty()) {
            return;
        }
        target.step.apply(target.type, documents);
        counts.written(target.documents.upsertAll(documents));
        var visible = sapNow.get();
        stamps.forEach(stamp -> counts.lag(Math.max(
                0, Duration.between(ChangeStamp.instant(stamp), visible).toMillis())));
    }

    private boolean late(Document document, Document before) {
        return newestWins && stampField != null && Newest.late(document, before, stampField);
    }

    boolean differ(Document document, Document before) {
        return DeltaHash.of(document, fields) != DeltaHash.of(before, fields);
    }

    private @Nullable String stamp(Document document) {
        return stampField != null && document.get(stampField) instanceof String stamp ? stamp : null;
    }

    private boolean removed(String id) {
        for (int attempt = 0; attempt < REMOVAL_ATTEMPTS_MAX; attempt++) {
            var found = target.documents.find(id);
            if (found.isEmpty()) {
                return false;
            }
            if (target.documents.remove(id, found.get().rev())) {
                return true;
            }
        }
        throw StoreProblem.LEASE_LOST.because(
                "%s: another process keeps writing '%s'".formatted(target.integration.name(), id));
    }
}
