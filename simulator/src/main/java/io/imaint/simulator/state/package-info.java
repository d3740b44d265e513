/** The plant as it is now: what was changed since it was generated or extracted, kept in a journal over the unchanging rows. */
@NullMarked
package io.imaint.simulator.state;

import org.jspecify.annotations.NullMarked;
