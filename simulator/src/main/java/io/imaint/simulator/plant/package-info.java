/** The plant behind the service: rows of each entity set, made by the generator or read from a user's own extract. */
@NullMarked
package io.imaint.simulator.plant;

import org.jspecify.annotations.NullMarked;
