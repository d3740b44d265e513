/** The SAP system as it is configured, the session with it, and its clock. */
@NullMarked
package io.imaint.integration.source;

import org.jspecify.annotations.NullMarked;
