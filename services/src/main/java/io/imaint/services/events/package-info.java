/** Live events: streams the changes of documents to the callers who may read them. */
@NullMarked
package io.imaint.services.events;

import org.jspecify.annotations.NullMarked;
