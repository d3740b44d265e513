package io.imaint.services.erpmasterdata;

import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Projected;
import io.imaint.kernel.http.Revalidated;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.identity.Caller;
import io.imaint.store.CollectionType;
import io.imaint.store.Document;
import io.imaint.store.replica.ReplicaView;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What all value lists have in common. Browsers keep them and ask whether they are still right, which costs one number
 * from an index: the position of the newest change of the collections behind a list.
 */
record ValueLists(ReplicaView seen) {
    private static final String PATH = "/api/master-data/";

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
            List<CollectionType<Document>> from,
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
     * @param line the version changes with the fields of a line, so that those of a later release are not missed
     */
    <T> Revalidated<T> revalidated(
            Record asked, Class<?> line, List<CollectionType<Document>> from, Supplier<T> values) {
        var positions = from.stream()
                .map(type -> Long.toString(seen.documents(type).position()))
                .collect(Collectors.joining("."));
        var scope = Caller.current().plants();
        var plants = scope.all()
                ? "*"
                : scope.plants().stream().map(Object::toString).sorted().collect(Collectors.joining(","));
        var form = plants + asked + Arrays.toString(line.getRecordComponents());
        return new Revalidated<>(positions + "-" + Integer.toHexString(form.hashCode()), values);
    }
}
