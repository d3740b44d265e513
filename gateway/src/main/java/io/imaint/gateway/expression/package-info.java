/** The language of conditions and of message templates. */
@NullMarked
package io.imaint.gateway.expression;

import org.jspecify.annotations.NullMarked;
