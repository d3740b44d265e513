/** The administration of the simulated system: one list of operations behind a JSON interface, pages and the command line. */
@NullMarked
package io.imaint.simulator.console;

import org.jspecify.annotations.NullMarked;
