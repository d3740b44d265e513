/** Telemetry: metrics for Prometheus, and logs with the request's id. */
@NullMarked
package io.imaint.kernel.telemetry;

import org.jspecify.annotations.NullMarked;
