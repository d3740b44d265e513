package io.imaint.integration.delta;

import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.odata.Row;
import io.imaint.integration.state.DeadLetter;
import io.imaint.store.Document;
import io.imaint.store.replica.Replicas;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes the few rows that were asked for by key. */
final class ReconciliationRows implements DeltaPages.Sink {
    private final RowMapping mapping;
    private final Consumer<@Nullable String> stamps;
    private final Map<String, Document> documents = new HashMap<>();
    private final Set<String> unreadable = new HashSet<>();
    private boolean unknown;

    /** @param stamps hears the change stamp of each row */
    ReconciliationRows(RowMapping mapping, Consumer<@Nullable String> stamps) {
        this.mapping = mapping;
        this.stamps = stamps;
    }

    /** The document of the row with an id; null when it did not come. */
    @Nullable
    Document document(String id) {
        return documents.get(id);
    }

    /** Whether the row of an id may have come and could not be read. */
    boolean unreadable(String id) {
        return unknown || unreadable.contains(id);
    }

    @Override
    public void begin() {}

    @Override
    public void row(Row row) {
        var document = DeltaPages.Unmappable.unless(() -> mapping.document(row));
        stamps.accept(mapping.stamp(row));
        documents.put(document.text(Replicas.ID).orElseThrow(), document);
    }

    @Override
    public void unreadable(DeadLetter letter) {
        var id = letter.row();
        if (id == null) {
            unknown = true;
        } else {
            unreadable.add(id);
        }
    }

    @Override
    public void end() {}
}
