/** The HTTP server as the API and the simulator see it. What is behind it, Jetty, is known in this package alone. */
@NullMarked
package io.imaint.kernel.http.server;

import org.jspecify.annotations.NullMarked;
