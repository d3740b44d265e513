package io.imaint.integration.odata;

import java.time.Instant;
import java.util.Optional;

/**
 * A delta token that SAP holds open, as {@code DeltaLinksOf…} lists it.
 *
 * @param link leads to the changes since then
 * @param createdAt when SAP issued it
 * @param initialLoad whether it came from an initial load, not from a read of changes
 */
public record OpenDelta(DeltaLink link, Optional<Instant> createdAt, boolean initialLoad) {}
