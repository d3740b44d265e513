package io.imaint.checks;

import static io.imaint.checks.TwoPlants.city;
import static io.imaint.checks.TwoPlants.key;
import static io.imaint.checks.TwoPlants.number;

import io.imaint.checks.ScopeRow.OneObject;
import io.imaint.checks.ScopeRow.Unscoped;
import io.imaint.kernel.identity.Caller;
import io.imaint.store.Document;
import io.imaint.store.replica.Replicas;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The rows of the commands to SAP. What takes a step only once gets an object of its own each time. */
final class CommandRows {
    private static final String NO_ITEM = "00000000-0000-0000-0000-000000000000";
    private static final String NOTHING_NAMED = "the body names objects, which are tested with the service";
    private static final String ORDER = "/api/work-orders/{orderNumber}";
    private static final String NOTIFICATION = "/api/notifications/{notification}";

    private final ServedCatalogue program;
    private final Caller administrator = Caller.system("matrix");
    private final AtomicInteger made = new AtomicInteger();

    CommandRows(ServedCatalogue program) {
        this.program = program;
        for (var plant : List.of(TwoPlants.HAMBURG, TwoPlants.ROTTERDAM)) {
            program.store()
                    .documents(Replicas.WORK_CENTERS)
                    .upsertAll(List.of(new Document()
                            .put("id", plant + "/CREW")
                            .put("workCenter", "CREW")
                            .put("plant", plant)));
        }
    }

    List<ScopeRow> rows() {
        return List.of(
                refused("POST /api/work-orders", "{\"orderType\": \"PM01\", \"description\": \"X\"}"),
                each("PATCH " + ORDER, this::newOrder, plant -> change()),
                each("POST " + ORDER + "/release", this::newOrder, plant -> null),
                each("POST " + ORDER + "/technically-complete", this::releasedOrder, plant -> null),
                each("POST " + ORDER + "/reopen", this::completedOrder, plant -> null),
                each("POST " + ORDER + "/assignments", this::newOrder, plant -> "{\"workCenter\": \"CREW\"}"),
                each("POST " + ORDER + "/operations", this::newOrder, plant -> "{\"description\": \"Clean\"}"),
                attached("POST " + ORDER + "/documents", "/api/work-orders", "work-order-not-found"),
                attached("POST " + NOTIFICATION + "/documents", "/api/notifications", "notification-not-found"),
                each(
                        "POST " + ORDER + "/components",
                        this::newOrder,
                        plant -> "{\"material\": \"SEAL\", \"requiredQuantity\": 1}"),
                each(
                        "POST " + ORDER + "/operations/{operation}/confirmations",
                        this::releasedOrder,
                        plant -> "{\"actualWork\": 1}"),
                absent(
                        "POST /api/confirmations/{confirmation}/{counter}/cancel",
                        "/api/confirmations/9/9/cancel",
                        "confirmation-not-found"),
                refused("POST /api/notifications", "{\"notificationType\": \"M1\", \"description\": \"X\"}"),
                each("PATCH " + NOTIFICATION, this::newNotification, plant -> change()),
                each("POST " + NOTIFICATION + "/put-in-process", this::newNotification, plant -> null),
                each("POST " + NOTIFICATION + "/complete", this::newNotification, plant -> null),
                refused("POST /api/goods-movements", "{\"movementType\": \"261\", \"quantity\": 1}"),
                absent(
                        "POST /api/goods-movements/{materialDocument}/{materialDocumentYear}/cancel",
                        "/api/goods-movements/9/2026/cancel",
                        "goods-movement-not-found"),
                refused("POST /api/time-sheets", "{\"personnelNumber\": \"9\", \"workDate\": \"2026-01-01\"}"),
                each("PATCH /api/time-sheets/{record}", this::newRecord, plant -> "{\"hours\": %d}".formatted(hours())),
                each("POST /api/time-sheets/{record}/cancel", this::newRecord, plant -> null),
                refused("POST /api/measurement-documents", "{\"measuringPoint\": \"99\", \"reading\": 1}"),
                each("POST /api/measurement-documents/{measurementDocument}/cancel", this::newReading, plant -> null),
                each(
                        "POST /api/equipment/{equipment}/install",
                        this::newEquipment,
                        plant -> "{\"functionalLocation\": \"%s\"}"
                                .formatted(TwoPlants.site(Objects.requireNonNull(plant)))),
                each("POST /api/equipment/{equipment}/dismantle", this::installedEquipment, plant -> null),
                each(
                        "POST /api/inspection-lots/{inspectionLot}/results",
                        this::newLot,
                        plant -> "{\"operation\": \"1\", \"characteristic\": \"1\", \"result\": 1}"),
                each(
                        "POST /api/inspection-lots/{inspectionLot}/usage-decision",
                        this::newLot,
                        plant -> "{\"codeGroup\": \"A\", \"code\": \"A\"}"));
    }

