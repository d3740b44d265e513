package io.imaint.simulator.odata;

import io.imaint.simulator.odata.SkipToken.OfChanges;
import io.imaint.simulator.state.PlantState.Changed;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One page of changes. A row that was deleted, or is no longer what the caller asked for, comes as a tombstone: its key
 * alone.
 *
 * @param changes those that follow the page before, each row once
 * @param sizeMax the most rows the page may have
 * @param changed writes a row as it is now
 * @param deleted writes a tombstone
 */
record ChangesBody(
        Iterable<Changed> changes, Filter filter, int sizeMax, EntityWriter changed, EntityWriter deleted, PageEnd end)
        implements Answer.Body {

    @Override
    public void writeTo(OutputStream stream) throws IOException {
        var out = new Utf8Writer(stream, Utf8Writer.BUFFER_BYTES);
        out.raw(PageBody.BEGIN);
        var next = writeRows(out);
        out.raw(']');
        end.write(next, out);
        out.ascii("}}");
        out.flush();
    }

    /** Where the page ended if more changes follow. */
    private Optional<SkipToken> writeRows(Utf8Writer out) throws IOException {
        long last = 0;
        int written = 0;
        boolean more = end.links().quirks().emptyLastPage();
        for (var change : changes) {
            if (written == sizeMax) {
                more = true;
                break;
            }
            if (written++ > 0) {
                out.raw(',');
            }
            write(change, out);
            last = change.sequence();
        }
        return more && written > 0
                ? Optional.of(new OfChanges(last, end.tracked().orElseThrow()))
                : Optional.empty();
    }

    private void write(Changed change, Utf8Writer out) throws IOException {
        var values = change.values();
        if (values == null) {
            deleted.write(change.key().toArray(new @Nullable Object[0]), out);
        } else if (filter.matches(values)) {
            changed.write(values, out);
        } else {
            deleted.write(values, out);
        }
    }
}
