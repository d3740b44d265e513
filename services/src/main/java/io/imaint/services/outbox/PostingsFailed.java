package io.imaint.services.outbox;

import io.imaint.kernel.facts.Fact;

/** Too many commands have failed and need somebody; said once until they are few enough again. */
record PostingsFailed(long failed) implements Fact {}
