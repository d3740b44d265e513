/** HTTP on the wire: the server for clients and the client for targets. */
@NullMarked
package io.imaint.gateway.wire;

import org.jspecify.annotations.NullMarked;