    private static OneObject each(String route, UnaryOperator<String> key, UnaryOperator<@Nullable String> body) {
        var missing = route.contains("{record}")
                        || route.contains("{measurementDocument}")
                        || route.contains("{inspectionLot}")
                ? "000000099999"
                : route.contains("{equipment}") ? "000000000099999999" : NO_ITEM;
        return new OneObject(route, key, missing, body, List.of());
    }

    private static Unscoped refused(String route, String body) {
        return new Unscoped(route, NOTHING_NAMED, () -> route.substring("POST ".length()), () -> body, "entry-invalid");
    }

    private static Unscoped attached(String route, String object, String code) {
        return new Unscoped(
                route,
                "what is of another plant is missing alike, as for orders",
                () -> object + "/" + NO_ITEM + "/documents?fileName=report.pdf",
                () -> "{}",
                code);
    }

    private static Unscoped absent(String route, String path, String code) {
        return new Unscoped(
                route, "what is of another plant is missing alike, as for orders", () -> path, () -> null, code);
    }

    private String change() {
        return "{\"description\": \"Works %d\"}".formatted(made.incrementAndGet());
    }

    private int hours() {
        return 1 + made.incrementAndGet() % 20;
    }

    private String newOrder(String plant) {
        return created("/api/work-orders", "orderType", plant);
    }

    private String newNotification(String plant) {
        return created("/api/notifications", "notificationType", plant);
    }

    private String created(String path, String type, String plant) {
        return taken(
                path,
                "{\"%s\": \"M1\", \"description\": \"Works\", \"equipment\": \"%s\"}"
                        .formatted(type, number(plant, 1)));
    }

    private String taken(String path, @Nullable String body) {
        var reply = program.send(administrator, "POST", path, body);
        assert reply.status() == 202 : reply;
        return reply.json().get("id").asString();
    }

    private String releasedOrder(String plant) {
        var order = newOrder(plant);
        taken("/api/work-orders/" + order + "/release", null);
        return order;
    }

    private String completedOrder(String plant) {
        var order = releasedOrder(plant);
        taken("/api/work-orders/" + order + "/technically-complete", null);
        return order;
    }

    private String next(int digits) {
        return ("%0" + digits + "d").formatted(70_000 + made.incrementAndGet());
    }

    // Objects refer to what gives them their plant: the reference mapper would take it away from others at any time.

    /** Of nobody: whose it is decides who may change it, which is tested with the service. */
    private String newRecord(String plant) {
        var key = next(12);
        program.store()
                .documents(Replicas.TIME_SHEETS)
                .upsertAll(List.of(new Document()
                        .put("id", key)
                        .put("record", key)
                        .put("orderNumber", key(number(plant, 2)).substring(6))
                        .put("workDate", "2026-01-01")
                        .put("hours", 24)
                        .put("plant", plant)));
        return key;
    }

    private String newReading(String plant) {
        var key = next(12);
        program.store()
                .documents(Replicas.MEASURING_POINTS)
                .upsertAll(List.of(new Document()
                        .put("id", key)
                        .put("measuringPoint", key)
                        .put("equipment", newEquipment(plant))
                        .put("description", city(plant) + " gauge")
                        .put("plant", plant)));
        program.store()
                .documents(Replicas.MEASUREMENT_DOCUMENTS)
                .upsertAll(List.of(new Document()
                        .put("id", key)
                        .put("measurementDocument", key)
                        .put("measuringPoint", key)
                        .put("plant", plant)));
        return key;
    }

    private String newLot(String plant) {
        var key = next(12);
        var store = program.store();
        store.documents(Replicas.INSPECTION_LOTS)
                .upsertAll(List.of(
                        new Document().put("id", key).put("inspectionLot", key).put("plant", plant)));
        store.documents(Replicas.INSPECTION_CHARACTERISTICS)
                .upsertAll(List.of(new Document()
                        .put("id", key + "/00000001/0001")
                        .put("inspectionLot", key)
                        .put("quantitative", true)
                        .put("plant", plant)));
        return key;
    }

    private String newEquipment(String plant) {
        return equipment(plant, null);
    }

    private String installedEquipment(String plant) {
        return equipment(plant, "ZZ-" + plant);
    }

    /** It goes with the row that asks for it, since lists of equipment have other rows. */
    private String equipment(String plant, @Nullable String place) {
        var key = next(18);
        program.store()
                .documents(Replicas.EQUIPMENT)
                .upsertAll(List.of(new Document()
                        .put("id", key)
                        .put("equipment", key)
                        .put("functionalLocation", place)
                        .put("maintenancePlant", plant)
                        .put("description", city(plant) + " spare")
                        .put("plant", plant)));
        return key;
    }
}
