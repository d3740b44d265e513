package io.imaint.services.masterconfiguration;

import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Permission;
import io.imaint.store.LiveCollection;
import io.imaint.store.Store;
import io.imaint.store.replica.Replicas;
import java.util.List;
import java.util.stream.Stream;

/** The master data of all plants. */
public final class MasterConfiguration implements Routed {
    static final Permission READ = new Permission("master-data.read");

    public static final List<LiveCollection> LIVE = List.of(
            new LiveCollection(Replicas.PLANTS, READ),
            new LiveCollection(Replicas.FUNCTIONAL_LOCATIONS, READ),
            new LiveCollection(Replicas.EQUIPMENT, READ));

    private final Plants plants;
    private final FunctionalLocations functionalLocations;
    private final EquipmentRegister equipment;

    MasterConfiguration(Store store) {
        this.plants = new Plants(store);
        this.functionalLocations = new FunctionalLocations(store);
        this.equipment = new EquipmentRegister(store, functionalLocations);
    }

    @Override
    public List<Route> routes() {
        return Stream.of(plants, functionalLocations, equipment)
                .flatMap(part -> part.routes().stream())
                .toList();
    }
}
