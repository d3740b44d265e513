package io.imaint.services.erpmasterdata;

import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Projected;
import io.imaint.kernel.http.Route;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.Narrowing;
import io.imaint.store.Query;
import io.imaint.store.Stored;
import io.imaint.store.replica.ReplicaLanguage;
import io.imaint.store.replica.ReplicaText;
import io.imaint.store.replica.Replicas;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Value lists whose texts exist in several languages. A value has the texts of the language that was asked for, those of
 * the logon language where SAP has none in it, and says which they are.
 */
record TextLists(ValueLists lists) {
    /** More values than words find in any list; of more, those whose texts in the logon language match are still found. */
    private static final int FOUND_MAX = 1_000;

    /** The fields that name the languages of the texts. */
    private static final Map<String, String> LANGUAGES =
            Map.of("description", "language", "codeGroupDescription", "codeGroupLanguage");

    /** A list of the documents of a collection. */
    <R extends Record, F extends Record & TextFilter> Route of(
            String word, String name, CollectionType<Document> type, Class<R> line, Class<F> filter) {
        return lists.of(
                word,
                name,
                List.of(type, ReplicaText.TYPE, ReplicaLanguage.TYPE),
                line,
                filter,
                asked -> list(type, line, asked));
    }

    private <R extends Record, F extends Record & TextFilter> Listing<Projected<R>> list(
            CollectionType<Document> type, Class<R> line, F asked) {
        var language = asked.asked().orElse(null);
        var documents = lists.seen().documents(type);
        var query = asked.paging().of(condition(type, language, asked));
        var page = documents.list(query);
        var texts = texts(type, language, page.items());
        var logon = logon();
        var projection = type.projected(line);
        var items = page.items().stream()
                .map(stored -> projection.read(inLanguage(stored, Optional.ofNullable(texts.get(stored.key())), logon)))
                .toList();
        return new Listing<>(items, page.next(), documents.count(query.where()));
    }

    /** Words are looked for in the texts of either language. */
    private Condition condition(CollectionType<Document> type, @Nullable String language, TextFilter asked) {
        var words = asked.text();
        if (language == null || words == null) {
            return asked.condition();
        }
        var found = new Narrowing()
                .equal("collection", type.name())
                .equal("language", language)
                .text(words)
                .condition();
        var keys = all(ReplicaText.TYPE).list(Query.where(found).limit(FOUND_MAX)).values().stream()
                .map(ReplicaText::key)
                .toList();
        return keys.isEmpty()
                ? asked.condition()
                : new Narrowing()
                        .and(asked.narrowed())
                        .and(new Condition.Or(List.of(new Condition.Text(words), new Condition.In(Replicas.ID, keys))))
                        .condition();
    }

    private <T> Documents<T> all(CollectionType<T> type) {
        return lists.seen().documents(type);
    }

    /** The texts of documents in a language, by their keys. */
    private Map<String, ReplicaText> texts(
            CollectionType<Document> type, @Nullable String language, List<Stored<Document>> documents) {
        if (language == null) {
            return Map.of();
        }
        var ids = documents.stream()
                .map(stored -> ReplicaText.id(type.name(), stored.key(), language))
                .toList();
        return all(ReplicaText.TYPE).findAll(ids).values().stream()
                .map(Stored::value)
                .collect(Collectors.toMap(ReplicaText::key, Function.identity()));
    }

    /** The language of the replica itself; null while nothing says which it is. */
    private @Nullable String logon() {
        return all(ReplicaLanguage.TYPE).list(Query.where(Condition.ALL)).values().stream()
                .filter(ReplicaLanguage::logon)
                .map(ReplicaLanguage::language)
                .findFirst()
                .orElse(null);
    }

    /** Each text has its own language: a group of codes may be translated where its code is not. */
    private static Document inLanguage(Stored<Document> stored, Optional<ReplicaText> texts, @Nullable String logon) {
        var document = stored.value().copy();
        texts.ifPresent(found -> found.texts().forEach(document::put));
        LANGUAGES.forEach((field, language) -> document.put(
                language,
                texts.filter(found -> found.texts().has(field))
                        .map(ReplicaText::language)
                        .orElse(logon)));
        return document;
    }
}
