package io.imaint.integration.pipeline;

import io.imaint.integration.definition.DefinitionProblem;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.odata.PageRead;
import io.imaint.integration.odata.PageRequest;
import io.imaint.integration.odata.Row;
import io.imaint.integration.state.Counters;
import io.imaint.integration.state.DeadLetter;
import io.imaint.integration.state.InboundProblem;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.ProblemCode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The way of an integration's rows from SAP to the store, one page after the other; loads, deltas and reconciliations share
 * it. Belongs to one thread.
 *
 * <pre>
 *   SAP ──page──► rows ──► sink ──► {@link RowWriter} ──chunks──► collection     chunks are written while the
 *    ▲             │                                                │            page is still being read
 *    │             └──► dead letters of rows that cannot be read    │
 *    └── next page ◄────────────────────────── all durable ─────────┘
 * </pre>
 *
 * <p>A page that fails is read again from its first row as the {@link RetryPolicy} says, smaller where SAP could not serve
 * it in time. What was written of it is written again, which changes nothing.
 */
public final class PagePipeline {
    /** More are not single bad rows but another model; nor must they fill memory. */
    static final int DEAD_LETTERS_MAX = 1_000;

    /** In a page with fewer rows, chance may have brought the bad ones together. */
    static final int JUDGED_FROM = 100;

    /** What is wrong with one row says nothing of the others. */
    private static final Set<ProblemCode> OF_THE_ROW =
            Set.of(DefinitionProblem.INBOUND_ROW_WITHOUT_KEY, DefinitionProblem.INBOUND_ROW_REFUSED);

    /** Where the rows of pages go. A page may come twice in part: after {@link #begin} what came of it since counts not. */
    public interface Sink {
        /** A page begins, for the first time or again. */
        default void begin() {}

        /** Takes a row; a failure of the mapping sets it aside. */
        void row(Row row);

        /** A row is gone from SAP. */
        default void deleted(Row key) {
            throw ODataProblem.SAP_ANSWER_MALFORMED.because(
                    "it reports a deleted %s to a read that asked for none".formatted(key.type()));
        }

        /** A row was set aside. */
        default void setAside(DeadLetter letter) {}

        /** Called after the page's last row. */
        default void end() {}
    }

    /**
     * What was learned besides the rows.
     *
     * @param servedAt SAP's time of the first page; null when it sent none
     * @param endedAt SAP's time of the last page that had one; null when none had
     */
    public record End(
            Optional<String> delta,
            @Nullable Instant servedAt,
            @Nullable Instant endedAt) {}

    private final InboundContext context;
    private final Integration integration;
    private final RetryPolicy retries;
    private final PageSize pageSize;
    private final RowWriter writer;
    private final Counters.Running counts;
    private long setAside;
    private int asked;

    /** @param context with a store under the lease of the run */
    public PagePipeline(
            InboundContext context,
            Integration integration,
            RetryPolicy retries,
            PageSize pageSize,
            Counters.Running counts,
            RowWriter writer) {
        this.context = context;
        this.integration = integration;
        this.retries = retries;
        this.pageSize = pageSize;
        this.counts = counts;
        this.writer = writer;
    }

    /** Counts what earlier runs of the same work have set aside. */
    public PagePipeline after(long setAsideBefore) {
        setAside += setAsideBefore;
        return this;
    }

    /**
     * Reads pages to the last one.
     *
     * @param track whether SAP is to remember the read, so that it ends in a delta
     */
    public End readAll(RowMapping mapping, String first, boolean track, Sink sink) {
        var links = new NextLinks();
        var page = read(mapping, first, track, sink);
        var servedAt = page.servedAt().orElse(null);
        var endedAt = servedAt;
        while (page.next().isPresent()) {
            links.follow(page.next().get());
            page = read(mapping, page.next().get(), false, sink);
            endedAt = page.servedAt().orElse(endedAt);
            servedAt = servedAt == null ? endedAt : servedAt;
        }
        return new End(page.delta(), servedAt, endedAt);
    }

