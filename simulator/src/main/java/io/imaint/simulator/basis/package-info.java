/** Everything of the simulated SAP system that is not business data: users, sessions, roles, services, transports. */
@NullMarked
package io.imaint.simulator.basis;

import org.jspecify.annotations.NullMarked;
