package io.imaint.integration.references;

import io.imaint.store.Document;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** How the documents of one collection are resolved: line by line. */
record CollectionReferences(String collection, List<Line> lines) {
    CollectionReferences {
        lines = List.copyOf(lines);
    }

    /** The fields that resolving fills, in the order in which they stand in a document. */
    Set<String> fills() {
        var fields = new LinkedHashSet<String>();
        lines.forEach(line -> fields.addAll(line.fills()));
        return fields;
    }

    List<Reference> references() {
        return lines.stream()
                .filter(Reference.class::isInstance)
                .map(Reference.class::cast)
                .toList();
    }

    Optional<Reference> reference(String name) {
        return references().stream()
                .filter(reference -> reference.name().equals(name))
                .findFirst();
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
        return Integer.toHexString(lines.toString().hashCode());
    }
}
