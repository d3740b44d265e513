/** The perimeter: address sets and rules that decide before any proxy sees a request. */
@NullMarked
package io.imaint.gateway.edge;

import org.jspecify.annotations.NullMarked;
