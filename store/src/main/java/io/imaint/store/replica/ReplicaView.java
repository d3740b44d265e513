package io.imaint.store.replica;

import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Projected;
import io.imaint.kernel.identity.Caller;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.Query;
import io.imaint.store.RecordCodec;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The replicated collections as the current caller sees them. */
public record ReplicaView(Store store) {
    /** SAP's structure indicators allow about a dozen levels; deeper chains are a cycle in the data. */
    private static final int LEVELS_MAX = 32;

    public <T> Documents<T> documents(CollectionType<T> type) {
        return store.as(Caller.current()).documents(type);
    }

    public <R extends Record> Documents<Projected<R>> documents(CollectionType<Document> type, Class<R> as) {
        return documents(type.projected(as));
    }

    public <R extends Record> Optional<Projected<R>> find(CollectionType<Document> type, Class<R> as, String key) {
        return documents(type, as).find(key).map(Stored::value);
    }

    /** All that fulfil a condition in the order of their keys, the first {@value Query#LIMIT_MAX} of them. */
    public <R extends Record> List<Projected<R>> all(CollectionType<Document> type, Class<R> as, Condition where) {
        return documents(type, as)
                .list(Query.where(where).limit(Query.LIMIT_MAX))
                .values();
    }

    /** A page of what a query finds, with the total. */
    public <R extends Record> Listing<Projected<R>> page(CollectionType<Document> type, Class<R> as, Query query) {
        return page(type, as, query, true);
    }

    /** A page of what a query finds, where it matters with the total. */
    public <R extends Record> Listing<Projected<R>> page(
            CollectionType<Document> type, Class<R> as, Query query, boolean total) {
        var documents = documents(type, as);
        var page = documents.list(query);
        return new Listing<>(page.values(), page.next(), total ? documents.count(query.where()) : null);
    }

    /** A functional location on the way from the top level to an object. */
    public record PlaceStep(
            String functionalLocation, @Nullable String description) {
        private static final RecordCodec<PlaceStep> CODEC = RecordCodec.of(PlaceStep.class);

        /** One step of a way, from the document of its functional location. */
        public static PlaceStep of(Document location) {
            return CODEC.read(location);
        }
    }

    /** The way to an object, which is installed where its equipment is when nothing else says so. */
    public List<PlaceStep> path(Optional<String> functionalLocation, Optional<String> equipment) {
        return path(functionalLocation.or(() -> equipment
                .flatMap(number -> documents(Replicas.EQUIPMENT).find(number))
                .flatMap(installed -> installed.value().text("functionalLocation"))));
    }

    /** The functional locations from the top down to and including the {@code lowest}. */
    public List<PlaceStep> path(Optional<String> lowest) {
        var locations = documents(Replicas.FUNCTIONAL_LOCATIONS);
        var steps = new ArrayList<PlaceStep>();
        var seen = new HashSet<String>();
        var label = lowest;
        while (label.isPresent() && seen.add(label.get()) && steps.size() < LEVELS_MAX) {
            var location = locations.find(label.get()).map(Stored::value);
            location.map(PlaceStep::of).ifPresent(steps::add);
            label = location.flatMap(found -> found.text("superiorFunctionalLocation"));
        }
        return steps.reversed();
    }
}
