/**
 * Documents: kept by collection and key, found by declared indexes, changed by revision, announced by position; the
 * same on SQLite and on MongoDB.
 */
@NullMarked
package io.imaint.store;

import org.jspecify.annotations.NullMarked;
