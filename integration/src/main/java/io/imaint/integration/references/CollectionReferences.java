package io.imaint.integration.references;

import io.imaint.integration.definition.StrictDocument;
import io.imaint.integration.references.Reference.CopiedField;
import io.imaint.integration.references.ReferenceRule.FirstNonNull;
import io.imaint.store.Document;
import io.imaint.store.replica.Replicas;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** The rules by which the documents of one collection are resolved, in this order. */
record CollectionReferences(String collection, List<ReferenceRule> rules) {
    CollectionReferences {
        rules = List.copyOf(rules);
    }

    static CollectionReferences read(Document document) {
        var name = document.get("collection") instanceof String text ? text : "without a collection";
        return whole(
                new StrictDocument(document, "references of '" + name + "'"),
                in -> new CollectionReferences(
                        in.text("collection"), in.documents("rules", rule -> whole(rule, CollectionReferences::rule))));
    }

    /** Refuses fields that nobody read. */
    private static <T> T whole(StrictDocument in, Function<StrictDocument, T> read) {
        var value = read.apply(in);
        in.end();
        return value;
    }

    private static ReferenceRule rule(StrictDocument in) {
        var field = in.optionalText("firstNonNull");
        if (field.isPresent()) {
            return new FirstNonNull(
                    field.get(),
                    in.texts("of").stream().map(FirstNonNull.Source::parsed).toList());
        }
        var reference = new Reference(
                in.text("reference"),
                in.texts("by"),
                in.texts("mayBeEmpty"),
                new Reference.Target(in.text("to"), in.optionalText("match").orElse(Replicas.ID)),
                in.document("when")
                        .map(when -> whole(when, at -> new Reference.When(at.text("field"), at.text("is"))))
                        .orElse(null),
                in.documents("copies", copy -> whole(copy, at -> new CopiedField(at.text("from"), at.text("to")))));
        if (reference.by().isEmpty() || !reference.by().containsAll(reference.mayBeEmpty())) {
            throw in.invalid("reference '%s' needs 'by', and 'mayBeEmpty' names some of these fields"
                    .formatted(reference.name()));
        }
        return reference;
    }

    /** The fields that resolving fills, in the order in which they stand in a document. */
    Set<String> fills() {
        var fields = new LinkedHashSet<String>();
        rules.forEach(rule -> fields.addAll(rule.fills()));
        return fields;
    }

    List<Reference> references() {
        return rules.stream()
                .filter(Reference.class::isInstance)
                .map(Reference.class::cast)
                .toList();
    }

    Optional<Reference> reference(String name) {
        return references().stream()
                .filter(reference -> reference.name().equals(name))
                .findFirst();
    }

    boolean toItself(Reference reference) {
        return reference.to().collection().equals(collection);
    }

    /** A new document with what SAP sent and nothing that resolving filled. */
    Document withoutCopies(Document document) {
        var filled = fills();
        var raw = new Document();
        document.forEach((field, value) -> {
            if (!filled.contains(field)) {
                raw.putKept(field, value);
            }
        });
        return raw;
    }

    /** Changes when what resolving does changes. */
    String fingerprint() {
        return Integer.toHexString(rules.toString().hashCode());
    }
}
