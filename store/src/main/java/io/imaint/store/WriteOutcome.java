package io.imaint.store;

import java.util.Optional;

/** What became of a conditional write, and what stands there now. */
record WriteOutcome(boolean done, Optional<Paging.Found> stands) {}
