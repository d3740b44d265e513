/** The {@code $batch} of an OData service: many requests in one, some of them all or none. */
@NullMarked
package io.imaint.simulator.batch;

import org.jspecify.annotations.NullMarked;
