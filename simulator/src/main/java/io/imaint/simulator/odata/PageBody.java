package io.imaint.simulator.odata;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.plant.PlantData;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One page of rows, written while they are read. Only one row and the writer's buffer are held, however many rows the
 * page and the set have.
 *
 * @param service the absolute address of the service
 * @param path what follows it, as it came
 * @param query as it came
 * @param sizeMax the most rows the page may have
 */
record PageBody(
        PlantData data, EntitySet set, QueryOptions options, String service, String path, String query, int sizeMax)
        implements Answer.Body {

    private static final byte[] BEGIN = "{\"d\":{\"results\":[".getBytes(UTF_8);

    @Override
    public void writeTo(OutputStream stream) throws IOException {
        var out = new Utf8Writer(stream, Utf8Writer.BUFFER_BYTES);
        var ranges = KeyRange.of(options.filter(), set);
        if (options.token().isPresent()) {
            ranges = KeyRange.behind(ranges, Cut.after(options.token().get().lastKey()));
        }
        var scan = new RowScan(data, set, options.filter(), ranges);
        out.raw(BEGIN);
        var row = new @Nullable Object[set.properties().size()];
        var next = writeRows(scan, row, out);
        out.raw(']');
        long count = count();
        if (options.counted()) {
            out.ascii(",\"__count\":\"" + count + "\"");
        }
        if (next.isPresent()) {
            out.ascii(",\"__next\":\"");
            var token = new SkipToken(
                    next.get(), topLeft() == SkipToken.NONE ? SkipToken.NONE : topLeft() - sizeMax, count);
            out.text(service + path + "?" + QueryOptions.continued(query, token));
            out.raw('"');
        }
        out.ascii("}}");
        out.flush();
    }

    /** The last key of the page when more rows follow it. */
    private Optional<List<String>> writeRows(RowScan scan, @Nullable Object[] row, Utf8Writer out) throws IOException {
        if (options.token().isEmpty()) {
            for (long skipped = 0; skipped < options.skip(); skipped++) {
                if (!scan.next(row)) {
                    return Optional.empty();
                }
            }
        }
        var writer = new EntityWriter(set, service, options);
        var lastKey = new @Nullable Object[set.keyLength()];
        long top = topLeft() == SkipToken.NONE ? Long.MAX_VALUE : topLeft();
        long size = Math.min(sizeMax, top);
        for (long written = 0; written < size; written++) {
            if (!scan.next(row)) {
                return Optional.empty();
            }
            if (written > 0) {
                out.raw(',');
            }
            writer.write(row, out);
            System.arraycopy(row, 0, lastKey, 0, lastKey.length);
        }
        if (top == size || !scan.next(row)) {
            return Optional.empty();
        }
        var key = new ArrayList<String>();
        for (var part : lastKey) {
            key.add(Filter.text(part));
        }
        return Optional.of(key);
    }

    private long topLeft() {
        return options.token().map(SkipToken::topLeft).orElse(options.top());
    }

    private long count() {
        if (!options.counted()) {
            return SkipToken.NONE;
        }
        long known = options.token().map(SkipToken::count).orElse(SkipToken.NONE);
        return known == SkipToken.NONE ? RowScan.count(data, set, options.filter()) : known;
    }
}
