package io.imaint.store;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
    private final Traits traits;
    private final @Nullable CollectionType<?> source;

    /**
     * What holds for all documents of a collection.
     *
     * @param searched text fields whose words are found
     * @param expires the field that says when a document ends, null when none does
     * @param migrations how a document of each version becomes one of the next
     */
    private record Traits(
            List<String> searched, boolean synchronised, @Nullable String expires, boolean appendOnly,
            List<UnaryOperator<Document>> migrations) {
        static final Traits NONE = new Traits(List.of(), false, null, false, List.of());
    }

    private CollectionType(
            String name,
            Codec<T> codec,
            Function<T, String> key,
            List<Index> indexes,
            Traits traits,
            @Nullable CollectionType<?> source) {
        if (!NAME.matcher(name).matches()) {
            throw new AssertionError("a collection cannot be named " + name);
        }
        this.name = name;
        this.codec = codec;
        this.key = key;
        this.indexes = List.copyOf(indexes);
        this.traits = traits;
        this.source = source;
    }

    /** How values become documents and back. */
    public interface Codec<T> {
        Document write(T value);

        /** The value of a document; {@link IllegalArgumentException} with the field's name when it does not fit. */
        T read(Document document);

        /** What is stored when a value replaces a document: its fields, and those of the document that it cannot hold. */
        default Document merged(Document stored, Document written) {
            return written;
        }

        /** A codec of two functions that holds every field there is. */
        static <T> Codec<T> by(Function<T, Document> write, Function<Document, T> read) {
            return new Codec<>() {
                @Override
                public Document write(T value) {
                    return write.apply(value);
                }

                @Override
                public T read(Document document) {
                    return read.apply(document);
                }
            };
        }
    }

    /** A collection of records, each a document by its component names; see {@link RecordCodec}. */
    public static <R extends Record> CollectionType<R> of(String name, Class<R> type, Function<R, String> key) {
        return of(name, RecordCodec.of(type), key);
    }

    public static <T> CollectionType<T> of(String name, Codec<T> codec, Function<T, String> key) {
        return new CollectionType<>(name, codec, key, List.of(), Traits.NONE, null);
    }

    /** A collection of documents as they are; {@code keyField} holds the key. */
    public static CollectionType<Document> ofDocuments(String name, String keyField) {
        return of(
                name,
                Codec.by(Function.identity(), Function.identity()),
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
        return with(new Traits(
                List.of(fields), traits.synchronised, traits.expires, traits.appendOnly, traits.migrations));
    }

    /** Every write gets a position in the store's change sequence. */
    public CollectionType<T> inChangeSequence() {
        return with(new Traits(traits.searched, true, traits.expires, traits.appendOnly, traits.migrations));
    }

    /**
     * Adds a migration: how a document of the version before becomes one of the next. A store's documents are migrated
     * once, when the collection is first used, before anybody reads them. Steps are added at the end and never changed.
     *
     * @param step makes the new document of an old one; given one that it made itself, it returns an equal one, because
     *     after a crash some are migrated again
     */
    public CollectionType<T> migrated(UnaryOperator<Document> step) {
        var more = new ArrayList<>(traits.migrations);
        more.add(step);
        return with(new Traits(traits.searched, traits.synchronised, traits.expires, traits.appendOnly, List.copyOf(more)));
    }

    /**
     * Documents end at the instant in a field: from then on no read shows them, a new one may take their key and their
     * unique values, and a sweeper removes them soon. A document without the instant does not end.
     */
    public CollectionType<T> expires(String field) {
        return index(field)
                .with(new Traits(traits.searched, traits.synchronised, field, traits.appendOnly, traits.migrations));
    }

    /**
     * Documents are only added: changing or removing one is an error in the code. Expiry and {@link
     * Documents#removeAll} may remove them.
     */
    public CollectionType<T> appendOnly() {
        return with(new Traits(traits.searched, traits.synchronised, traits.expires, true, traits.migrations));
    }

    /** The same collection, read as records of some of its fields. */
    public <R extends Record> CollectionType<R> as(Class<R> record) {
        return new CollectionType<>(
                name,
                RecordCodec.of(record),
                value -> {
                    throw new AssertionError(name + " is written as a whole, not as " + record.getSimpleName());
                },
                indexes,
                traits,
                this);
    }

    /** The declaration of which this is a projection; empty for a declaration itself. */
    Optional<CollectionType<?>> source() {
        return Optional.ofNullable(source);
    }

    private CollectionType<T> withIndex(Index index) {
        var more = new ArrayList<>(indexes);
        more.add(index);
        return new CollectionType<>(name, codec, key, more, traits, source);
    }

    private CollectionType<T> with(Traits other) {
        return new CollectionType<>(name, codec, key, indexes, other, source);
    }

    public String name() {
        return name;
    }

    public String key(T value) {
        return key.apply(value);
    }

    public Document write(T value) {
        return codec.write(value);
    }

    public T read(Document document) {
        return codec.read(document);
    }

    /** {@link StoreProblem#STORE_CORRUPT} when the stored document of this key does not fit. */
    T read(String key, Document document) {
        try {
            return codec.read(document);
        } catch (IllegalArgumentException | ClassCastException | NoSuchElementException | DateTimeException unfit) {
            throw StoreProblem.STORE_CORRUPT.because(
                    "%s %s cannot be read: %s".formatted(name, key, unfit.getMessage()), unfit);
        }
    }

    /** The document that replaces the one of a revision: the value's, with the stored fields that no value has. */
    Document replacing(T value, long rev, Function<String, Optional<Paging.Found>> find) {
        var written = codec.write(value);
        return codec instanceof RecordCodec
                ? find.apply(key(value))
                        .filter(standing -> standing.rev() == rev)
                        .map(standing -> codec.merged(standing.document(), written))
                        .orElse(written)
                : written;
    }

    public List<Index> indexes() {
        return indexes;
    }

    public List<String> searched() {
        return traits.searched;
    }

    public boolean synchronised() {
        return traits.synchronised;
    }

    /** The field of the instant at which a document ends; empty when none does. */
    public Optional<String> expiring() {
        return Optional.ofNullable(traits.expires);
    }

    boolean isAppendOnly() {
        return traits.appendOnly;
    }

    /** An error in the code when documents of this collection are never changed. */
    void verifyChangeable(String key) {
        if (traits.appendOnly) {
            throw new AssertionError("%s is append-only: %s cannot be changed or removed".formatted(name, key));
        }
    }

    /** The version of the documents that this declaration writes: how many migrations there are. */
    public int version() {
        return traits.migrations.size();
    }

    /** A document that was written by an older version, in the form of this one. */
    public Document migrated(Document document, int from) {
        var current = document;
        for (var step : traits.migrations.subList(Math.min(from, version()), version())) {
            current = step.apply(current);
        }
        return current;
    }

    /** The same collection with its documents as they are kept. */
    CollectionType<Document> kept() {
        return new CollectionType<>(
                name,
                Codec.by(Function.identity(), Function.identity()),
                document -> key(read(document)),
                indexes,
                new Traits(traits.searched, traits.synchronised, traits.expires, traits.appendOnly, List.of()),
                null);
    }

    @Override
    public String toString() {
        return name;
    }
}
