/** The policies, one class for each. */
@NullMarked
package io.imaint.gateway.policy;

import org.jspecify.annotations.NullMarked;
