package io.imaint.services.masterconfiguration;

import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Range;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identifiers.EquipmentNumber;
import io.imaint.kernel.identifiers.FunctionalLocationId;
import io.imaint.kernel.identifiers.Identifier;
import io.imaint.kernel.identifiers.NotificationNumber;
import io.imaint.kernel.identifiers.OrderNumber;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Query;
import io.imaint.store.Stored;
import io.imaint.store.replica.ReplicaView;
import io.imaint.store.replica.Replicas;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One search over everything that has a page of its own. Objects with exactly this key come first; then, type by type,
 * those in which the words occur.
 */
final class Search implements Routed {
    /** The types of what is found, in the order in which they are shown. */
    enum Type {
        ORDER("order", Replicas.WORK_ORDERS, "work-orders.read", "basicStart", typed -> key(OrderNumber::new, typed)),
        NOTIFICATION(
                "notification",
                Replicas.NOTIFICATIONS,
                "notifications.read",
                "notificationDate",
                typed -> key(NotificationNumber::new, typed)),
        EQUIPMENT("equipment", Replicas.EQUIPMENT, "master-data.read", null, typed -> key(EquipmentNumber::new, typed)),
        FUNCTIONAL_LOCATION(
                "functional-location",
                Replicas.FUNCTIONAL_LOCATIONS,
                "master-data.read",
                null,
                typed -> key(FunctionalLocationId::new, typed)),
        MATERIAL("material", Replicas.MATERIALS, "materials.read", null, Materials::numbers);

        private final String word;
        private final CollectionType<Document> collection;
        private final Permission read;
        private final @Nullable String newestBy;
        private final Function<String, Stream<String>> keys;

        Type(
                String word,
                CollectionType<Document> collection,
                String read,
                @Nullable String newestBy,
                Function<String, Stream<String>> keys) {
            this.word = word;
            this.collection = collection;
            this.read = new Permission(read);
            this.newestBy = newestBy;
            this.keys = keys;
        }

        /** What was typed as a key of this type; empty where it cannot be one. */
        private static Stream<String> key(Function<String, Identifier> made, String typed) {
            try {
                return Stream.of(made.apply(typed).value());
            } catch (IllegalArgumentException noKey) {
                return Stream.empty();
            }
        }

        @Override
        public String toString() {
            return word;
        }
    }

    private final ReplicaView seen;

    Search(ReplicaView seen) {
        this.seen = seen;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/search", "Finds orders, notifications, equipment, functional locations and materials")
                        .permits(MasterConfiguration.READ)
                        .answersListing(Hit.class)
                        .handles(Request.class, this::find));
    }

    record Request(
            @Description("A number or label, with or without leading zeros, or words and prefixes of words")
            @Length(min = 1, max = 200)
            String q,

            @Description("Types to search; by default all that the caller may read")
            List<Type> type,

            @Description("Hits of each type") @Default("10") @Range(min = 1, max = 50)
            int limit) {
        Request {
            if (q.isBlank()) {
                throw new IllegalArgumentException("q is blank");
            }
        }
    }

    /** Something that was found. */
    record Hit(
            Type type,

            @Description("Its number or label, with leading zeros")
            String key,

            @Nullable String description,
            @Nullable String plant,

            @Description("The life-cycle status of an order or notification") @Nullable
            String status) {}

    private Listing<Hit> find(Request request) {
        var types = Arrays.stream(Type.values())
                .filter(type -> request.type().isEmpty() || request.type().contains(type))
                .filter(type -> Caller.current().may(type.read))
                .toList();
        var hits = new LinkedHashMap<String, Hit>();
        for (var type : types) {
            var keys = type.keys.apply(request.q()).distinct().toList();
            seen.documents(type.collection).findAll(keys).values().forEach(found -> add(hits, type, found));
        }
        for (var type : types) {
            var sorted = Query.where(new Condition.Text(request.q())).limit(request.limit());
            seen.documents(type.collection)
                    .list(type.newestBy == null ? sorted : sorted.sorted(type.newestBy, true))
                    .items()
                    .forEach(found -> add(hits, type, found));
        }
        return new Listing<>(List.copyOf(hits.values()), null, null);
    }

    private static void add(Map<String, Hit> hits, Type type, Stored<Document> found) {
        var document = found.value();
        hits.putIfAbsent(
                type + " " + found.key(),
                new Hit(
                        type,
                        found.key(),
                        document.text("description").orElse(null),
                        document.text("plant").orElse(null),
                        document.text("lifecycleStatus").orElse(null)));
    }
}
