/** What documents copy from those they refer to: copied when they are written, and healed when either side changes. */
@NullMarked
package io.imaint.integration.references;

import org.jspecify.annotations.NullMarked;
