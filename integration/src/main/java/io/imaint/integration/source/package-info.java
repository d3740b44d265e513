/** The SAP system as it is configured: access with patience, its clock, and the rows of a page. */
@NullMarked
package io.imaint.integration.source;

import org.jspecify.annotations.NullMarked;
