package io.imaint.services.erpmasterdata;

import io.imaint.kernel.cache.Cache;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Projected;
import io.imaint.kernel.http.Revalidated;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.identity.Caller;
import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import io.imaint.store.RecordCodec;
import io.imaint.store.replica.ReplicaView;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What all value lists have in common. Browsers keep them and ask whether they are still right, which costs one number
 * from an index: the position of the newest change of the collections behind a list. Who does not have a list gets it from
 * the cache, where it lies by that position.
 */
record ValueLists(ReplicaView seen, Cache cache) {
    private static final String PATH = "/api/master-data/";

    /** Short, because a store that is made anew, beside a Redis that is not, begins its positions anew. */
    private static final Duration KEPT = Duration.ofMinutes(10);

    static Route.Guarded get(String word, String name) {
        return Route.get(PATH + word, "Lists " + name).permits(ErpMasterData.READ);
    }

    /** A list of the documents of a collection. */
    <R extends Record, F extends Record & ListFilter> Route of(
            String word, String name, CollectionType<Document> type, Class<R> line, Class<F> filter) {
        return of(word, name, List.of(type), line, filter, asked -> seen.page(type, line, asked.query()));
    }

    /**
     * A list of documents.
     *
     * @param from the collections that its values come from
     */
    <R extends Record, F extends Record & ListFilter> Route of(
            String word,
            String name,
            List<? extends CollectionType<?>> from,
            Class<R> line,
            Class<F> filter,
            Function<F, Listing<Projected<R>>> values) {
        return get(word, name)
                .revalidatesProjections(line)
                .handles(filter, asked -> revalidated(asked, line, from, () -> values.apply(asked)));
    }

    /**
     * An answer with its version, which is read first: should the values change in between, the next answer is another
     * version.
     *
     * @param line the version changes with the fields of a line, so that those of a later release are not missed. It is a
     *     digest of all that the answer depends on: lists of different plants or questions never share one
     */
    <T> Revalidated<T> revalidated(
            Record asked, Class<?> line, List<? extends CollectionType<?>> from, Supplier<T> values) {
        var positions = from.stream()
                .map(type -> Long.toString(seen.documents(type).position()))
                .collect(Collectors.joining("."));
        var scope = Caller.current().plants();
        var plants = scope.all()
                ? "*"
                : scope.plants().stream().map(Object::toString).sorted().collect(Collectors.joining(","));
        var form = new Document()
                .put("from", from.stream().map(CollectionType::name).toList())
                .put("plants", plants)
                .put("asked", document(asked))
                .put("line", line.getName() + Arrays.toString(line.getRecordComponents()));
        var version = positions + "-" + form.digest();
        return new Revalidated<>(version, values, made -> () -> kept("value-list:" + version, made));
    }

    /** By its components, so that what was not asked for is not taken for the text {@code null}. */
    @SuppressWarnings("unchecked") // The class of a record is that of its codec.
    private static <R extends Record> Document document(R asked) {
        return RecordCodec.of((Class<R>) asked.getClass()).write(asked);
    }

    private String kept(String key, Supplier<String> made) {
        return cache.get(key).orElseGet(() -> {
            var json = made.get();
            cache.put(key, json, KEPT);
            return json;
        });
    }
}
