/** The commands to SAP that were accepted, and how far each has come; services write them, outbound posts them. */
@NullMarked
package io.imaint.store.outbox;

import org.jspecify.annotations.NullMarked;
