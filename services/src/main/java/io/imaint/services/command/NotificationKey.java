package io.imaint.services.command;

import io.imaint.kernel.identifiers.Identifier;
import io.imaint.kernel.identifiers.NotificationNumber;

/** The number of a notification, or the id of the outbox item that creates it. */
public record NotificationKey(String value) implements Identifier {
    public static final int LENGTH = ItemIds.LENGTH;

    public NotificationKey {
        var typed = value;
        value = ItemIds.id(typed).orElseGet(() -> new NotificationNumber(typed).value());
    }

    @Override
    public String toString() {
        return value;
    }
}
