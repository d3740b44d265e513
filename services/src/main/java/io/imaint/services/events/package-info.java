/** Live events: tells each caller which documents have changed, so that what they look at is never old. */
@NullMarked
package io.imaint.services.events;

import org.jspecify.annotations.NullMarked;
