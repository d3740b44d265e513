package io.imaint.store.outbox;

import io.imaint.kernel.facts.Fact;

/** SAP carried out a command. */
public record CommandPosted(String command, String object, String sapNumber) implements Fact {}
