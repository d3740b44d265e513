package io.imaint.integration.outbound;

import io.imaint.integration.odata.Literals;
import io.imaint.integration.odata.ODataChange;
import io.imaint.store.Contents;
import io.imaint.store.Document;
import io.imaint.store.outbox.OutboxItem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The files that commands upload: in the store until SAP has them, or nobody wants them any more. */
final class Uploads {
    /** As SAP limits a file; larger ones are not accepted from people either. */
    private static final int FILE_BYTES_MAX = 20 << 20;

    /** The field of an attachment's values that names the stored content. */
    private static final String CONTENT = "content";

    private final Contents contents;

    Uploads(Contents contents) {
        this.contents = contents;
    }

    /** The request that uploads the file of a command. */
    ODataChange change(Job job) {
        var values = job.values().copy();
        var id = values.text(CONTENT)
                .orElseThrow(() -> OutboundProblem.COMMAND_VALUE_UNFIT.because(CONTENT + " is missing"));
        var content = contents.find(id)
                .orElseThrow(() -> OutboundProblem.COMMAND_VALUE_UNFIT.because("the content %s is gone".formatted(id)));
        if (content.size() > FILE_BYTES_MAX) {
            throw OutboundProblem.COMMAND_VALUE_UNFIT.because(
                    "the file has more than %,d bytes".formatted(FILE_BYTES_MAX));
        }
        var named = new Document();
        values.forEach((field, value) -> {
            if (!field.equals(CONTENT) && !field.equals("mimeType") && !field.equals("sizeBytes")) {
                named.put(field, value);
            }
        });
        var properties =
                new LinkedHashMap<String, @Nullable Object>(job.way().fields().properties(named));
        properties.put(Posting.EXTERNAL_ID, job.item().id());
        var slug = properties.entrySet().stream()
                .map(pair ->
                        pair.getKey() + "='" + String.valueOf(pair.getValue()).replace("'", "''") + "'")
                .collect(Collectors.joining(","));
        return ODataChange.upload(
                job.way().set(),
                bytes(id),
                content.mediaType(),
                Literals.encoded(slug),
                job.way().type());
    }

    private byte[] bytes(String content) {
        try (var stream = contents.open(content).orElseThrow()) {
            return stream.readAllBytes();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Removes the file of an upload after which nothing follows; one that may be sent again keeps it. */
    void forget(OutboxItem item) {
        if (item.state().settled()) {
            item.request().values().text(CONTENT).ifPresent(contents::remove);
        }
    }
}
