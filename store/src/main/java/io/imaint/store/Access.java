package io.imaint.store;

import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.kernel.identity.Caller;
import io.imaint.store.Leases.Lease;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** In whose name, and under which leases, a store is used. */
final class Access {
    /** The system itself, which is confined to no plant and whose writes are not audited. */
    static final Access SYSTEM = new Access(null, List.of());

    private final @Nullable Caller caller;
    private final List<Lease> leases;

    /** The caller's plants in one order, since cursors are bound to the text of a condition; null where all are seen. */
    private final @Nullable List<String> plants;

    private Access(@Nullable Caller caller, List<Lease> leases) {
        this.caller = caller;
        this.leases = List.copyOf(leases);
        this.plants = caller == null || caller.plants().all()
                ? null
                : caller.plants().plants().stream()
                        .map(PlantCode::value)
                        .sorted()
                        .toList();
    }

    /** Access in the name of another caller, who never sees more through it than this one. */
    Access as(Caller next) {
        return new Access(caller == null ? next : next.within(caller.plants()), leases);
    }

    /** Access that writes only while these leases are held, on top of those it needs already. */
    Access under(List<Lease> more) {
        var all = new ArrayList<>(leases);
        all.addAll(more);
        return new Access(caller, all);
    }

    Optional<Caller> caller() {
        return Optional.ofNullable(caller);
    }

    List<Lease> leases() {
        return leases;
    }

    /** Whether some documents of a collection are not to be seen. */
    private boolean confines(CollectionType<?> type) {
        if (type.plantField() == null) {
            return false;
        }
        assert caller != null
                        || !Caller.scoped().isBound()
                        || Caller.current().plants().all()
                : type + " has to be used through store.as(caller)";
        return plants != null;
    }

    /** A condition as it is asked in this access: only of documents within the caller's plants. */
    Condition within(CollectionType<?> type, Condition where) {
        if (!confines(type)) {
            return where;
        }
        var confined = plantIn(type);
        return where instanceof Condition.All ? confined : new Condition.And(List.of(confined, where));
    }

    /** One plant alone is compared for equality, since an index keeps its order behind one value. */
    @SuppressWarnings("NullAway") // Only where it confines.
    private Condition plantIn(CollectionType<?> type) {
        return plants.size() == 1
                ? new Condition.Equal(type.plantField(), plants.getFirst())
                : new Condition.In(type.plantField(), plants);
    }

    /** The plants to which a collection's documents are confined; empty where they are not. */
    Optional<List<String>> plants(CollectionType<?> type) {
        return confines(type) ? Optional.ofNullable(plants) : Optional.empty();
    }

    /** Reads the document only where some are not to be seen. */
    boolean sees(CollectionType<?> type, Paging.Found found) {
        return !confines(type) || sees(type, found.document());
    }

    @SuppressWarnings("NullAway") // Only where it confines.
    boolean sees(CollectionType<?> type, Document document) {
        return !confines(type) || (document.get(type.plantField()) instanceof String plant && plants.contains(plant));
    }

    /** Fails when a document that is about to be written would lie outside the caller's plants. */
    void verifyWritable(CollectionType<?> type, Document document) {
        if (!sees(type, document)) {
            throw StoreProblem.PLANT_OUT_OF_SCOPE.because(
                    plant(type, document) == null
                            ? "a document of " + type + " without a plant"
                            : "plant " + plant(type, document));
        }
    }

    /** The plant of a document; null where it or its collection has none. */
    static @Nullable String plant(CollectionType<?> type, Document document) {
        return type.plantField() != null && document.get(type.plantField()) instanceof String plant ? plant : null;
    }
}
