/** Work orders and notifications: find what is wrong and what is being done in a plant, and see what one of them consists of. */
@NullMarked
package io.imaint.services.workorder;

import org.jspecify.annotations.NullMarked;
