package io.imaint.services.command;

import io.imaint.kernel.identifiers.Identifier;
import io.imaint.kernel.identifiers.OrderNumber;

/** The number of a work order, or the id of the outbox item that creates it. */
public record OrderKey(String value) implements Identifier {
    public static final int LENGTH = ItemIds.LENGTH;

    public OrderKey {
        var typed = value;
        value = ItemIds.id(typed).orElseGet(() -> new OrderNumber(typed).value());
    }

    @Override
    public String toString() {
        return value;
    }
}
