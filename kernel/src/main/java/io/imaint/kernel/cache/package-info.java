/** What processes may forget: cached values and counters, within a process or shared by all. */
@NullMarked
package io.imaint.kernel.cache;

import org.jspecify.annotations.NullMarked;
