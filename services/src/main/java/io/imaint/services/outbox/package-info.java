/** The outbox over HTTP: what became of each command to SAP, and what people do about those that failed. */
@NullMarked
package io.imaint.services.outbox;

import org.jspecify.annotations.NullMarked;
