/** What loads, deltas and reconciliations share: how rows are read from SAP, judged, completed and written. */
@NullMarked
package io.imaint.integration.pipeline;

import org.jspecify.annotations.NullMarked;
