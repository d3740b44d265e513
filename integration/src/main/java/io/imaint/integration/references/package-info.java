/** References between documents and the fields that are copied along them: copied before a write, corrected after a change. */
@NullMarked
package io.imaint.integration.references;

import org.jspecify.annotations.NullMarked;
