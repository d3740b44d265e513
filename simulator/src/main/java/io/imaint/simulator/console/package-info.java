/** The desk of the simulated system's administrator: one list of operations behind a JSON interface, pages and the command line. */
@NullMarked
package io.imaint.simulator.console;

import org.jspecify.annotations.NullMarked;
