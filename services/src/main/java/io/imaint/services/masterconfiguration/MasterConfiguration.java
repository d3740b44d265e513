package io.imaint.services.masterconfiguration;

import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Permission;
import io.imaint.store.Store;
import java.util.List;
import java.util.stream.Stream;

/** The master data of all plants. */
public final class MasterConfiguration implements Routed {
    static final Permission READ = new Permission("master-data.read");

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
