/** What inbound replication writes down: positions and leases, runs, rows kept aside, and the system that is loaded. */
@NullMarked
package io.imaint.integration.state;

import org.jspecify.annotations.NullMarked;
