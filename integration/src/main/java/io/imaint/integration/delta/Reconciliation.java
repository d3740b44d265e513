package io.imaint.integration.delta;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.delta.DeltaPages.Unmappable;
import io.imaint.integration.odata.Literals;
import io.imaint.integration.odata.Row;
import io.imaint.integration.state.DeadLetter;
import io.imaint.integration.state.KeyRanges;
import io.imaint.kernel.problem.Failure;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Query;
import io.imaint.store.replica.Replicas;
import java.time.Instant;
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

    /** What is compared of each key. */
    enum Depth {
        /** The change stamp. */
        STAMPS,
        /** All that is mapped. */
        CONTENTS,
        /** Nothing: all rows are read and written where they differ. */
        WHOLE
    }

    /**
     * How to go about it.
     *
     * @param track whether SAP is to remember the read of the keys, so that a token comes of it
     * @param repair whether differences are put right or only told
     * @param removalsMax documents that may be removed; negative for what the settings allow
     * @param ranges what is counted by itself
     */
    record Terms(Depth depth, boolean track, boolean repair, long removalsMax, KeyRanges ranges) {}

    /**
     * What came of it.
     *
     * @param end what SAP told besides the keys
     * @param newest the newest change stamp seen
     * @param refused why nothing was removed though it was due
     */
    record Outcome(
            ReconciliationReport report,
            DeltaPages.End end,
            @Nullable Instant newest,
            Optional<Failure> refused) {}

    /**
     * What it works with.
     *
     * @param check called between steps; what it throws ends the comparison
     */
    record Parts(
            DeltaWriter.Target target,
            RowMapping mapping,
            DeltaSettings settings,
            DeltaPages pages,
            DeltaWriter writer,
            Runnable check) {}

    private final Parts parts;
    private final Terms terms;
    private final Integration integration;
    private final RowMapping mapping;
    private final List<String> fields;
    private final @Nullable String stampField;
    private final ReconciliationFilter keyFilter;
    private final Partitions partitions;
    private final ReconciliationFindings findings;
    private final LinkedHashSet<String> gone = new LinkedHashSet<>();
    private final Set<String> doubtful = new HashSet<>();
    private @Nullable String newest;

    Reconciliation(Parts parts, Terms terms) {
        this.parts = parts;
        this.terms = terms;
        this.integration = parts.target.integration();
        this.mapping = parts.mapping;
        this.fields = DeltaWriter.fields(integration);
        this.stampField = integration.stampField();
        this.keyFilter = new ReconciliationFilter(integration, mapping.type());
        this.partitions = Partitions.of(integration.mapping().keys(), mapping.type(), terms.ranges);
        this.findings = new ReconciliationFindings(partitions);
        parts.writer.trustRows();
    }

    Outcome run() {
        var keys = new ReconciliationKeys(partitions, parts.settings.idsMax());
        var end = parts.pages.read(
                address(select(terms.depth), ""), terms.track, new SourceSink(keys::source, terms.depth));
        parts.writer.flush();
        store((id, document) -> keys.store(id, value(document, terms.depth)));
        var guard = terms.removalsMax < 0
                ? SweepGuard.of(parts.settings, keys.store().keys())
                : new SweepGuard(terms.removalsMax);
        differences(keys, terms.depth, guard);
        var refused = sweep(guard, keys.store().keys());
        parts.writer.flush();
        if (terms.repair) {
            settleLetters();
        }
        var report = findings.report(keys, terms.repair && refused.isEmpty());
        return new Outcome(report, end, newest == null ? null : ChangeStamp.instant(newest), refused);
    }

    private void differences(ReconciliationKeys keys, Depth depth, SweepGuard guard) {
        var held = keys.held();
        if (held != null) {
            if (!keys.same()) {
                differences(held, null, depth, guard);
            }
            return;
        }
        var groups = keys.groups();
        if (terms.repair && depth != Depth.WHOLE && groups.size() > GROUPS_MAX) {
            var again = new ReconciliationKeys(Partitions.ALL, parts.settings.idsMax());
            parts.pages.read(address(select(Depth.WHOLE), ""), false, new SourceSink(again::source, Depth.WHOLE));
            parts.writer.flush();
            store((id, document) -> again.store(id, 0));
            differences(again, Depth.WHOLE, guard);
            return;
        }
        for (var group : groups) {
            if (terms.repair && !guard.allows(findings.maybeGone.count())) {
                return; // So many will not be removed, and more need not be found.
            }
            var some = new HashMap<String, Long>();
            parts.pages.read(
                    address(keysOrMore(depth), ""),
                    false,
                    new SourceSink(
                            (id, value) -> {
                                if (group.get(ReconciliationKeys.bucket(id))) {
                                    some.put(id, depth == Depth.WHOLE ? 0 : value);
                                }
                            },
                            depth == Depth.WHOLE ? Depth.STAMPS : depth));
            differences(some, group, depth, guard);
        }
    }

    /** With {@link Depth#WHOLE} the rows have been read and written before; the keys are enough the second time. */
    private String keysOrMore(Depth depth) {
        return select(depth == Depth.WHOLE ? Depth.STAMPS : depth);
    }

    /** Compares keys that are held with the documents of the same buckets, null for all. */
    private void differences(Map<String, Long> source, @Nullable BitSet buckets, Depth depth, SweepGuard guard) {
        var different = new ArrayList<String>();
        store((id, document) -> {
            if (buckets != null && !buckets.get(ReconciliationKeys.bucket(id))) {
                return;
            }
            var value = source.remove(id);
            if (value == null) {
                maybeGone(id, guard);
            } else if (value != value(document, depth)) {
                different.add(id);
            }
        });
        different.addAll(source.keySet());
        confirm(different);
    }

    private void maybeGone(String id, SweepGuard guard) {
        findings.maybeGone.add(id);
        if (gone.size() < guard.heldMax()) {
            gone.add(id);
        }
    }

    /** Removes what SAP does not have when asked for it by key; tells why it did not, if that were too many. */
    private Optional<Failure> sweep(SweepGuard guard, long documents) {
        var candidates = List.copyOf(gone);
        gone.clear();
        long goneCount = findings.maybeGone.count();
        if (!guard.allows(goneCount)) {
            var sample = candidates.subList(0, Math.min(SweepGuard.SAMPLE, candidates.size()));
            confirm(sample);
            if (goneCount > candidates.size() || gone.size() > sample.size() / 2) {
                gone.forEach(findings.superfluous::add);
                findings.superfluous.about(findings.maybeGone);
                return terms.repair
                        ? Optional.of(guard.refusal(
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
        if (!terms.repair) {
            return Optional.empty();
        }
        if (!guard.allows(gone.size())) {
            return Optional.of(guard.refusal(
                    integration.name(),
                    gone.size(),
                    documents,
                    findings.superfluous.found().examples()));
        }
        gone.forEach(parts.writer::remove);
        return Optional.empty();
    }

    /** Reads the rows of ids again and writes them where they differ; what does not come and is there, is gone. */
    private void confirm(Collection<String> ids) {
        var impossible = new ArrayList<String>();
        var unaskable = new ArrayList<String>();
        for (var batch : keyFilter.batches(ids, impossible, unaskable)) {
            confirm(batch);
        }
        gone.addAll(impossible);
        unaskable.forEach(findings.unconfirmed::add);
        doubtful.addAll(unaskable);
    }

    /** Rows kept aside before that did not come are asked for: what does not come now is gone, and what comes is good. */
    private void settleLetters() {
        var rows = new ArrayList<>(parts.target.letters().rows(integration.name()));
        rows.removeAll(doubtful);
        confirm(rows);
        rows.removeAll(doubtful);
        parts.target.letters().settled(integration.name(), rows);
    }

    private void confirm(ReconciliationFilter.Batch batch) {
        var rows = new ReconciliationRows(mapping, this::seen);
        parts.pages.read(address(mapping.select(), batch.filter()), false, rows);
        var stored = parts.target.documents().findAll(batch.ids());
        for (var id : batch.ids()) {
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
            } else if (document != null && (before == null || parts.writer.differ(document, before.value()))) {
                (before == null ? findings.missing : findings.stale).add(id);
                if (terms.repair) {
                    parts.writer.upsert(document);
                }
            }
        }
        parts.writer.flush();
    }

    private void store(BiConsumer<String, Document> each) {
        String cursor = null;
        do {
            parts.check.run();
            var page = parts.target
                    .documents()
                    .list(Query.where(Condition.ALL).limit(SCAN_ROWS).after(cursor));
            page.items().forEach(stored -> each.accept(stored.key(), stored.value()));
            cursor = page.next();
        } while (cursor != null);
    }

    private long value(Document document, Depth depth) {
        return switch (depth) {
            case STAMPS ->
                DeltaHash.of(stampField != null && document.get(stampField) instanceof String stamp ? stamp : null);
            case CONTENTS -> DeltaHash.of(document, fields);
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

    private String address(String select, String filter) {
        return address(integration, select, filter);
    }

    /** The rows of an integration that fulfil a further filter, which is empty for all. */
    static String address(Integration integration, String select, String filter) {
        var own = integration.reading().filter();
        var both = own == null ? filter : filter.isEmpty() ? own : "(%s) and (%s)".formatted(own, filter);
        return integration.mapping().entitySet() + "?$select=" + select
                + (both.isEmpty() ? "" : "&$filter=" + Literals.encoded(both));
    }

    private void seen(@Nullable String stamp) {
        if (stamp != null && (newest == null || stamp.compareTo(newest) > 0)) {
            newest = stamp;
        }
    }

    /** Takes the keys of a page, and with {@link Depth#WHOLE} its rows, once the page is whole. */
    private final class SourceSink implements DeltaPages.Sink {
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
            var stamp = Unmappable.unless(() -> mapping.stamp(row));
            seen(stamp);
            switch (depth) {
                case STAMPS -> page.add(new Key(Unmappable.unless(() -> mapping.id(row)), DeltaHash.of(stamp)));
                case CONTENTS -> {
                    var document = Unmappable.unless(() -> mapping.document(row));
                    page.add(new Key(id(document), value(document, depth)));
                }
                case WHOLE -> {
                    var document = Unmappable.unless(() -> mapping.document(row));
                    page.add(new Key(id(document), 0));
                    parts.writer.upsert(document);
                }
            }
        }

        @Override
        public void unreadable(DeadLetter letter) {
            if (letter.row() != null) {
                doubtful.add(letter.row());
            }
        }

        @Override
        public void end() {
            page.forEach(key -> to.accept(key.id, key.value));
        }
    }

    private static String id(Document document) {
        return document.text(Replicas.ID).orElseThrow();
    }
}
