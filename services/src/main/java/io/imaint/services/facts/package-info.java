/** The dead letters of facts: what a consumer could not take, and how it is given to it again. */
@NullMarked
package io.imaint.services.facts;

import org.jspecify.annotations.NullMarked;
