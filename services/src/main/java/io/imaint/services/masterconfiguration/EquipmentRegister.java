package io.imaint.services.masterconfiguration;

import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Range;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.services.masterconfiguration.EquipmentDetail.OrderLine;
import io.imaint.services.masterconfiguration.EquipmentDetail.Part;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.Documents;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import io.imaint.store.replica.Replicas;
import io.imaint.store.replica.SapKeys;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The register of equipment. */
final class EquipmentRegister implements Routed {
    /** What fits on a screen; the whole history is a list of its own. */
    private static final int ORDERS_SHOWN_MAX = 20;

    private static final int PARTS_MAX = 1_000;

    private final Documents<Document> documents;
    private final Documents<Document> orders;
    private final FunctionalLocations places;

    EquipmentRegister(Store store, FunctionalLocations places) {
        this.documents = store.documents(Replicas.EQUIPMENT);
        this.orders = store.documents(Replicas.WORK_ORDERS);
        this.places = places;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/equipment", "Lists equipment")
                        .permits(MasterConfiguration.READ)
                        .answersListing(Equipment.class)
                        .handles(Filter.class, this::list),
                Route.get("/api/equipment/{equipment}", "Shows equipment with its location, parts and orders")
                        .permits(MasterConfiguration.READ)
                        .answers(EquipmentDetail.class)
                        .handles(Key.class, this::detail));
    }

    record Filter(
            @Description("Maintenance plant") @Nullable String plant,

            @Description("Functional location; a * at the end matches a prefix") @Nullable
            String functionalLocation,

            @Description("Only equipment that is installed in this one") @Nullable
            String superior,

            @Description("Object types; any of them matches") List<String> objectType,

            @Description(
                    "Words or prefixes of words in number, description, manufacturer, model, serial number and location")
            @Nullable
            String text,

            @Default("50") @Range(min = 1, max = 1000) int limit,

            @Description("The 'next' of the previous page") @Nullable
            String after) {
        Condition condition() {
            var all = new ArrayList<Condition>();
            if (plant != null) {
                all.add(Condition.equal("plant", plant));
            }
            if (functionalLocation != null) {
                all.add(SapKeys.matching("functionalLocation", functionalLocation));
            }
            if (superior != null) {
                all.add(Condition.equal("superiorEquipment", SapKeys.equipment(superior)));
            }
            if (!objectType.isEmpty()) {
                all.add(new Condition.In("objectType", objectType));
            }
            if (text != null) {
                all.add(new Condition.Text(text));
            }
            return all.isEmpty() ? Condition.ALL : new Condition.And(all);
        }
    }

    record Key(@Path String equipment) {}

    private Listing<Equipment> list(Filter filter) {
        var condition = filter.condition();
        var page = documents.list(Query.where(condition).limit(filter.limit()).after(filter.after()));
        return new Listing<>(
                page.values().stream().map(Equipment::of).toList(), page.next(), documents.count(condition));
    }

    private EquipmentDetail detail(Key asked) {
        var number = SapKeys.equipment(asked.equipment());
        var document = documents
                .find(number)
                .map(Stored::value)
                .orElseThrow(() -> MasterConfigurationProblem.EQUIPMENT_NOT_FOUND.because(number));
        var ofEquipment = Condition.equal("equipment", number);
        return new EquipmentDetail(
                Equipment.of(document),
                document.text("location").orElse(null),
                document.text("costCenter").orElse(null),
                document.text("material").orElse(null),
                document.text("serialNumber").orElse(null),
                document.text("inventoryNumber").orElse(null),
                document.text("constructionYear").orElse(null),
                document.text("constructionMonth").orElse(null),
                document.date("acquisitionDate").orElse(null),
                document.decimal("acquisitionValue").orElse(null),
                document.text("currency").orElse(null),
                document.decimal("weight").orElse(null),
                document.text("weightUnit").orElse(null),
                places.path(document.text("functionalLocation")),
                parts(number),
                newestOrders(ofEquipment),
                orders.count(ofEquipment));
    }

    private List<Part> parts(String superior) {
        return documents
                .list(Query.where(Condition.equal("superiorEquipment", superior))
                        .limit(PARTS_MAX))
                .values()
                .stream()
                .map(Part::of)
                .toList();
    }

    private List<OrderLine> newestOrders(Condition ofEquipment) {
        return orders
                .list(Query.where(ofEquipment).sorted("basicStart", true).limit(ORDERS_SHOWN_MAX))
                .values()
                .stream()
                .map(OrderLine::of)
                .toList();
    }
}
