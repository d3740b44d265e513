package io.imaint.services.masterconfiguration;

import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Projected;
import io.imaint.kernel.http.Range;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identifiers.EquipmentNumber;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.services.masterconfiguration.EquipmentDetail.OrderLine;
import io.imaint.services.masterconfiguration.EquipmentDetail.Part;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.Query;
import io.imaint.store.replica.ReplicaView;
import io.imaint.store.replica.Replicas;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The register of equipment. */
final class EquipmentRegister implements Routed {
    /** What fits on a screen; the whole history is a list of its own. */
    private static final int ORDERS_SHOWN_MAX = 20;

    private static final int PARTS_MAX = 1_000;

    /** What orders need wherever they are shown. */
    private static final Permission ORDERS_READ = new Permission("work-orders.read");

    private final ReplicaView seen;

    EquipmentRegister(ReplicaView seen) {
        this.seen = seen;
    }

    private Documents<Projected<OrderLine>> orders() {
        return seen.documents(Replicas.WORK_ORDERS, OrderLine.class);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/equipment", "Lists equipment")
                        .permits(MasterConfiguration.READ)
                        .answersProjections(Equipment.class)
                        .handles(Filter.class, this::list),
                Route.get("/api/equipment/{equipment}", "Shows equipment with its location, parts and orders")
                        .permits(MasterConfiguration.READ)
                        .answers(EquipmentDetail.class)
                        .handles(Key.class, this::detail),
                Route.get(
                                "/api/equipment/{equipment}/classification",
                                "Shows the classes of equipment and the values of its characteristics")
                        .permits(MasterConfiguration.READ)
                        .answers(Classification.class)
                        .handles(Key.class, this::classification));
    }

    record Filter(
            @Description("Maintenance plant") @Nullable String plant,

            @Description("Functional location; a * at the end matches a prefix, ** the location and all below it")
            @Nullable
            String functionalLocation,

            @Description("Only equipment that is installed in this one") @Nullable
            EquipmentNumber superior,

            @Description("Object types; any of them matches")
            List<String> objectType,

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
                all.add(Condition.matching("functionalLocation", functionalLocation));
            }
            if (superior != null) {
                all.add(Condition.equal("superiorEquipment", superior));
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

    record Key(@Path EquipmentNumber equipment) {}

    private Listing<Projected<Equipment>> list(Filter filter) {
        var query = Query.where(filter.condition()).limit(filter.limit()).after(filter.after());
        return seen.page(Replicas.EQUIPMENT, Equipment.class, query);
    }

    private Classification classification(Key asked) {
        var number = existing(asked, Equipment.class).text("equipment").orElseThrow();
        return Classification.of(seen, number, Classification.OF_EQUIPMENT);
    }

    private <R extends Record> Projected<R> existing(Key asked, Class<R> as) {
        var number = asked.equipment().value();
        return seen.find(Replicas.EQUIPMENT, as, number)
                .orElseThrow(() -> MasterConfigurationProblem.EQUIPMENT_NOT_FOUND.because(number));
    }

    private EquipmentDetail detail(Key asked) {
        var number = asked.equipment().value();
        var equipment = existing(asked, EquipmentDetail.Header.class);
        var ofEquipment = Condition.equal("equipment", number);
        boolean withOrders = Caller.current().may(ORDERS_READ);
        return new EquipmentDetail(
                equipment,
                seen.path(equipment.text("functionalLocation")),
                parts(number),
                withOrders ? newestOrders(ofEquipment) : List.of(),
                withOrders ? orders().count(ofEquipment) : null);
    }

    private List<Projected<Part>> parts(String superior) {
        return seen.documents(Replicas.EQUIPMENT, Part.class)
                .list(Query.where(Condition.equal("superiorEquipment", superior))
                        .limit(PARTS_MAX))
                .values();
    }

    private List<Projected<OrderLine>> newestOrders(Condition ofEquipment) {
        return orders().list(Query.where(ofEquipment).sorted("basicStart", true).limit(ORDERS_SHOWN_MAX))
                .values();
    }
}
