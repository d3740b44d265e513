package io.imaint.integration.inbound;

import io.imaint.kernel.problem.Failure;
import io.imaint.store.CollectionType.Codec;
import io.imaint.store.Document;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** An integration as a document: flat, but for the mapping's lines, the counters, the checkpoint and the error. */
final class IntegrationCodec {
    static final Codec<Integration> CODEC = new Codec<>(IntegrationCodec::write, IntegrationCodec::read);

    private IntegrationCodec() {}

    static Document write(Integration integration) {
        var mapping = integration.mapping();
        var run = integration.run();
        return new Document()
                .put("name", integration.name())
                .put("entitySet", mapping.entitySet())
                .put("collection", mapping.collection())
                .put("keys", mapping.keys())
                .put("pageSize", integration.pageSize())
                .put("dependsOn", integration.dependsOn())
                .put("status", integration.status().number())
                .put(
                        "fields",
                        mapping.fields().stream().map(IntegrationCodec::field).toList())
                .put("counters", counters(run.counters()))
                .put("total", run.total())
                .put("checkpoint", checkpoint(run.checkpoint()))
                .put("loadedAt", run.loadedAt())
                .put("startedAt", run.startedAt())
                .put("lastError", error(run.lastError()))
                .put(
                        "lastDurationMs",
                        run.lastDuration() == null ? null : run.lastDuration().toMillis())
                .put("system", run.system())
                .put("fence", run.fence())
                .put("absentProperties", run.absentProperties());
    }

    private static Document field(Field field) {
        var document = new Document().put("from", field.from()).put("to", field.to());
        if (field.convert() != Conversion.TEXT) {
            document.put("convert", field.convert().word());
        }
        if (field.optional()) {
            document.put("optional", true);
        }
        if (!field.precedence().isEmpty()) {
            document.put("precedence", field.precedence());
        }
        return document;
    }

    private static Document counters(Counters counters) {
        return new Document()
                .put("rowsRead", counters.rowsRead())
                .put("inserted", counters.inserted())
                .put("updated", counters.updated())
                .put("unchanged", counters.unchanged())
                .put("pages", counters.pages());
    }

    private static @Nullable Document checkpoint(@Nullable Checkpoint checkpoint) {
        return checkpoint == null
                ? null
                : new Document()
                        .put("first", checkpoint.first())
                        .put("next", checkpoint.next())
                        .put("done", checkpoint.done())
                        .put("delta", checkpoint.delta())
                        .put("documentsBefore", checkpoint.documentsBefore());
    }

    private static @Nullable Document error(@Nullable LastError error) {
        return error == null
                ? null
                : new Document()
                        .put("code", error.code())
                        .put("detail", error.detail())
                        .put("remedy", error.remedy())
                        .put("at", error.at());
    }

    static Integration read(Document document) {
        var name = document.get("name") instanceof String text ? text : "without a name";
        var in = new StrictDocument(document, "Integrations '" + name + "'");
        try {
            var integration = new Integration(
                    in.text("name"), mapping(in), pageSize(in), in.texts("dependsOn"), status(in), run(in));
            in.end();
            return integration;
        } catch (Failure failed) {
            // The values' own checks do not know whose they are.
            throw failed.detail().startsWith("Integrations '") ? failed : in.invalid(failed.detail());
        }
    }

    private static Mapping mapping(StrictDocument in) {
        return new Mapping(
                in.text("entitySet"),
                in.text("collection"),
                in.texts("keys"),
                in.documents("fields", IntegrationCodec::field));
    }

    private static Field field(StrictDocument in) {
        var word = in.optionalText("convert").orElse(Conversion.TEXT.word());
        var convert = Conversion.of(word).orElseThrow(() -> in.invalid("there is no convert '" + word + "'"));
        var field = new Field(in.text("from"), in.text("to"), convert, in.flag("optional"), in.texts("precedence"));
        in.end();
        return field;
    }

    private static @Nullable Integer pageSize(StrictDocument in) {
        var rows = in.optionalInteger("pageSize");
        return rows.isEmpty() ? null : Integer.valueOf(Math.clamp(rows.get(), 0, Integer.MAX_VALUE));
    }

    private static Status status(StrictDocument in) {
        long number = in.optionalInteger("status").orElse((long) Status.ACTIVE.number());
        return Status.of(number).orElseThrow(() -> in.invalid("'status' must be 0, 1, 3 or 4, not " + number));
    }

    private static Run run(StrictDocument in) {
        return new Run(
                in.document("counters").map(IntegrationCodec::counters).orElse(Counters.NONE),
                in.optionalInteger("total").orElse(null),
                in.document("checkpoint").map(IntegrationCodec::checkpoint).orElse(null),
                in.instant("loadedAt").orElse(null),
                in.instant("startedAt").orElse(null),
                in.document("lastError").map(IntegrationCodec::error).orElse(null),
                in.optionalInteger("lastDurationMs").map(Duration::ofMillis).orElse(null),
                in.optionalText("system").orElse(null),
                in.optionalInteger("fence").orElse(0L),
                in.texts("absentProperties"));
    }

    private static Counters counters(StrictDocument in) {
        var counters = new Counters(
                in.integer("rowsRead"),
                in.integer("inserted"),
                in.integer("updated"),
                in.integer("unchanged"),
                in.integer("pages"));
        in.end();
        return counters;
    }

    private static Checkpoint checkpoint(StrictDocument in) {
        var checkpoint = new Checkpoint(
                in.text("first"),
                in.optionalText("next").orElse(null),
                in.flag("done"),
                in.optionalText("delta").orElse(null),
                in.integer("documentsBefore"));
        in.end();
        return checkpoint;
    }

    private static LastError error(StrictDocument in) {
        var error = new LastError(
                in.text("code"),
                in.text("detail"),
                in.text("remedy"),
                in.instant("at").orElseThrow());
        in.end();
        return error;
    }
}
