package io.imaint.store.outbox;

import io.imaint.kernel.facts.Fact;

/** A person had a failed or held command sent again. */
public record CommandResubmitted(String command, String object, boolean edited) implements Fact {}
