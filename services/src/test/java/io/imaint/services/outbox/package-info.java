/** Tests of the outbox over HTTP. */
@NullMarked
package io.imaint.services.outbox;

import org.jspecify.annotations.NullMarked;
