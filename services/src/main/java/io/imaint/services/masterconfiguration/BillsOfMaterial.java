package io.imaint.services.masterconfiguration;

import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Projected;
import io.imaint.kernel.http.Range;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identifiers.EquipmentNumber;
import io.imaint.store.Narrowing;
import io.imaint.store.Query;
import io.imaint.store.replica.ReplicaView;
import io.imaint.store.replica.Replicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What objects are made of, and in which objects a material is. */
final class BillsOfMaterial implements Routed {
    private final ReplicaView seen;

    BillsOfMaterial(ReplicaView seen) {
        this.seen = seen;
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.get("/api/bom-items", "Lists items of bills of material")
                .permits(MasterConfiguration.READ)
                .answersProjections(BomItem.class)
                .handles(Filter.class, this::list));
    }

    record Filter(
            @Description("Maintenance plant of the equipment") @Nullable
            String plant,

            @Description("The equipment that is made of them, with or without leading zeros") @Nullable
            EquipmentNumber equipment,

            @Description("The material that is made of them") @Nullable
            String material,

            @Description("The material that is built in, to find where it is used") @Nullable
            String component,

            @Default("50") @Range(min = 1, max = 1000) int limit,

            @Description("The 'next' of the previous page") @Nullable
            String after) {
        Query query() {
            var asked = new Narrowing()
                    .equal("plant", plant)
                    .equal("equipment", equipment)
                    .equal("material", material)
                    .equal("component", component);
            return Query.where(asked.condition()).limit(limit).after(after);
        }
    }

    private Listing<Projected<BomItem>> list(Filter filter) {
        return seen.page(Replicas.BOM_ITEMS, BomItem.class, filter.query());
    }
}
