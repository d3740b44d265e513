package io.imaint.services.masterconfiguration;

import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Permission;
import io.imaint.services.command.CommandContext;
import io.imaint.store.LiveCollection;
import io.imaint.store.Store;
import io.imaint.store.replica.ReplicaView;
import io.imaint.store.replica.Replicas;
import java.time.InstantSource;
import java.util.List;

/** The master data of all plants. */
public final class MasterConfiguration implements Routed {
    static final Permission READ = new Permission("master-data.read");

    public static final List<LiveCollection> LIVE = List.of(
            new LiveCollection(Replicas.PLANTS, READ),
            new LiveCollection(Replicas.FUNCTIONAL_LOCATIONS, READ),
            new LiveCollection(Replicas.EQUIPMENT, READ),
            new LiveCollection(Replicas.MEASURING_POINTS, MeasuringPoints.READ),
            new LiveCollection(Replicas.MEASUREMENT_DOCUMENTS, MeasuringPoints.READ),
            new LiveCollection(Replicas.MAINTENANCE_PLANS, MaintenancePlans.READ),
            new LiveCollection(Replicas.MATERIALS, Materials.READ),
            new LiveCollection(Replicas.STOCKS, Materials.READ));

    private final List<Routed> parts;

    MasterConfiguration(Store store, InstantSource clock) {
        var seen = new ReplicaView(store);
        var context = new CommandContext(store, clock);
        this.parts = List.of(
                new Plants(seen),
                new FunctionalLocations(seen),
                new EquipmentRegister(seen),
                new BillsOfMaterial(seen),
                new MeasuringPoints(seen),
                new MaintenancePlans(seen),
                new Materials(seen),
                new MeasurementCommands(context),
                new InstallationCommands(context),
                new Search(seen));
    }

    @Override
    public List<Route> routes() {
        return parts.stream().flatMap(part -> part.routes().stream()).toList();
    }
}
