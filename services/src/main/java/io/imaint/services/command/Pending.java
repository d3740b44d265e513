package io.imaint.services.command;

import io.imaint.kernel.http.Description;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.OutboxItem.State;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A command about an object that SAP has not carried out yet, or whose result has not been replicated yet. */
public record Pending(
        @Description("The id of the item in the outbox") String id,

        Command command,
        State state,

        @Description("SAP's words, or why it waits") @Nullable
        String message,

        @Description("What was entered: fields and values") Map<String, @Nullable Object> values,

        @Description("The fields of the object that it changes")
        List<Change> changes) {
    public Pending {
        changes = List.copyOf(changes);
    }

    /** A field that a command changes. */
    public record Change(
            String field,

            @Description("The value in SAP, as last replicated") @Nullable
            Object from,

            @Description("The value that was entered") @Nullable
            Object to,

            State state,
            @Nullable String message) {}
}
