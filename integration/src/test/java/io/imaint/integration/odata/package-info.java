/** Proof of the OData client against raw, foreign and misbehaving servers. */
@NullMarked
package io.imaint.integration.odata;

import org.jspecify.annotations.NullMarked;
