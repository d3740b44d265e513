/** The cache and the counters that processes share through Redis. */
@NullMarked
package io.imaint.store.cache;

import org.jspecify.annotations.NullMarked;
