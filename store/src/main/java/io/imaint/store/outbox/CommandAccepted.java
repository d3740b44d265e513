package io.imaint.store.outbox;

import io.imaint.kernel.facts.Fact;

/** A command to SAP stands in the outbox, to be sent as soon as its predecessors are posted. */
public record CommandAccepted(String command, String object) implements Fact {}
