/** Proof over the whole system: its shape, its flow, its crashes, its speed. */
@NullMarked
package io.imaint.checks;

import org.jspecify.annotations.NullMarked;
