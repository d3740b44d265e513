package io.imaint.simulator.odata;

import io.imaint.simulator.state.SapMessage;
import java.util.Optional;

/** The virus scan that each uploaded file passes. Safe for use by many threads. */
public interface UploadScan {
    /** Finds nothing in anything. */
    UploadScan OFF = content -> Optional.empty();

    /** What was found in a file, as SAP says it; empty when it may be kept. */
    Optional<SapMessage> scan(byte[] content);
}
