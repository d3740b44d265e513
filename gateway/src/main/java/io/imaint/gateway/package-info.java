/** The API gateway as a service: its settings, its start, the proxies that it serves and those of the demo landscape. */
@NullMarked
package io.imaint.gateway;

import org.jspecify.annotations.NullMarked;
