package io.imaint.integration.delta;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.delta.Findings.Outcome;
import io.imaint.integration.delta.ReconciliationOptions.Depth;
import io.imaint.integration.delta.ReconciliationOptions.RemovalLimit;
import io.imaint.integration.odata.Row;
import io.imaint.integration.pipeline.ChangeStamps;
import io.imaint.integration.pipeline.DocumentHash;
import io.imaint.integration.pipeline.PagePipeline;
import io.imaint.integration.pipeline.RowWriter;
import io.imaint.integration.state.DeadLetter;
import io.imaint.integration.state.LoadState;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Query;
import io.imaint.store.replica.Replicas;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Compares a set of SAP with its collection and puts right what differs.
 *
 * <pre>
 *  1  SAP's keys ──► buckets ◄── the store's keys
 *  2  buckets that differ ──► keys that differ: missing, stale, superfluous      as many at a time as fit
 *  3  each such key is read again ──► row comes: written · no row comes: removed, unless that were too many
 * </pre>
 *
 * <p>SAP does not stand still while its keys are read, so what differs in 2 need not differ in truth. Only 3 decides, by
 * a read of that very key. What changed meanwhile is in the changes since the token that was taken before 1.
 */
final class Reconciliation {
    /** Documents of the store that are looked at in one go. */
    private static final int SCAN_ROWS = 2_000;

    /** Beyond so many passes over all keys, reading everything once is cheaper. */
    private static final int GROUPS_MAX = 8;

    private final DeltaRun run;
    private final RowWriter writer;
    private final ReconciliationOptions how;
    private final Integration integration;
    private final RowMapping mapping;
    private final List<String> fields;
    private final @Nullable String stampField;
    private final RowLookup lookup;
    private final Partitions partitions;
    private final Findings findings;
    private final LinkedHashSet<String> gone = new LinkedHashSet<>();
    private final Set<String> doubtful = new HashSet<>();
    private final List<String> earlierForms = new ArrayList<>();
    private @Nullable String newest;

    /** @param ranges what is counted by itself */
    Reconciliation(DeltaRun run, RowMapping mapping, ReconciliationOptions how, LoadState.KeyRanges ranges) {
        this.run = run;
        this.writer = run.writer();
        this.how = how;
        this.integration = run.integration();
        this.mapping = mapping;
        this.fields = RowWriter.fields(integration);
        this.stampField = integration.stampField();
        this.lookup = new RowLookup(
                integration, mapping, this::seen, (target, rows) -> run.pages().readAll(mapping, target, false, rows));
        this.partitions = Partitions.of(integration.mapping().keys(), mapping.type(), ranges);
        this.findings = new Findings(partitions);
    }

    /**
     * Compares all keys.
     *
     * @param track whether SAP is to remember the read of the keys, so that a token comes of it
     * @param sampled documents whose contents are compared besides their change stamps
     */
    Outcome run(Depth depth, boolean track, int sampled) {
        var keys = new ReconciliationKeys(partitions, run.settings().idsMax());
        var end = read(select(depth), "", track, new SourceSink(keys::source, depth));
        var sample = new ArrayList<String>();
        var scanned = new AtomicLong();
        store((id, document) -> {
            keys.store(id, value(document, depth));
            sample(id, scanned.incrementAndGet(), sample, sampled);
        });
        var limit = how.limit(run.settings(), keys.store().keys());
        differences(keys, depth, limit);
        var refused = sweep(limit, keys.store().keys());
        writer.flush();
        confirm(sample);
        if (how.repair()) {
            settleLetters();
        }
        var report = findings.report(keys, depth != Depth.STAMPS, how.repair() && refused.isEmpty());
        return new Outcome(report, end, newest == null ? null : ChangeStamps.instant(newest), refused);
    }

    /** Keeps ids so that each of those scanned has the same chance to be in the sample. */
    private void sample(String id, long scanned, List<String> sample, int size) {
        if (sample.size() < size) {
            sample.add(id);
        } else if (size > 0) {
            long place = run.inbound().options().random().nextLong(scanned);
            if (place < size) {
                sample.set((int) place, id);
            }
        }
    }

    /** Reads the rows of some documents and writes those that are missing or differ; removes nothing. */
    void repair(Collection<String> ids) {
        confirm(ids);
        writer.flush();
    }

