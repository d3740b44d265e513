package io.imaint.integration.state;

import io.imaint.store.Documents.Upserted;

/**
 * What a load has done up to its checkpoint.
 *
 * @param keptAside rows that could not be loaded and are kept with their reasons instead; not among those read
 */
public record Counters(long rowsRead, long inserted, long updated, long unchanged, long pages, long keptAside) {
    public static final Counters NONE = new Counters(0, 0, 0, 0, 0, 0);

    public Counters plusPage(long rows, Upserted upserted, long aside) {
        return plus(new Counters(rows, upserted.inserted(), upserted.updated(), upserted.unchanged(), 1, aside));
    }

    Counters plus(Counters other) {
        return new Counters(
                rowsRead + other.rowsRead,
                inserted + other.inserted,
                updated + other.updated,
                unchanged + other.unchanged,
                pages + other.pages,
                keptAside + other.keptAside);
    }

    /**
     * Corrected by how many documents a load really added. A page that was cut off has written rows that no checkpoint
     * counted; read again they look unchanged, though this load inserted them.
     */
    public Counters withInserted(long really) {
        long missed = Math.clamp(really - inserted, 0, unchanged);
        return new Counters(rowsRead, inserted + missed, updated, unchanged - missed, pages, keptAside);
    }
}
