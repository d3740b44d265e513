/** Finds out what a SAP system offers for replication, and proposes integrations for it. */
@NullMarked
package io.imaint.integration.discovery;

import org.jspecify.annotations.NullMarked;
