/** Dump, restore, reset and switch: the replicated data and its states, as files and in the store. */
@NullMarked
package io.imaint.integration.archive;

import org.jspecify.annotations.NullMarked;
