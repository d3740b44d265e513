/** Outbound: posts the commands of the outbox to SAP, each once in effect. */
@NullMarked
package io.imaint.integration.outbound;

import org.jspecify.annotations.NullMarked;
