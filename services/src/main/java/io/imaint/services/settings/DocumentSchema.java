package io.imaint.services.settings;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.dialect.Dialect;
import com.networknt.schema.dialect.Dialects;
import com.networknt.schema.keyword.NonValidationKeyword;
import io.imaint.kernel.problem.Finding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON Schema that is delivered with a seeded collection, for what people change in it afterwards. */
public final class DocumentSchema {
    /** With keywords of our own, such as {@code x-key}, which validate nothing. */
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDialect(Dialect.builder(Dialects.getDraft202012())
            .unknownKeywordFactory((keyword, context) -> new NonValidationKeyword(keyword))
            .build());

    private final Schema schema;

    private DocumentSchema(Schema schema) {
        this.schema = schema;
    }

    /** The schema of a collection's documents; it lies beside the seed data. */
    public static DocumentSchema of(String collection) {
        var name = "/io/imaint/services/seed/schema/%s.schema.json".formatted(collection);
        try (var in = Objects.requireNonNull(DocumentSchema.class.getResourceAsStream(name), name)) {
            return new DocumentSchema(REGISTRY.getSchema(JsonMapper.shared().readTree(in)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Everything that is wrong with a document, by JSON pointer. */
    public List<Finding> findings(JsonNode document) {
        return schema.validate(document).stream()
                .map(error -> new Finding(
                        error.getInstanceLocation().toString()
                                + (error.getProperty() == null ? "" : '/' + error.getProperty()),
                        error.getMessage()))
                .distinct()
                .toList();
    }
}
