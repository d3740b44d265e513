package io.imaint.services.outbox;

import io.imaint.kernel.facts.Fact;
import java.time.Instant;

/** Commands wait for SAP for too long; said once until the oldest is young enough again. */
record PostingDelayed(long waiting, Instant queuedAt) implements Fact {}
