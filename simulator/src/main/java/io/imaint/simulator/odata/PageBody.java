package io.imaint.simulator.odata;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.simulator.odata.SkipToken.OfRows;
import io.imaint.simulator.plant.PlantData.Rows;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One page of rows, written while they are read. Only one row and the writer's buffer are held, however many rows the
 * page and the set have.
 *
 * @param rows those that follow the page before
 * @param sizeMax the most rows the page may have
 * @param count the number of all rows where the caller asked for it, else {@link SkipToken#NONE}
 */
record PageBody(Rows rows, QueryOptions options, int sizeMax, long count, EntityWriter writer, PageEnd end)
        implements Answer.Body {

    static final byte[] BEGIN = "{\"d\":{\"results\":[".getBytes(UTF_8);

    @Override
    public void writeTo(OutputStream stream) throws IOException {
        var out = new Utf8Writer(stream, Utf8Writer.BUFFER_BYTES);
        out.raw(BEGIN);
        var next = writeRows(out);
        out.raw(']');
        if (options.counted()) {
            out.ascii(",\"__count\":\"" + count + "\"");
        }
        end.write(next, out);
        out.ascii("}}");
        out.flush();
    }

    /** Where the page ended if more rows follow. */
    private Optional<SkipToken> writeRows(Utf8Writer out) throws IOException {
        var set = options.projection().set();
        var row = new @Nullable Object[set.properties().size()];
        if (options.token().isEmpty()) {
            for (long skipped = 0; skipped < options.skip(); skipped++) {
                if (!rows.next(row)) {
                    return Optional.empty();
                }
            }
        }
        var last = new @Nullable Object[row.length];
        int copied = options.order().byKey() ? set.keyLength() : row.length;
        long top = topLeft() == SkipToken.NONE ? Long.MAX_VALUE : topLeft();
        long size = Math.min(sizeMax, top);
        long written = 0;
        while (written < size && rows.next(row)) {
            if (written++ > 0) {
                out.raw(',');
            }
            writer.write(row, out);
            System.arraycopy(row, 0, last, 0, copied);
        }
        boolean more = written == size && top > size && rows.next(row);
        return more || (written > 0 && end.links().quirks().emptyLastPage())
                ? Optional.of(token(last, written))
                : Optional.empty();
    }

    private SkipToken token(@Nullable Object[] last, long written) {
        var key = new ArrayList<String>();
        for (int i = 0; i < options.projection().set().keyLength(); i++) {
            key.add(Filter.text(last[i]));
        }
        return new OfRows(
                key,
                options.order().position(last),
                topLeft() == SkipToken.NONE ? SkipToken.NONE : topLeft() - written,
                count,
                end.tracked());
    }

    private long topLeft() {
        return options.token().orElse(null) instanceof OfRows token ? token.topLeft() : options.top();
    }
}
