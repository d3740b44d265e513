/** Problems: every failure is a code that says whose matter it is and what to do about it. */
@NullMarked
package io.imaint.kernel.problem;

import org.jspecify.annotations.NullMarked;
