package io.imaint.store.replica;

import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The texts of a replicated document in another language than that of the replica. There is one only where SAP has a text
 * in the language that differs: SAP answers an initial text, or that of its own language, where it has none, and neither
 * of these is a text in the language.
 *
 * @param id made by {@link #id}
 * @param collection of the document
 * @param key of the document
 * @param language as {@link ReplicaLanguage#language}
 * @param texts by the fields of the document
 * @param words all of them, for searching
 */
public record ReplicaText(String id, String collection, String key, String language, Document texts, String words) {
    public static final CollectionType<ReplicaText> TYPE = CollectionType.of(
                    "ReplicaTexts", ReplicaText.class, ReplicaText::id)
            .unscoped("customizing is the same in all plants")
            .index("collection", "language")
            .searched("words")
            .inChangeSequence();

    /**
     * The fields that are texts, by the collections that have languages. Short texts of statuses are none of them: orders
     * carry these as codes, in the language of the replica.
     */
    public static final Map<String, List<String>> FIELDS = Map.of(
            Replicas.ORDER_TYPES.name(), List.of("description"),
            Replicas.NOTIFICATION_TYPES.name(), List.of("description"),
            Replicas.PRIORITIES.name(), List.of("description"),
            Replicas.ACTIVITY_TYPES.name(), List.of("description"),
            Replicas.STATUS_TEXTS.name(), List.of("description"),
            Replicas.CATALOG_PROFILES.name(), List.of("description"),
            Replicas.CATALOG_CODES.name(), List.of("description", "codeGroupDescription"));

    /** The texts of a document. */
    public static ReplicaText of(String collection, String key, String language, Document texts) {
        var words = new ArrayList<String>();
        texts.forEach((field, text) -> words.add(String.valueOf(text)));
        return new ReplicaText(
                id(collection, key, language), collection, key, language, texts, String.join(" ", words));
    }

    public static String id(String collection, String key, String language) {
        return collection + "/" + language + "/" + key;
    }
}
