package io.imaint.store;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
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

    private CollectionType(
            String name,
            Codec<T> codec,
            Function<T, String> key,
            List<Index> indexes,
            List<String> searched,
            boolean synchronised) {
        if (!NAME.matcher(name).matches()) {
            throw new AssertionError("a collection cannot be named " + name);
        }
        this.name = name;
        this.codec = codec;
        this.key = key;
        this.indexes = List.copyOf(indexes);
        this.searched = List.copyOf(searched);
        this.synchronised = synchronised;
    }

    /** How values become documents and back. */
    public record Codec<T>(Function<T, Document> write, Function<Document, T> read) {}

    public static <T> CollectionType<T> of(String name, Codec<T> codec, Function<T, String> key) {
        return new CollectionType<>(name, codec, key, List.of(), List.of(), false);
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
        return new CollectionType<>(name, codec, key, indexes, List.of(fields), synchronised);
    }

    /** Every write gets a position in the store's change sequence. */
    public CollectionType<T> inChangeSequence() {
        return new CollectionType<>(name, codec, key, indexes, searched, true);
    }

    private CollectionType<T> withIndex(Index index) {
        var more = new ArrayList<>(indexes);
        more.add(index);
        return new CollectionType<>(name, codec, key, more, searched, synchronised);
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

    @Override
    public String toString() {
        return name;
    }
}
