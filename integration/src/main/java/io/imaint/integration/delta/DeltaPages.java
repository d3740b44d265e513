package io.imaint.integration.delta;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.odata.PageRead;
import io.imaint.integration.odata.PageRequest;
import io.imaint.integration.odata.Row;
import io.imaint.integration.odata.RowSink;
import io.imaint.integration.odata.UnreadableRow;
import io.imaint.integration.source.NextLinks;
import io.imaint.integration.source.Patience;
import io.imaint.integration.state.DeadLetter;
import io.imaint.integration.state.DeltaCounts;
import io.imaint.integration.state.InboundProblem;
import io.imaint.kernel.problem.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Reads pages to the last one, each again when its failure may pass, and keeps aside the rows that cannot be read. */
final class DeltaPages {
    /** Below this a page's fixed cost outweighs its rows; a system that cannot serve it has another problem. */
    private static final int PAGE_SIZE_MIN = 100;

    /** More than this is no poisoned row any more but another model. */
    static final int UNREADABLE_MAX = 1_000;

    /** A page of so many rows tells by its half; a smaller one may be poisoned by chance. */
    static final int PAGE_TELLS = 100;

    /** Where the rows of the pages go. A page may come twice in part: after {@link #begin} what came since counts not. */
    interface Sink {
        /** A page begins, for the first time or again. */
        void begin();

        void row(Row row);

        /** A row is gone from SAP. */
        default void deleted(Row key) {
            throw ODataProblem.SAP_ANSWER_MALFORMED.because(
                    "it reports a deleted %s to a read that asked for none".formatted(key.type()));
        }

        /** The row of a key cannot be read. */
        default void unreadable(DeadLetter letter) {}

        /** All rows of the page were told. */
        void end();
    }

    /**
     * What was learned besides the rows.
     *
     * @param servedAt SAP's time of the first page; null when it sent none
     */
    record End(Optional<String> delta, @Nullable Instant servedAt, int pages) {}

    private final DeltaSite site;
    private final Integration integration;
    private final RowMapping mapping;
    private final DeltaCounts counts;
    private final Patience patience;
    private int pageSize;
    private long unreadable;

    DeltaPages(DeltaSite site, Integration integration, RowMapping mapping, DeltaCounts counts, Patience patience) {
        this.site = site;
        this.integration = integration;
        this.mapping = mapping;
        this.counts = counts;
        this.patience = patience;
        var own = integration.reading().pageSize();
        this.pageSize = own == null ? site.terms().pageSize() : own;
    }

    /** Does not ask for more rows at once than SAP was found to serve in time. */
    void limit(@Nullable Integer rows) {
        pageSize = rows == null ? pageSize : Math.min(pageSize, rows);
    }

    /** @param track whether SAP is to remember the read, so that it ends in a delta */
    End read(String first, boolean track, Sink sink) {
        var links = new NextLinks();
        Instant servedAt = null;
        var target = first;
        for (int pages = 1; ; pages++) {
            var asked = target;
            boolean tracked = track && pages == 1;
            var page = patience.with(() -> page(asked, tracked, sink));
            servedAt = servedAt == null ? page.servedAt().orElse(null) : servedAt;
            var next = page.next();
            if (next.isEmpty()) {
                return new End(page.delta(), servedAt, pages);
            }
            links.follow(next.get());
            target = next.get();
        }
    }

    private PageRead page(String target, boolean track, Sink sink) {
        var aside = new ArrayList<DeadLetter>();
        var askedAt = site.now();
        sink.begin();
        PageRead page;
        try {
            page = site.sap()
                    .read(
                            integration,
                            new PageRequest(target, pageSize, track, mapping.type()),
                            new Sorting(sink, aside));
        } catch (Failure failed) {
            if (failed.code() == ODataProblem.SAP_TIMEOUT) {
                pageSize = Math.max(Math.min(pageSize, PAGE_SIZE_MIN), pageSize / 2);
            }
            throw failed;
        }
        page.servedAt().ifPresent(served -> site.skew().answered(askedAt, site.now(), served));
        verifyReadable(page, aside);
        sink.end();
        counts.page(page.rows() + page.deleted());
        counts.keptAside(aside.size());
        unreadable += aside.size();
        site.letters().keep(aside);
        return page;
    }

    private void verifyReadable(PageRead page, List<DeadLetter> aside) {
        long rows = (long) page.rows() + page.unreadable();
        boolean ofPage = rows >= PAGE_TELLS && aside.size() > rows / 2;
        if (ofPage || unreadable + aside.size() > UNREADABLE_MAX) {
            throw InboundProblem.INBOUND_ROWS_UNREADABLE.because(
                    "%s: %d of the page's %d rows, %d in this run; the first: %s"
                            .formatted(
                                    integration.mapping().entitySet(),
                                    aside.size(),
                                    rows,
                                    unreadable + aside.size(),
                                    aside.getFirst().line()));
        }
    }

    /** Parts what can be read from what cannot. */
    private final class Sorting implements RowSink {
        private final Sink sink;
        private final List<DeadLetter> aside;

        private Sorting(Sink sink, List<DeadLetter> aside) {
            this.sink = sink;
            this.aside = aside;
        }

        @Override
        public void row(Row row) {
            try {
                sink.row(row);
            } catch (Unmappable unmappable) {
                aside(DeadLetter.of(integration, id(row), unmappable.failure, site.now()));
            }
        }

        @Override
        public void deleted(Row key) {
            try {
                sink.deleted(key);
            } catch (Unmappable unmappable) {
                aside(DeadLetter.of(integration, null, unmappable.failure, site.now()));
            }
        }

        @Override
        public void unreadable(UnreadableRow row) {
            aside(DeadLetter.of(integration, row, site.now()));
        }

        private void aside(DeadLetter letter) {
            aside.add(letter);
            sink.unreadable(letter);
        }

        private @Nullable String id(Row row) {
            try {
                return mapping.id(row);
            } catch (Failure withoutKey) {
                return null;
            }
        }
    }

    /** A row that was read cannot be mapped; any other failure is not the row's. */
    static final class Unmappable extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient Failure failure;

        Unmappable(Failure failure) {
            super(failure.getMessage(), failure, false, false);
            this.failure = failure;
        }

        static <T> T unless(Supplier<T> mapping) {
            try {
                return mapping.get();
            } catch (Failure failed) {
                throw new Unmappable(failed);
            }
        }
    }
}
