/** Tests of the dead letters of facts. */
@NullMarked
package io.imaint.services.facts;

import org.jspecify.annotations.NullMarked;
