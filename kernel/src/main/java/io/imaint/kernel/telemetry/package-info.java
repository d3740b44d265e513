/** Telemetry: meters that Prometheus scrapes, and logs that carry the request's id. */
@NullMarked
package io.imaint.kernel.telemetry;

import org.jspecify.annotations.NullMarked;
