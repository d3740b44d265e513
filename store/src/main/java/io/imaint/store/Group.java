package io.imaint.store;

/**
 * A group of documents in the answer to an {@link Aggregation}.
 *
 * @param by what they have in common, by the names of the groupings
 * @param figures what was measured, by the names of the measures
 */
public record Group(Document by, Document figures) {}
