/** The simulated SAP Gateway as a server: its settings, its log-on and its HTTP. */
@NullMarked
package io.imaint.simulator;

import org.jspecify.annotations.NullMarked;
