/** Everything that goes wrong between a caller and SAP, to order: written in one line of text, and repeatable. */
@NullMarked
package io.imaint.simulator.faults;

import org.jspecify.annotations.NullMarked;
