/** Runs a request through the flows of a proxy: messages, variables, faults, and the compiled plan. */
@NullMarked
package io.imaint.gateway.flow;

import org.jspecify.annotations.NullMarked;