    /**
     * Reads one page; when it returns, its rows are durable and its dead letters kept.
     *
     * @throws Failure {@link InboundProblem#INBOUND_ROWS_UNREADABLE} when it is not single rows that are wrong
     */
    public PageRead read(RowMapping mapping, String target, boolean track, Sink sink) {
        return retries.run(failed -> pageSize.eases(failed, asked), () -> attempt(mapping, target, track, sink));
    }

    private PageRead attempt(RowMapping mapping, String target, boolean track, Sink sink) {
        var rows = new Rows(mapping, sink);
        asked = pageSize.rows();
        sink.begin();
        try {
            var page = context.sap()
                    .service(integration)
                    .read(new PageRequest(target, asked, track, mapping.type()), rows);
            rows.judge();
            writer.flush();
            if (!rows.aside.isEmpty()) {
                context.letters().keep(rows.aside);
                writer.settleLetters();
            }
            sink.end();
            setAside += rows.aside.size();
            counts.page(rows.good, rows.aside.size());
            pageSize.served();
            return page;
        } catch (RuntimeException | Error failed) {
            writer.abandon();
            counts.cutOff();
            throw failed;
        }
    }

    /** Parts the rows of one attempt at a page: good ones go on, the others are set aside. */
    private final class Rows implements Row.Sink {
        private final RowMapping mapping;
        private final Sink sink;
        private final List<DeadLetter> aside = new ArrayList<>();
        private long good;

        private Rows(RowMapping mapping, Sink sink) {
            this.mapping = mapping;
            this.sink = sink;
        }

        @Override
        public void row(Row row) {
            try {
                sink.row(row);
                good++;
            } catch (Failure failed) {
                setAside(row, failed);
            }
        }

        @Override
        public void deleted(Row key) {
            try {
                sink.deleted(key);
                good++;
            } catch (Failure failed) {
                setAside(key, failed);
            }
        }

        @Override
        public void unreadable(Row.Unreadable row) {
            setAside(DeadLetter.of(integration, row, context.now()));
        }

        private void setAside(Row row, Failure failed) {
            if (!OF_THE_ROW.contains(failed.code())) {
                throw failed;
            }
            var id = failed.code() == DefinitionProblem.INBOUND_ROW_WITHOUT_KEY ? null : mapping.id(row);
            setAside(DeadLetter.of(integration, id, failed, context.now()));
        }

        private void setAside(DeadLetter letter) {
            aside.add(letter);
            sink.setAside(letter);
            if (setAside + aside.size() > DEAD_LETTERS_MAX) {
                throw tooMany();
            }
        }

        private void judge() {
            long all = good + aside.size();
            if (all >= JUDGED_FROM && aside.size() > all / 2) {
                throw tooMany();
            }
        }

        private Failure tooMany() {
            return InboundProblem.INBOUND_ROWS_UNREADABLE.because(
                    "%s: %d of %d rows of the page, %d before it; the first: %s"
                            .formatted(
                                    integration.mapping().entitySet(),
                                    aside.size(),
                                    good + aside.size(),
                                    setAside,
                                    aside.getFirst().line()));
        }
    }

    /**
     * A guard against pages that lead in a circle, however long, in constant memory.
     *
     * <p>One link is remembered while the walk goes on; when twice as many steps have been taken as before, the newest link
     * is remembered instead. Once the walk is in a circle and the steps outgrow the circle's length, it must come by the
     * remembered link again (Brent's method). A walk without a circle never does.
     */
    public static final class NextLinks {
        private @Nullable String remembered;
        private long steps;
        private long stepsMax = 1;

        /** Notes the link to the page to read next, which must not have been read before. */
        public void follow(String link) {
            if (link.equals(remembered)) {
                throw InboundProblem.INBOUND_PAGES_REPEAT.because("__next leads back to " + link);
            }
            steps++;
            if (remembered == null || steps >= stepsMax) {
                remembered = link;
                stepsMax *= 2;
                steps = 0;
            }
        }
    }
}
