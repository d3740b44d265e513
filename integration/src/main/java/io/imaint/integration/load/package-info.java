/** The initial load of one integration: planned in key ranges, shared by leases, written page by page. */
@NullMarked
package io.imaint.integration.load;

import org.jspecify.annotations.NullMarked;
