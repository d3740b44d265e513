/** The delta job: fetches the changes of each integration at its times, without overlap, and holds what cannot work. */
@NullMarked
package io.imaint.integration.schedule;

import org.jspecify.annotations.NullMarked;
