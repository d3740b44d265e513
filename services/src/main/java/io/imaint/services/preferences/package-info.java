/** Mobile preferences: which features the mobile app has for whom, how it begins, and the plant and shift users choose. */
@NullMarked
package io.imaint.services.preferences;

import org.jspecify.annotations.NullMarked;
