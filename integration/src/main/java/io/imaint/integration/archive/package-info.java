/** The replicated data and what the integrations know of it, taken out of the store, kept in files and brought back. */
@NullMarked
package io.imaint.integration.archive;

import org.jspecify.annotations.NullMarked;
