package io.imaint.store.outbox;

import io.imaint.kernel.facts.Fact;

/** A person gave a command up. */
public record CommandDiscarded(String command, String object, String reason) implements Fact {}
