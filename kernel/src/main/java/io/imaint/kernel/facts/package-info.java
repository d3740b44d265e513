/** Facts: what happened, as records named in the past tense, made durable by the write that made them true. */
@NullMarked
package io.imaint.kernel.facts;

import org.jspecify.annotations.NullMarked;
