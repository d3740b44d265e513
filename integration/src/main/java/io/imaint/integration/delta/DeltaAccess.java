package io.imaint.integration.delta;

import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.RowMapping;
import io.imaint.integration.odata.OpenDelta;
import io.imaint.integration.odata.PageRead;
import io.imaint.integration.odata.PageRequest;
import io.imaint.integration.odata.RowSink;
import io.imaint.integration.source.SapAccess;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** What deltas ask of SAP. Kept for the process's life, so that metadata is not fetched with each run. */
final class DeltaAccess {
    /** A run that fails each second does not fetch metadata of megabytes each second. */
    private static final Duration FORGET_EVERY = Duration.ofMinutes(1);

    private final InstantSource clock;
    private volatile Instant forgottenAt = Instant.EPOCH;
    private final SapAccess access;

    DeltaAccess(SapAccess access, InstantSource clock) {
        this.clock = clock;
        this.access = access;
    }

    /** The mapping of an integration, checked against the metadata as known. */
    RowMapping mapping(Integration integration) {
        return access.service(integration).mapping(integration);
    }

    /** Lets the metadata be fetched anew when it is needed next; false when it was not long ago. */
    boolean forgetMetadata(Integration integration) {
        var now = clock.instant();
        if (now.isBefore(forgottenAt.plus(FORGET_EVERY))) {
            return false;
        }
        forgottenAt = now;
        access.service(integration).forgetMetadata();
        return true;
    }

    PageRead read(Integration integration, PageRequest page, RowSink sink) {
        return access.service(integration).read(page, sink);
    }

    List<OpenDelta> deltaLinks(Integration integration) {
        return access.service(integration).deltaLinks(integration.mapping().entitySet());
    }
}
