/** Settings of the organization: what may be set at which level, what customers have set, and which value holds. */
@NullMarked
package io.imaint.services.settings;

import org.jspecify.annotations.NullMarked;
