package io.imaint.store;

/**
 * A document as it stands in a collection.
 *
 * @param rev how often it was written, from 1; a conditional replace names it
 * @param position its last write's place in the store's change sequence; 0 in a collection that is not synchronised
 */
public record Stored<T>(String key, long rev, long position, T value) {}
