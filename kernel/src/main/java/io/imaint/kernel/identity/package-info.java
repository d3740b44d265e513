/** Who acts: the caller of a request or a part of the system itself, what it may do, and which plants it may see. */
@NullMarked
package io.imaint.kernel.identity;

import org.jspecify.annotations.NullMarked;
