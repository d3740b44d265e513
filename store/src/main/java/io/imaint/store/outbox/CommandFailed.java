package io.imaint.store.outbox;

import io.imaint.kernel.facts.Fact;

/**
 * SAP refused a command, which a person has to correct or discard.
 *
 * @param by the id of the user who entered it
 */
public record CommandFailed(String command, String object, String by, String code, String message) implements Fact {}
