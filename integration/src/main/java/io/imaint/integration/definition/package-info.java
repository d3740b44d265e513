/** What is replicated, as data that an administrator may edit: integrations, their mappings, and how a row becomes a document. */
@NullMarked
package io.imaint.integration.definition;

import org.jspecify.annotations.NullMarked;
