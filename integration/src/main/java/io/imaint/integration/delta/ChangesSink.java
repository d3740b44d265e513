package io.imaint.integration.delta;

import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.delta.DeltaPages.Unmappable;
import io.imaint.integration.odata.Row;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Takes changes to the writer as they come, page by page. */
final class ChangesSink implements DeltaPages.Sink {
    private final RowMapping mapping;
    private final DeltaWriter writer;
    private @Nullable String newest;

    ChangesSink(RowMapping mapping, DeltaWriter writer) {
        this.mapping = mapping;
        this.writer = writer;
    }

    @Override
    public void begin() {}

    @Override
    public void row(Row row) {
        writer.upsert(Unmappable.unless(() -> mapping.document(row)));
        var stamp = mapping.stamp(row);
        if (stamp != null && (newest == null || stamp.compareTo(newest) > 0)) {
            newest = stamp;
        }
    }

    @Override
    public void deleted(Row key) {
        writer.remove(Unmappable.unless(() -> mapping.id(key)));
    }

    @Override
    public void end() {
        writer.flush();
    }

    /** The newest change stamp that was seen. */
    @Nullable
    Instant newest() {
        return newest == null ? null : ChangeStamp.instant(newest);
    }
}