    private PagePipeline.End read(String select, String filter, boolean track, PagePipeline.Sink sink) {
        return run.pages().readAll(mapping, integration.target(select, filter), track, sink);
    }

    private void differences(ReconciliationKeys keys, Depth depth, RemovalLimit limit) {
        var held = keys.held();
        if (held != null) {
            if (!keys.same()) {
                differences(held, null, depth, limit);
            }
            return;
        }
        var groups = keys.groups();
        if (how.repair() && depth != Depth.WHOLE && groups.size() > GROUPS_MAX) {
            var again = new ReconciliationKeys(Partitions.ALL, run.settings().idsMax());
            read(select(Depth.WHOLE), "", false, new SourceSink(again::source, Depth.WHOLE));
            store((id, document) -> again.store(id, 0));
            differences(again, Depth.WHOLE, limit);
            return;
        }
        for (var group : groups) {
            if (how.repair() && !limit.allows(findings.maybeGone.count())) {
                return; // So many will not be removed, and more need not be found.
            }
            var some = new HashMap<String, Long>();
            // With WHOLE the rows have been read and written before; the keys are enough the second time.
            var second = depth == Depth.WHOLE ? Depth.STAMPS : depth;
            BiConsumer<String, Long> ofGroup = (id, value) -> {
                if (group.get(ReconciliationKeys.bucket(id))) {
                    some.put(id, depth == Depth.WHOLE ? 0 : value);
                }
            };
            read(select(second), "", false, new SourceSink(ofGroup, second));
            differences(some, group, depth, limit);
        }
    }

    /** Compares keys that are held with the documents of the same buckets, null for all. */
    private void differences(Map<String, Long> source, @Nullable BitSet buckets, Depth depth, RemovalLimit limit) {
        var different = new ArrayList<String>();
        store((id, document) -> {
            if (buckets != null && !buckets.get(ReconciliationKeys.bucket(id))) {
                return;
            }
            var value = source.remove(id);
            if (value == null) {
                unmatched(id, limit);
            } else if (value != value(document, depth)) {
                different.add(id);
            }
        });
        replaceForms(limit);
        different.addAll(source.keySet());
        confirm(different);
    }

    /** A document without a row; its row may have come under the id that its key has now. */
    private void unmatched(String id, RemovalLimit limit) {
        if (how.repair() && !mapping.presentId(id).equals(id)) {
            earlierForms.add(id);
        } else {
            maybeGone(id, limit);
        }
        if (earlierForms.size() == SCAN_ROWS) {
            replaceForms(limit);
        }
    }

    /**
     * Removes documents that stand under the present form of their id as well. No limit holds for them, since nothing is
     * lost; without the other document they are like any that SAP does not have.
     */
    private void replaceForms(RemovalLimit limit) {
        var present = writer.documents()
                .findAll(earlierForms.stream().map(mapping::presentId).toList());
        for (var id : earlierForms) {
            if (present.containsKey(mapping.presentId(id))) {
                writer.remove(id);
            } else {
                maybeGone(id, limit);
            }
        }
        earlierForms.clear();
    }

    private void maybeGone(String id, RemovalLimit limit) {
        findings.maybeGone.add(id);
        if (gone.size() < limit.heldMax()) {
            gone.add(id);
        }
    }

    /** Removes what SAP does not have when asked for it by key; returns why not, if that were too many. */
    private Optional<Failure> sweep(RemovalLimit limit, long documents) {
        var candidates = List.copyOf(gone);
        gone.clear();
        long goneCount = findings.maybeGone.count();
        if (!limit.allows(goneCount)) {
            var sample = candidates.subList(0, Math.min(RemovalLimit.SAMPLE, candidates.size()));
            confirm(sample);
            if (goneCount > candidates.size() || gone.size() > sample.size() / 2) {
                gone.forEach(findings.superfluous::add);
                findings.superfluous.about(findings.maybeGone);
                return how.repair()
                        ? Optional.of(limit.refusal(
                                integration.name(),
                                goneCount,
                                documents,
                                findings.superfluous.found().examples()))
                        : Optional.empty();
            }
            candidates = candidates.subList(sample.size(), candidates.size());
        }
        confirm(candidates);
        gone.forEach(findings.superfluous::add);
        if (!how.repair()) {
            return Optional.empty();
        }
        if (!limit.allows(gone.size())) {
            return Optional.of(limit.refusal(
                    integration.name(),
                    gone.size(),
                    documents,
                    findings.superfluous.found().examples()));
        }
        gone.forEach(writer::remove);
        return Optional.empty();
    }

