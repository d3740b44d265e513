package io.imaint.integration.references;

import io.imaint.integration.definition.StrictDocument;
import io.imaint.store.Document;
import io.imaint.store.replica.Replicas;

/** The references of a collection from their document. */
final class ReferencesCodec {
    private ReferencesCodec() {}

    static CollectionReferences read(Document document) {
        var name = document.get("collection") instanceof String text ? text : "without a collection";
        var in = new StrictDocument(document, "references of '" + name + "'");
        var read = new CollectionReferences(in.text("collection"), in.documents("lines", ReferencesCodec::line));
        in.end();
        return read;
    }

    private static Line line(StrictDocument in) {
        var first = in.optionalText("first");
        var line = first.isPresent()
                ? new First(
                        first.get(),
                        in.texts("of").stream().map(First.Source::parsed).toList())
                : reference(in);
        in.end();
        return line;
    }

    private static Reference reference(StrictDocument in) {
        var reference = new Reference(
                in.text("reference"),
                in.texts("by"),
                in.texts("mayBeEmpty"),
                in.text("to"),
                in.optionalText("match").orElse(Replicas.ID),
                in.document("when").map(ReferencesCodec::when).orElse(null),
                in.documents("take", ReferencesCodec::taken));
        if (reference.by().isEmpty() || !reference.by().containsAll(reference.mayBeEmpty())) {
            throw in.invalid("reference '%s' needs 'by', and 'mayBeEmpty' names some of these fields"
                    .formatted(reference.name()));
        }
        return reference;
    }

    private static Reference.When when(StrictDocument in) {
        var when = new Reference.When(in.text("field"), in.text("is"));
        in.end();
        return when;
    }

    private static Taken taken(StrictDocument in) {
        var taken = new Taken(in.text("from"), in.text("to"));
        in.end();
        return taken;
    }
}
