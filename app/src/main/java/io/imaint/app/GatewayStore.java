package io.imaint.app;

import io.imaint.gateway.bundle.BundleZip;
import io.imaint.gateway.registry.GatewayRecords;
import io.imaint.gateway.registry.Kind;
import io.imaint.gateway.registry.Kinds;
import io.imaint.kernel.facts.Fact;
import io.imaint.kernel.identity.Caller;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the gateway keeps, in the store: each kind is a collection, each bundle a content. */
final class GatewayStore implements GatewayRecords {
    private static final String BUNDLE_TYPE = "application/zip";

    /** The collections of the gateway by the names of their kinds. */
    private static final Map<String, CollectionType<?>> TYPES =
            Kinds.ALL.stream().collect(Collectors.toUnmodifiableMap(Kind::name, GatewayStore::type));

    private final Store store;

    /** The same store when a caller's name is on it: bundles are written for proxies, whose changes say who did it. */
    private final Store system;

    GatewayStore(Store store) {
        this(store, store);
    }

    private GatewayStore(Store store, Store system) {
        this.store = store;
        this.system = system;
    }

    /** The collections of the gateway, for those who dump or reset a store. */
    static List<CollectionType<?>> collections() {
        return Kinds.ALL.stream()
                .<CollectionType<?>>map(kind -> Objects.requireNonNull(TYPES.get(kind.name())))
                .toList();
    }

    private static <R extends Record> CollectionType<R> type(Kind<R> kind) {
        var type = CollectionType.of(kind.name(), kind.type(), kind.key())
                .unscoped("the gateway serves all plants")
                .masked(kind.masked().toArray(String[]::new));
        var followed = kind.followed() ? type.inChangeSequence() : type;
        return kind.expires().map(followed::expires).orElse(followed);
    }

    @Override
    public GatewayRecords as(Caller caller) {
        return new GatewayStore(system.as(caller), system);
    }

    @Override
    public long position() {
        return store.position();
    }

    @Override
    @SuppressWarnings("unchecked") // The collection was declared with the kind of this name.
    public <R extends Record> Records<R> records(Kind<R> kind) {
        return new OfKind<>(store.documents((CollectionType<R>) Objects.requireNonNull(TYPES.get(kind.name()))));
    }

    /** The records of one kind. */
    private record OfKind<R extends Record>(Documents<R> documents) implements Records<R> {
        private static <R> Kept<R> kept(Stored<R> stored) {
            return new Kept<>(stored.key(), stored.rev(), stored.value());
        }

        private static <R> Written<R> written(Documents.Written<R> written) {
            return switch (written) {
                case Documents.Written.Done<R> done -> new Written.Done<>(kept(done.stored()));
                case Documents.Written.Lost<R> lost ->
                    new Written.Lost<>(lost.current().map(OfKind::kept));
            };
        }

        @Override
        public Optional<Kept<R>> find(String key) {
            return documents.find(key).map(OfKind::kept);
        }

        @Override
        public List<Kept<R>> all() {
            return documents.list(Query.where(Condition.ALL).limit(ALL_MAX)).items().stream()
                    .map(OfKind::kept)
                    .toList();
        }

        @Override
        public Written<R> insert(R value, Fact... facts) {
            return written(documents.insert(value, facts));
        }

        @Override
        public Written<R> replace(R value, long rev, Fact... facts) {
            return written(documents.replace(value, rev, facts));
        }

        @Override
        public boolean remove(String key, long rev, Fact... facts) {
            return documents.remove(key, rev, facts);
        }

        @Override
        public List<Change<R>> changesAfter(long position, int limit) {
            return documents.changesAfter(position, limit).stream()
                    .map(changed -> new Change<>(
                            changed.position(), changed.key(), changed.stored().map(OfKind::kept)))
                    .toList();
        }
    }

    @Override
    public Bundles bundles() {
        var contents = system.contents();
        return new Bundles() {
            @Override
            public String add(byte[] bytes) {
                try {
                    return contents.put(new ByteArrayInputStream(bytes), BUNDLE_TYPE, BundleZip.ARCHIVE_MAX)
                            .id();
                } catch (IOException impossible) { // In memory.
                    throw new UncheckedIOException(impossible);
                }
            }

            @Override
            public Optional<byte[]> find(String id) {
                return contents.open(id).map(stream -> {
                    try (stream) {
                        return stream.readAllBytes();
                    } catch (IOException impossible) { // The store fails in its own way.
                        throw new UncheckedIOException(impossible);
                    }
                });
            }

            @Override
            public void remove(String id) {
                contents.remove(id);
            }
        };
    }
}
