package io.imaint.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * The declaration of a collection: its name, how its values become documents, and the indexes without which nothing is
 * found. Each module declares its collections as constants; the engines create what is declared when it is first used.
 *
 * @param <T> the values, usually a record; {@link Document} itself for collections whose fields are data
 */
public final class CollectionType<T> {
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,59}");

    /**
     * An index over fields, in the order in which it compares them; the key follows as the last.
     *
     * @param unique no two documents may have the same values; documents in which all are null are not compared
     */
    public record Index(List<String> fields, boolean unique) {
        public Index {
            fields = List.copyOf(fields);
        }
    }

    private final String name;
    private final Codec<T> codec;
    private final Function<T, String> key;
    private final List<Index> indexes;
    private final List<String> searched;
    private final boolean synchronised;
    private final List<UnaryOperator<Document>> migrations;

    private CollectionType(
            String name,
            Codec<T> codec,
            Function<T, String> key,
            List<Index> indexes,
            List<String> searched,
            boolean synchronised,
            List<UnaryOperator<Document>> migrations) {
        if (!NAME.matcher(name).matches()) {
            throw new AssertionError("a collection cannot be named " + name);
        }
        this.name = name;
        this.codec = codec;
        this.key = key;
        this.indexes = List.copyOf(indexes);
        this.searched = List.copyOf(searched);
        this.synchronised = synchronised;
        this.migrations = List.copyOf(migrations);
    }

    /** How values become documents and back. */
    public record Codec<T>(Function<T, Document> write, Function<Document, T> read) {}

    public static <T> CollectionType<T> of(String name, Codec<T> codec, Function<T, String> key) {
        return new CollectionType<>(name, codec, key, List.of(), List.of(), false, List.of());
    }

    /** A collection of documents as they are; {@code keyField} holds the key. */
    public static CollectionType<Document> ofDocuments(String name, String keyField) {
        return of(
                name,
                new Codec<>(Function.identity(), Function.identity()),
                document -> document.text(keyField).orElseThrow());
    }

    public CollectionType<T> index(String... fields) {
        return withIndex(new Index(List.of(fields), false));
    }

    public CollectionType<T> unique(String... fields) {
        return withIndex(new Index(List.of(fields), true));
    }

    /** Names the text fields whose words {@link Condition.Text} finds. */
    public CollectionType<T> searched(String... fields) {
        return new CollectionType<>(name, codec, key, indexes, List.of(fields), synchronised, migrations);
    }

    /** Every write gets a position in the store's change sequence. */
    public CollectionType<T> inChangeSequence() {
        return new CollectionType<>(name, codec, key, indexes, searched, true, migrations);
    }

    /**
     * Adds a migration: how a document of the version before becomes one of the next. A store's documents are migrated
     * once, when the collection is first used, before anybody reads them. Steps are added at the end and never changed.
     *
     * @param step makes the new document of an old one; given one that it made itself, it returns an equal one, because
     *     after a crash some are migrated again
     */
    public CollectionType<T> migrated(UnaryOperator<Document> step) {
        var more = new ArrayList<>(migrations);
        more.add(step);
        return new CollectionType<>(name, codec, key, indexes, searched, synchronised, more);
    }

    private CollectionType<T> withIndex(Index index) {
        var more = new ArrayList<>(indexes);
        more.add(index);
        return new CollectionType<>(name, codec, key, more, searched, synchronised, migrations);
    }

    public String name() {
        return name;
    }

    public String key(T value) {
        return key.apply(value);
    }

    public Document write(T value) {
        return codec.write().apply(value);
    }

    public T read(Document document) {
        return codec.read().apply(document);
    }

    public List<Index> indexes() {
        return indexes;
    }

    public List<String> searched() {
        return searched;
    }

    public boolean synchronised() {
        return synchronised;
    }

    /** The version of the documents that this declaration writes: how many migrations there are. */
    public int version() {
        return migrations.size();
    }

    /** A document that was written by an older version, in the form of this one. */
    public Document migrated(Document document, int from) {
        var current = document;
        for (var step : migrations.subList(Math.min(from, version()), version())) {
            current = step.apply(current);
        }
        return current;
    }

    /** The same collection with its documents as they are kept. */
    CollectionType<Document> kept() {
        return new CollectionType<>(
                name,
                new Codec<>(Function.identity(), Function.identity()),
                document -> key(read(document)),
                indexes,
                searched,
                synchronised,
                List.of());
    }

    @Override
    public String toString() {
        return name;
    }
}
