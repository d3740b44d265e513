/** The delta job: runs the deltas of each integration on its schedule, and compares contents in the background. */
@NullMarked
package io.imaint.integration.schedule;

import org.jspecify.annotations.NullMarked;
