package io.imaint.services.command;

import io.imaint.store.outbox.OutboxItem;
import java.util.Locale;
import java.util.Optional;

/** The ids of outbox items, by which an object is called until SAP has numbered it. */
final class ItemIds {
    /** Longer than any number of SAP's. */
    static final int LENGTH = 36;

    private ItemIds() {}

    /** The id in the form in which items have it; empty where the text is none. */
    static Optional<String> id(String text) {
        var typed = text.strip();
        return OutboxItem.ID.matcher(typed).matches() ? Optional.of(typed.toLowerCase(Locale.ROOT)) : Optional.empty();
    }
}
