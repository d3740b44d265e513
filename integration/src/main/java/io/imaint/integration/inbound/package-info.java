/** Inbound: brings SAP's data into the store, integration by integration, and is the only writer of it. */
@NullMarked
package io.imaint.integration.inbound;

import org.jspecify.annotations.NullMarked;