    /** Reads the rows of ids again and writes them where they differ; what does not come and is there, is gone. */
    private void confirm(Collection<String> ids) {
        var impossible = new ArrayList<String>();
        var unaskable = new ArrayList<String>();
        lookup.read(ids, impossible, unaskable, this::confirm);
        gone.addAll(impossible);
        unaskable.forEach(findings.unconfirmed::add);
        doubtful.addAll(unaskable);
    }

    /** Re-reads dead-lettered rows missing from this pass; those SAP no longer returns are deleted. */
    private void settleLetters() {
        var rows = new ArrayList<>(run.inbound().letters().rows(integration.name()));
        rows.removeAll(doubtful);
        confirm(rows);
        rows.removeAll(doubtful);
        run.inbound().letters().settled(integration.name(), rows);
    }

    private void confirm(List<String> ids, RowLookup.Rows rows) {
        var stored = writer.documents().findAll(ids);
        for (var id : ids) {
            var document = rows.document(id);
            var before = stored.get(id);
            boolean unreadable = rows.unreadable(id);
            if (unreadable) {
                doubtful.add(id);
            }
            if (document == null && before != null) {
                if (unreadable) {
                    findings.unconfirmed.add(id);
                } else {
                    gone.add(id);
                }
            } else if (document != null && (before == null || writer.differ(document, before.value()))) {
                (before == null ? findings.missing : findings.stale).add(id);
                if (how.repair()) {
                    writer.upsert(document);
                }
            }
        }
        writer.flush();
    }

    private void store(BiConsumer<String, Document> each) {
        String cursor = null;
        do {
            run.beforeChunk();
            var page = writer.documents()
                    .list(Query.where(Condition.ALL).limit(SCAN_ROWS).after(cursor));
            page.items().forEach(stored -> each.accept(stored.key(), stored.value()));
            cursor = page.next();
        } while (cursor != null);
    }

    private long value(Document document, Depth depth) {
        return switch (depth) {
            case STAMPS ->
                DocumentHash.of(stampField != null && document.get(stampField) instanceof String stamp ? stamp : null);
            case CONTENTS -> DocumentHash.of(document, fields);
            case WHOLE -> 0;
        };
    }

    private String select(Depth depth) {
        if (depth != Depth.STAMPS) {
            return mapping.select();
        }
        var properties = new LinkedHashSet<>(integration.mapping().keys());
        var stamp = integration.reading().changeStamp();
        if (stamp != null && mapping.type().place(stamp) >= 0) {
            properties.add(stamp);
        }
        return String.join(",", properties);
    }

    private void seen(@Nullable String stamp) {
        if (stamp != null && (newest == null || stamp.compareTo(newest) > 0)) {
            newest = stamp;
        }
    }

    /** Takes the keys of a page, and with {@link Depth#WHOLE} its rows, once the page is whole. */
    private final class SourceSink implements PagePipeline.Sink {
        private record Key(String id, long value) {}

        private final BiConsumer<String, Long> to;
        private final Depth depth;
        private final List<Key> page = new ArrayList<>();

        private SourceSink(BiConsumer<String, Long> to, Depth depth) {
            this.to = to;
            this.depth = depth;
        }

        @Override
        public void begin() {
            page.clear();
        }

        @Override
        public void row(Row row) {
            var stamp = mapping.stamp(row);
            seen(stamp);
            switch (depth) {
                case STAMPS -> page.add(new Key(mapping.id(row), DocumentHash.of(stamp)));
                case CONTENTS -> {
                    var document = mapping.document(row);
                    page.add(new Key(id(document), value(document, depth)));
                }
                case WHOLE -> {
                    var document = mapping.document(row);
                    page.add(new Key(id(document), 0));
                    writer.upsert(document);
                }
            }
        }

        @Override
        public void setAside(DeadLetter letter) {
            if (letter.row() != null) {
                doubtful.add(letter.row());
            }
        }

        @Override
        public void end() {
            page.forEach(key -> to.accept(key.id, key.value));
            if (!page.isEmpty()) {
                lookup.present(page.getLast().id);
            }
        }
    }

    private static String id(Document document) {
        return document.text(Replicas.ID).orElseThrow();
    }
}
