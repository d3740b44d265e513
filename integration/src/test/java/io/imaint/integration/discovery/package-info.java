/** Tests of discovery against Gateways of a few canned answers. */
@NullMarked
package io.imaint.integration.discovery;

import org.jspecify.annotations.NullMarked;
