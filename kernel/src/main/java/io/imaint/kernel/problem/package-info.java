/** Problems: every failure has a code, a blame and a remedy. */
@NullMarked
package io.imaint.kernel.problem;

import org.jspecify.annotations.NullMarked;
