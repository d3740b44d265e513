package io.imaint.store;

import io.imaint.kernel.http.Projected;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;
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
    private final Scope scope;
    private final List<UnaryOperator<Document>> migrations;
    private final @Nullable CollectionType<?> source;

    /**
     * To which plants documents belong, and which of their fields nobody but their service sees.
     *
     * @param plant the field of the plant; null where there is none
     * @param unscoped why there is none; null where nobody has said so
     */
    private record Scope(@Nullable String plant, @Nullable String unscoped, Set<String> masked) {
        static final Scope UNDECLARED = new Scope(null, null, Set.of());
    }

    /**
     * What holds for all documents of a collection.
     *
     * @param searched text fields whose words are found
     * @param expires the field that says when a document ends, null when none does
     */
    private record Traits(
            List<String> searched,
            boolean synchronised,
            @Nullable String expires,
            boolean appendOnly) {
        static final Traits NONE = new Traits(List.of(), false, null, false);
    }

    private CollectionType(
            String name,
            Codec<T> codec,
            Function<T, String> key,
            List<Index> indexes,
            Traits traits,
            Scope scope,
            List<UnaryOperator<Document>> migrations,
            @Nullable CollectionType<?> source) {
        if (!NAME.matcher(name).matches()) {
            throw new AssertionError("a collection cannot be named " + name);
        }
        this.name = name;
        this.codec = codec;
        this.key = key;
        this.indexes = List.copyOf(indexes);
        this.traits = traits;
        this.scope = scope;
        this.migrations = List.copyOf(migrations);
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

        /** Whether {@link #merged} has to see what is stored before a value replaces it. */
        default boolean merges() {
            return false;
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
        return new CollectionType<>(name, codec, key, List.of(), Traits.NONE, Scope.UNDECLARED, List.of(), null);
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
        return with(new Traits(List.of(fields), traits.synchronised, traits.expires, traits.appendOnly));
    }

    /** Every write gets a position in the store's change sequence. */
    public CollectionType<T> inChangeSequence() {
        return with(new Traits(traits.searched, true, traits.expires, traits.appendOnly));
    }

    /**
     * Documents end at the instant in a field: from then on no read shows them, a new one may take their key and their
     * unique values, and a sweeper removes them soon. A document without the instant does not end.
     */
    public CollectionType<T> expires(String field) {
        return index(field).with(new Traits(traits.searched, traits.synchronised, field, traits.appendOnly));
    }

    /**
     * Documents are only added: changing or removing one is an error in the code. Expiry and {@link
     * Documents#removeAll} may remove them.
     */
    public CollectionType<T> appendOnly() {
        return with(new Traits(traits.searched, traits.synchronised, traits.expires, true));
    }

    /**
     * Documents belong to the plant in a field; {@link Store#as} shows a caller those of their plants. Where no index
     * declared before leads with the field, one of the field alone is added.
     */
    public CollectionType<T> plant(String field) {
        boolean led =
                indexes.stream().anyMatch(index -> index.fields().getFirst().equals(field));
        return (led ? this : index(field)).with(new Scope(field, null, scope.masked));
    }

    /** Documents belong to no plant, for a reason, and every caller with the permission sees them all. */
    public CollectionType<T> unscoped(String reason) {
        return with(new Scope(null, reason, scope.masked));
    }

    /** Names the fields whose values no fact shows, such as hashes of passwords. */
    public CollectionType<T> masked(String... fields) {
        return with(new Scope(scope.plant, scope.unscoped, Set.of(fields)));
    }

    private CollectionType<T> with(Scope other) {
        return new CollectionType<>(name, codec, key, indexes, traits, other, migrations, source);
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
        return new CollectionType<>(name, codec, key, indexes, traits, scope, more, source);
    }

    private CollectionType<T> withIndex(Index index) {
        var more = new ArrayList<>(indexes);
        more.add(index);
        return new CollectionType<>(name, codec, key, more, traits, scope, migrations, source);
    }

    private CollectionType<T> with(Traits other) {
        return new CollectionType<>(name, codec, key, indexes, other, scope, migrations, source);
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
    T read(String key, Kept kept) {
        try {
            return codec instanceof JsonCodec<?> passing ? passedOn(passing, kept) : codec.read(kept.document());
        } catch (IllegalArgumentException | ClassCastException | NoSuchElementException | DateTimeException unfit) {
            throw StoreProblem.STORE_CORRUPT.because(
                    "%s %s cannot be read: %s".formatted(name, key, unfit.getMessage()), unfit);
        }
    }

    /** Whether documents are passed on as JSON. */
    boolean passesOn() {
        return codec instanceof JsonCodec;
    }

    @SuppressWarnings("unchecked") // It is this type's own codec.
    private T passedOn(JsonCodec<?> passing, Kept kept) {
        return (T) passing.read(kept.bytes());
    }

    /** The document that replaces a stored one: the value's, with the stored fields that no value has. */
    Document replacing(T value, Optional<Paging.Found> standing) {
        var written = codec.write(value);
        return standing.map(found -> codec.merged(found.document(), written)).orElse(written);
    }

    /** Whether stored fields have to be read before a value replaces them. */
    boolean merges() {
        return codec.merges();
    }

    public List<Index> indexes() {
        return indexes;
    }

    public List<String> searched() {
        return traits.searched;
    }

    /** Whether a document has the words of a query, as both engines find them. */
    public boolean finds(Document document, String words) {
        var asked = Tokenizer.asked(words);
        var known = Tokenizer.of(document, searched());
        return !asked.isEmpty()
                && asked.stream().allMatch(word -> known.stream().anyMatch(one -> one.startsWith(word)));
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

    /** The field that holds a document's plant; null where documents belong to none. */
    @Nullable
    String plantField() {
        return scope.plant;
    }

    /** Whether it was said to which plants documents belong; without it there is no using the collection. */
    public boolean scopeDeclared() {
        return scope.plant != null || scope.unscoped != null;
    }

    Set<String> masked() {
        return scope.masked;
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

    /** The same collection with its documents as they are kept, which a migration may change even where nobody else may. */
    CollectionType<Document> kept() {
        return new CollectionType<>(
                name,
                Codec.by(Function.identity(), Function.identity()),
                document -> key(read(document)),
                indexes,
                new Traits(traits.searched, traits.synchronised, traits.expires, false),
                scope,
                List.of(),
                null);
    }

    /** The same collection, read as records of some of its fields. */
    public <R extends Record> CollectionType<R> as(Class<R> record) {
        return as(RecordCodec.of(record));
    }

    /** The same collection, passed on as the JSON of a record of some of its fields. */
    public <R extends Record> CollectionType<Projected<R>> projected(Class<R> record) {
        return as(JsonCodec.of(record));
    }

    /**
     * The same collection with its documents whole, those fields included that its values cannot hold. Only for who
     * upgrades documents; what is written is not tried by reading it as a value, see {@link #normal}.
     */
    public CollectionType<Document> whole() {
        return projection(Codec.by(Function.identity(), Function.identity()), document -> key(read(document)));
    }

    /**
     * A document in the form in which a service would write it back: every field of its values is there, absent ones
     * with their default. {@link IllegalArgumentException} with the field's name when it does not fit.
     */
    public Document normal(Document document) {
        return codec.merged(document, codec.write(codec.read(document)));
    }

    private <R> CollectionType<R> as(Codec<R> codec) {
        return projection(codec, value -> {
            throw new AssertionError(name + " is written as a whole, not as " + codec);
        });
    }

    private <R> CollectionType<R> projection(Codec<R> projection, Function<R, String> keyOf) {
        return new CollectionType<>(name, projection, keyOf, indexes, traits, scope, migrations, this);
    }

    /** The declaration of which this is a projection; empty for a declaration itself. */
    Optional<CollectionType<?>> source() {
        return Optional.ofNullable(source);
    }

    @Override
    public String toString() {
        return name;
    }
}
