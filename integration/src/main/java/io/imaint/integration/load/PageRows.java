package io.imaint.integration.load;

import io.imaint.integration.definition.DefinitionProblem;
import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.odata.Row;
import io.imaint.integration.odata.RowSink;
import io.imaint.integration.odata.UnreadableRow;
import io.imaint.integration.state.DeadLetter;
import io.imaint.integration.state.InboundProblem;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.ProblemCode;
import io.imaint.store.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Takes the rows of one page: documents go on to the writer, rows that cannot be loaded are set aside. */
final class PageRows implements RowSink {
    /** A page must not fill memory with what is wrong with it. */
    static final int ASIDE_MAX = 1_000;

    /** In a page with fewer rows, chance may have brought the bad ones together. */
    private static final int JUDGED_FROM = 100;

    /** What is wrong with one row says nothing of the others. */
    private static final Set<ProblemCode> OF_THE_ROW =
            Set.of(DefinitionProblem.INBOUND_ROW_WITHOUT_KEY, DefinitionProblem.INBOUND_ROW_REFUSED);

    private final PartLoad.LoadInHand common;
    private final RowMapping mapping;
    private final Consumer<Document> documents;
    private final long asideBefore;
    private final List<DeadLetter> aside = new ArrayList<>();
    private long good;

    /** @param asideBefore rows that the pages before have set aside */
    PageRows(PartLoad.LoadInHand common, RowMapping mapping, Consumer<Document> documents, long asideBefore) {
        this.common = common;
        this.mapping = mapping;
        this.documents = documents;
        this.asideBefore = asideBefore;
    }

    @Override
    public void row(Row row) {
        Document document;
        try {
            document = mapping.document(row);
        } catch (Failure failed) {
            if (!OF_THE_ROW.contains(failed.code())) {
                throw failed; // It would be so with every row.
            }
            var id = failed.code() == DefinitionProblem.INBOUND_ROW_WITHOUT_KEY ? null : mapping.id(row);
            setAside(DeadLetter.of(
                    common.integration(), id, failed, common.shared().now()));
            return;
        }
        documents.accept(document);
        good++;
    }

    @Override
    public void unreadable(UnreadableRow row) {
        setAside(DeadLetter.of(common.integration(), row, common.shared().now()));
    }

    private void setAside(DeadLetter letter) {
        aside.add(letter);
        if (asideBefore + aside.size() > ASIDE_MAX) {
            throw tooMany();
        }
    }

    /** How many rows became documents. */
    long good() {
        return good;
    }

    /**
     * The rows set aside, once the page is at its end.
     *
     * @throws Failure {@link InboundProblem#INBOUND_ROWS_UNREADABLE} when it is not the rows that are wrong
     */
    List<DeadLetter> aside() {
        long all = good + aside.size();
        if (all >= JUDGED_FROM && aside.size() > all / 2) {
            throw tooMany();
        }
        return aside;
    }

    private Failure tooMany() {
        return InboundProblem.INBOUND_ROWS_UNREADABLE.because("%d of %d rows of the page, %d before it; the first: %s"
                .formatted(
                        aside.size(),
                        good + aside.size(),
                        asideBefore,
                        aside.getFirst().line()));
    }
}
