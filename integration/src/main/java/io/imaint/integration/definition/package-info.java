/** The integrations as data that administrators edit, with their mappings, and how a row becomes a document. */
@NullMarked
package io.imaint.integration.definition;

import org.jspecify.annotations.NullMarked;
