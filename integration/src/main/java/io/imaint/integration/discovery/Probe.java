package io.imaint.integration.discovery;

import io.imaint.integration.odata.EntitySet;
import io.imaint.integration.odata.Literals;
import io.imaint.integration.odata.ODataClient;
import io.imaint.integration.odata.PageRead;
import io.imaint.integration.odata.PageRequest;
import io.imaint.integration.odata.Row;
import io.imaint.kernel.problem.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What reading a row or two of a set showed. Metadata proves nothing: SAP serves it to users whom it refuses the data.
 *
 * @param refusal why they could not be read; empty when they could
 * @param rows how many there are, where SAP counts them
 * @param tracked whether SAP offered to track changes, asked only where the metadata does not say
 * @param paging whether SAP heeds a page size
 */
record Probe(Optional<Failure> refusal, OptionalLong rows, boolean tracked, Paging paging) {
    /** Whether SAP heeds a page size; a set with one row or none does not show it. */
    enum Paging {
        HEEDED,
        IGNORED,
        UNKNOWN
    }

    /** Nothing was asked. */
    static final Probe NONE = new Probe(Optional.empty(), OptionalLong.empty(), false, Paging.UNKNOWN);

    /** A server that sends more when asked for one row does not heed preferences. */
    private static final int ROWS_MAX = 100;

    /** A set that comes in one answer is not read whole just to see whether SAP would track it. */
    private static final int WHOLE_ROWS_MAX = 10_000;

    /** Ends the reading of a page that is larger than was asked for. */
    private static final class Enough extends RuntimeException {
        private static final long serialVersionUID = 1;

        private Enough() {
            super("enough rows", null, false, false);
        }
    }

    /** Takes a few rows of any sort: that they can be read is what is asked. */
    private static final class FewRows implements Row.Sink {
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
        public void unreadable(Row.Unreadable row) {
            rows++;
        }
    }

    /**
     * Reads from a set: two rows at most, one on a page, so that the page's end shows whether SAP heeds its size.
     *
     * @param filter empty to read without
     */
    static Probe of(ODataClient client, EntitySet set, String filter) {
        var query = new ArrayList<String>();
        if (set.abilities().pageable()) {
            query.add("$top=2");
        }
        if (!filter.isEmpty()) {
            query.add("$filter=" + Literals.encoded(filter));
        }
        Optional<PageRead> page;
        try {
            page = read(client, new PageRequest(target(set, query), 1, false, set.type()));
        } catch (Failure refused) {
            return new Probe(Optional.of(refused), OptionalLong.empty(), false, Paging.UNKNOWN);
        }
        var paging = page.map(Probe::paging).orElse(Paging.IGNORED);
        var rows = count(client, set, filter);
        boolean bounded = paging != Paging.IGNORED || rows.orElse(Long.MAX_VALUE) <= WHOLE_ROWS_MAX;
        boolean tracked = !set.abilities().deltas() && bounded && tracked(client, set, filter);
        return new Probe(Optional.empty(), rows, tracked, paging);
    }

    private static Paging paging(PageRead page) {
        if (page.next().isPresent()) {
            return Paging.HEEDED;
        }
        return page.rows() > 1 ? Paging.IGNORED : Paging.UNKNOWN;
    }

    private static String target(EntitySet set, List<String> query) {
        return query.isEmpty() ? set.name() : set.name() + "?" + String.join("&", query);
    }

    /**
     * A tracked read of the operational delta queue begins a subscription and may end the one there is. Its sets declare
     * their delta tokens, so they are never asked this way.
     */
    private static boolean tracked(ODataClient client, EntitySet set, String filter) {
        var query = filter.isEmpty() ? List.<String>of() : List.of("$filter=" + Literals.encoded(filter));
        try {
            return read(client, new PageRequest(target(set, query), 1, true, set.type()))
                    .map(PageRead::tracked)
                    .orElse(false);
        } catch (Failure refused) {
            return false;
        }
    }

    /** Reads a page; empty when more rows come than a page of one has. */
    private static Optional<PageRead> read(ODataClient client, PageRequest request) {
        try {
            return Optional.of(client.read(request, new FewRows()));
        } catch (Enough more) {
            return Optional.empty();
        }
    }

    private static OptionalLong count(ODataClient client, EntitySet set, String filter) {
        if (!set.abilities().countable()) {
            return OptionalLong.empty();
        }
        try {
            var query = filter.isEmpty() ? "" : "?$filter=" + Literals.encoded(filter);
            return OptionalLong.of(client.count(set.name() + "/$count" + query));
        } catch (Failure notCounted) {
            return OptionalLong.empty();
        }
    }
}
