/** What keeps a loaded collection current: deltas by token or change stamp, and the comparison that closes every gap. */
@NullMarked
package io.imaint.integration.delta;

import org.jspecify.annotations.NullMarked;
