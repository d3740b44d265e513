/** Work orders: find the maintenance work of a plant and see what one order consists of. */
@NullMarked
package io.imaint.services.workorder;

import org.jspecify.annotations.NullMarked;
