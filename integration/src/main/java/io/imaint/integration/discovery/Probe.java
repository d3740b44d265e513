package io.imaint.integration.discovery;

import io.imaint.integration.odata.EntitySet;
import io.imaint.integration.odata.ODataClient;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.integration.odata.PageRequest;
import io.imaint.integration.odata.Row;
import io.imaint.integration.odata.RowSink;
import io.imaint.integration.odata.UnreadableRow;
import io.imaint.kernel.problem.Failure;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What reading one row of a set showed. Metadata proves nothing: SAP serves it to users whom it refuses the data.
 *
 * @param refusal why the row could not be read; empty when it could
 * @param rows how many there are, where SAP counts them
 * @param tracked whether SAP offered to track changes, asked only where the metadata does not tell
 */
record Probe(Optional<Failure> refusal, OptionalLong rows, boolean tracked) {
    /** Nothing was asked. */
    static final Probe NONE = new Probe(Optional.empty(), OptionalLong.empty(), false);

    /** A server that sends more when asked for one row does not heed preferences. */
    private static final int ROWS_MAX = 100;

    /** After these, no other set will be readable either, and more requests may lock the user. */
    private static final Set<ODataProblem> HOPELESS = Set.of(
            ODataProblem.SAP_UNAUTHENTICATED,
            ODataProblem.SAP_USER_MUST_CHANGE_PASSWORD,
            ODataProblem.SAP_UNREACHABLE,
            ODataProblem.SAP_UNAVAILABLE);

    /** Ends the reading of a page that is larger than was asked for. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Enough() {
            super("enough rows", null, false, false);
        }
    }

    /** Takes a few rows of any sort: that they can be read is what is asked. */
    private static final class FewRows implements RowSink {
        private int rows;

        @Override
        public void row(Row row) {
            rows++;
            if (rows == ROWS_MAX) {
                throw new Enough();
            }
        }

        @Override
        public void deleted(Row key) {
            row(key);
        }

        @Override
        public void unreadable(UnreadableRow row) {
            rows++;
        }
    }

    /** Reads a row of a set that can be read without a filter. */
    static Probe of(ODataClient client, EntitySet set) {
        try {
            var one = set.abilities().pageable() ? set.name() + "?$top=1" : set.name();
            read(client, new PageRequest(one, 1, false, set.type()));
        } catch (Failure refused) {
            if (refused.code() instanceof ODataProblem problem && HOPELESS.contains(problem)) {
                throw refused;
            }
            return new Probe(Optional.of(refused), OptionalLong.empty(), false);
        }
        return new Probe(Optional.empty(), count(client, set), !set.abilities().deltas() && tracked(client, set));
    }

    /**
     * A tracked read of the operational delta queue begins a subscription and may end the one there is. Its sets declare
     * their delta tokens, so they are never asked this way.
     */
    private static boolean tracked(ODataClient client, EntitySet set) {
        try {
            return read(client, new PageRequest(set.name(), 1, true, set.type()));
        } catch (Failure refused) {
            return false;
        }
    }

    /** Returns whether SAP tracks changes after this read. */
    private static boolean read(ODataClient client, PageRequest request) {
        try {
            return client.read(request, new FewRows()).tracked();
        } catch (Enough more) {
            return false;
        }
    }

    private static OptionalLong count(ODataClient client, EntitySet set) {
        if (!set.abilities().countable()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(client.count(set.name() + "/$count"));
        } catch (Failure notCounted) {
            return OptionalLong.empty();
        }
    }
}
