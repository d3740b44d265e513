package io.imaint.services.workorder;

import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Projected;
import io.imaint.services.command.Expected;
import io.imaint.services.command.Pending;
import io.imaint.store.Document;
import io.imaint.store.Query;
import io.imaint.store.RecordCodec;
import io.imaint.store.outbox.Command;
import io.imaint.store.outbox.OutboxItem;
import io.imaint.store.replica.ReplicaView;
import io.imaint.store.replica.Replicas;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The files of an order or a notification: above those that SAP has, those that are on their way. */
record AttachedFiles(ReplicaView seen) {
    /** The field of an upload that names the file in the store. */
    static final String CONTENT = "content";

    private static final RecordCodec<Pending> PENDING = RecordCodec.of(Pending.class);

    Listing<Projected<AttachedFile>> page(Expected object, String objectType, int limit, @Nullable String after) {
        var ofObject = AttachedFile.of(objectType, object.anchor());
        var page = seen.page(
                Replicas.ATTACHMENTS,
                AttachedFile.class,
                Query.where(ofObject).limit(limit).after(after));
        if (after != null) {
            return page;
        }
        var projection = Replicas.ATTACHMENTS.projected(AttachedFile.class);
        var lines = new ArrayList<Projected<AttachedFile>>();
        for (int i = 0; i < object.items().size(); i++) {
            var item = object.items().get(i);
            if (item.command() == Command.UPLOAD_ATTACHMENT && !replicated(item)) {
                lines.add(projection.read(underWay(item, object.pending().get(i))));
            }
        }
        lines.addAll(page.items());
        return new Listing<>(lines, page.next(), page.total());
    }

    /** How many files an object has, and the contents of those that are on their way. */
    AttachmentRoom.Files count(Expected object, String objectType) {
        var underWay = object.items().stream()
                .filter(item -> item.command() == Command.UPLOAD_ATTACHMENT && !replicated(item))
                .map(item -> item.request().values().text(CONTENT).orElse(item.id()))
                .collect(Collectors.toSet());
        long inSap = seen.documents(Replicas.ATTACHMENTS).count(AttachedFile.of(objectType, object.anchor()));
        return new AttachmentRoom.Files(inSap, underWay);
    }

    private boolean replicated(OutboxItem item) {
        var number = item.outcome().sapNumber();
        return number != null
                && seen.documents(Replicas.ATTACHMENTS).find(number).isPresent();
    }

    /** A file as it will be shown; the item's id stands for the number that SAP has not given yet. */
    private static Document underWay(OutboxItem item, Pending pending) {
        var values = item.request().values();
        var document = new Document();
        for (var field : List.of("description", "fileName", "mimeType", "sizeBytes")) {
            document.put(field, values.get(field));
        }
        return document.put("documentType", "")
                .put("document", item.id())
                .put("version", "")
                .put("part", "")
                .put("createdBy", item.request().byName())
                .put("createdOn", LocalDate.ofInstant(item.acceptedAt(), ZoneOffset.UTC))
                .put("pending", List.of(PENDING.write(pending)));
    }
}
