package io.imaint.simulator;

import io.imaint.simulator.basis.Service;
import io.imaint.simulator.basis.ServiceName;
import io.imaint.simulator.basis.Services;
import io.imaint.simulator.model.CatalogModel;
import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.Row;
import io.imaint.simulator.plant.PlantData;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The registered services as rows of SAP Gateway's catalog, as they are at the moment of reading. */
final class ServiceCatalog implements PlantData {
    private static final String OWN_NAMESPACE = "/INVICL/";
    private static final LocalDate DELIVERED = LocalDate.of(2025, 6, 30);

    private final Services services;
    private final Supplier<String> address;

    ServiceCatalog(Services services, Supplier<String> address) {
        this.services = services;
        this.address = address;
    }

    @Override
    public long count(EntitySet set) {
        return registered().size();
    }

    @Override
    public Rows rows(EntitySet set, List<String> from) {
        var first = from.isEmpty() ? "" : from.getFirst();
        var rest = registered().stream()
                .filter(row -> row.text("ID").compareTo(first) >= 0)
                .iterator();
        return row -> {
            if (!rest.hasNext()) {
                return false;
            }
            System.arraycopy(rest.next().values(), 0, row, 0, row.length);
            return true;
        };
    }

    private List<Row> registered() {
        return services.list().stream()
                .filter(Service::registered)
                .map(this::row)
                .sorted(Comparator.comparing(row -> row.text("ID")))
                .toList();
    }

    private Row row(Service service) {
        var name = service.name();
        boolean own = name.namespace().equals(OWN_NAMESPACE);
        // The catalog names a service as it was registered: a customer's registration begins with Z, its address does
        // not.
        var technical = own ? "Z" + name.name() : name.name();
        var url = address.get() + name.path();
        return Row.of(CatalogModel.SERVICES)
                .set("ID", technical + "_" + name.version())
                .set("Description", description(name))
                .set("Title", technical)
                .set("Author", own ? "BASIS" : "SAP")
                .set("TechnicalServiceVersion", Integer.valueOf(name.version()))
                .set("MetadataUrl", url + "/$metadata")
                .set("TechnicalServiceName", technical)
                .set("ServiceUrl", url)
                .set("UpdatedDate", DELIVERED)
                .set("Category", "")
                .set("IsSapService", own ? null : "X");
    }

    private static @Nullable String description(ServiceName name) {
        return name.name().replace('_', ' ').toLowerCase(Locale.ROOT);
    }

    @Override
    public String description() {
        return "service catalog";
    }
}
