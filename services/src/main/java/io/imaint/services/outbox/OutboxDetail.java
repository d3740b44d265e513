package io.imaint.services.outbox;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.identity.Caller;
import io.imaint.store.Document;
import io.imaint.store.outbox.OutboxItem;
import io.imaint.store.outbox.OutboxLine;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An item of the outbox with all that was asked, answered and done. */
record OutboxDetail(
        @JsonUnwrapped OutboxLine line,

        @Description("The id of the document that it changes or acts on; null where it creates one") @Nullable
        String key,

        @Description("The fields of the new object, the changed fields, or the parameters of the action")
        Document values,

        @Description("The changed fields as the user saw them")
        Document base,

        @Description("The object as SAP answered it") @Nullable
        Document answer,

        @Description("Fields whose values SAP has yet to give: the id of the item that creates the object")
        Map<String, String> references,

        @Description("What was sent and what people did, the oldest first")
        List<OutboxItem.Event> history,

        @Description("Whether the caller may have it sent again or give it up, where its state allows that")
        boolean mayDecide,

        @Description("The fields that the caller may correct; null where that is any") @Nullable
        List<String> correctable) {
    /** @param repairs whether the caller may decide about any item, and correct any field */
    static OutboxDetail of(OutboxItem item, Caller caller, boolean repairs) {
        var request = item.request();
        return new OutboxDetail(
                OutboxLine.of(item),
                request.key(),
                request.values(),
                request.base(),
                item.outcome().answer(),
                request.references(),
                item.history(),
                repairs || OwnEntries.mayDecide(item, caller),
                repairs ? null : OwnEntries.correctable(item));
    }
}
