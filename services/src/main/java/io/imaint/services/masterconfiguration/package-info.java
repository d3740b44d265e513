/** Master configuration: the plants, functional locations and equipment on which maintenance is done. */
@NullMarked
package io.imaint.services.masterconfiguration;

import org.jspecify.annotations.NullMarked;
