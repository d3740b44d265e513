package io.imaint.services.workorder;

import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Projected;
import io.imaint.kernel.http.Range;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.services.command.CommandContext;
import io.imaint.services.command.Expected;
import io.imaint.services.command.OrderKey;
import io.imaint.services.command.PendingView;
import io.imaint.services.workorder.WorkOrderDetail.StockedComponent;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Document;
import io.imaint.store.LiveCollection;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.replica.ReplicaView;
import io.imaint.store.replica.Replicas;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The work orders of all plants, and the notifications from which they come. */
public final class WorkOrders implements Routed {
    static final Permission READ = new Permission("work-orders.read");

    public static final List<LiveCollection> LIVE = List.of(
            new LiveCollection(Replicas.WORK_ORDERS, READ),
            new LiveCollection(Replicas.OPERATIONS, READ),
            new LiveCollection(Replicas.COMPONENTS, READ),
            new LiveCollection(Replicas.CONFIRMATIONS, READ),
            new LiveCollection(Replicas.GOODS_MOVEMENTS, READ),
            new LiveCollection(Replicas.TIME_SHEETS, READ),
            new LiveCollection(Replicas.ATTACHMENTS, READ),
            new LiveCollection(Replicas.NOTIFICATIONS, Notifications.READ),
            new LiveCollection(Replicas.NOTIFICATION_ITEMS, Notifications.READ),
            new LiveCollection(Replicas.NOTIFICATION_CAUSES, Notifications.READ),
            new LiveCollection(Replicas.NOTIFICATION_TASKS, Notifications.READ),
            new LiveCollection(Replicas.NOTIFICATION_ACTIVITIES, Notifications.READ),
            new LiveCollection(Replicas.INSPECTION_LOTS, InspectionLots.READ),
            new LiveCollection(Replicas.INSPECTION_CHARACTERISTICS, InspectionLots.READ),
            new LiveCollection(Replicas.USAGE_DECISIONS, InspectionLots.READ));

    private static final CollectionType<Projected<WorkOrderDetail.Header>> HEADER =
            Replicas.WORK_ORDERS.projected(WorkOrderDetail.Header.class);

    private final ReplicaView seen;
    private final InstantSource clock;
    private final PendingView pending;
    private final Notifications notifications;
    private final InspectionLots inspectionLots;
    private final List<Routed> commands;

    WorkOrders(Store store, InstantSource clock) {
        this.seen = new ReplicaView(store);
        this.clock = clock;
        var context = new CommandContext(store, clock);
        this.pending = context.pending();
        this.notifications = new Notifications(seen, pending);
        this.inspectionLots = new InspectionLots(seen, pending);
        this.commands = List.of(
                new NotificationCommands(context),
                new OrderCommands(context),
                new ConfirmationCommands(context),
                new GoodsMovementCommands(context),
                new TimeSheetCommands(context),
                new TimeSheets(context),
                new InspectionCommands(context),
                new AttachmentCommands(context, store));
    }

    @Override
    public List<Route> routes() {
        return Stream.concat(
                        Stream.of(ownRoutes(), notifications.routes(), inspectionLots.routes()),
                        commands.stream().map(Routed::routes))
                .flatMap(List::stream)
                .toList();
    }

    private List<Route> ownRoutes() {
        return List.of(
                Route.get("/api/work-orders", "Lists work orders")
                        .permits(READ)
                        .answersProjections(WorkOrder.class)
                        .handles(WorkOrderList.class, this::list),
                Route.get(
                                "/api/work-orders/{orderNumber}",
                                "Shows a work order with its operations, components and notification")
                        .permits(READ)
                        .answers(WorkOrderDetail.class)
                        .handles(Key.class, this::detail),
                ofOrder(
                        "confirmations",
                        "Lists the confirmations of a work order",
                        Confirmation.class,
                        Replicas.CONFIRMATIONS),
                ofOrder(
                        "goods-movements",
                        "Lists the goods movements of a work order",
                        GoodsMovement.class,
                        Replicas.GOODS_MOVEMENTS),
                ofOrder(
                        "time-sheets",
                        "Lists the hours recorded for a work order",
                        TimeSheetEntry.class,
                        Replicas.TIME_SHEETS),
                Route.get(
                                "/api/work-orders/{orderNumber}/documents",
                                "Lists the files that are attached to a work order; their content stays in SAP")
                        .permits(READ)
                        .answersProjections(AttachedFile.class)
                        .handles(
                                PartsOfOrder.class,
                                asked -> new AttachedFiles(seen)
                                        .page(
                                                order(asked.orderNumber()),
                                                AttachedFile.ORDER,
                                                asked.limit(),
                                                asked.after())),
                Route.get(
                                "/api/work-orders/{orderNumber}/history",
                                "Lists what happened to a work order, the newest first")
                        .permits(READ)
                        .answersListing(HistoryEvent.class)
                        .handles(HistoryOfOrder.class, this::history),
                Route.get("/api/work-order-counts", "Counts work orders by life-cycle status or another property")
                        .permits(READ)
                        .answers(Counts.class)
                        .handles(WorkOrderCount.class, this::counts));
    }

    /** Lists what hangs on an order in the order of its keys, by which it also came. */
    private <R extends Record> Route ofOrder(
            String word, String summary, Class<R> line, CollectionType<Document> type) {
        return Route.get("/api/work-orders/{orderNumber}/" + word, summary)
                .permits(READ)
                .answersProjections(line)
                .handles(PartsOfOrder.class, asked -> parts(asked, line, type, WorkOrders::ofOrder));
    }

    private <R extends Record> Listing<Projected<R>> parts(
            PartsOfOrder asked, Class<R> line, CollectionType<Document> type, Function<String, Condition> which) {
        var number = order(asked.orderNumber()).anchor();
        return seen.page(
                type,
                line,
                Query.where(which.apply(number)).limit(asked.limit()).after(asked.after()));
    }

    private Expected order(OrderKey key) {
        return pending.find(Replicas.WORK_ORDERS, key.value())
                .orElseThrow(() -> WorkOrderProblem.WORK_ORDER_NOT_FOUND.because(key.value()));
    }

    private Listing<HistoryEvent> history(HistoryOfOrder asked) {
        var order = order(asked.orderNumber());
        var number = order.anchor();
        var events = new OrderHistory(seen).of(order.document(), ofOrder(number), attached(number));
        return new Listing<>(events.stream().limit(asked.limit()).toList(), null, (long) events.size());
    }

    private static Condition ofOrder(String number) {
        return Condition.equal("orderNumber", number);
    }

    private static Condition attached(String number) {
        return AttachedFile.of(AttachedFile.ORDER, number);
    }

    record Key(@Path OrderKey orderNumber) {}

    record HistoryOfOrder(
            @Path OrderKey orderNumber,
            @Default("200") @Range(min = 1, max = 1000) int limit) {}

    record PartsOfOrder(
            @Path OrderKey orderNumber,
            @Default("50") @Range(min = 1, max = 1000) int limit,

            @Description("The 'next' of the previous page") @Nullable
            String after) {}

    /** How many orders there are of each kind. */
    record Counts(
            @Description("Orders by the value that was asked for; the empty text stands for those without")
            Map<String, Long> counts) {}

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    private Listing<Projected<WorkOrder>> list(WorkOrderList asked) {
        return pending.page(Replicas.WORK_ORDERS, WorkOrder.class, asked.query(today()), asked.total());
    }

    private Counts counts(WorkOrderCount asked) {
        return new Counts(seen.documents(Replicas.WORK_ORDERS)
                .countBy(asked.by().field(), asked.filter().condition(today())));
    }

    private WorkOrderDetail detail(Key asked) {
        var expected = order(asked.orderNumber());
        var number = expected.anchor();
        var order = HEADER.read(expected.shown());
        var ofOrder = ofOrder(number);
        return new WorkOrderDetail(
                order,
                seen.path(order.text("functionalLocation"), order.text("equipment")),
                seen.all(Replicas.OPERATIONS, Operation.class, ofOrder),
                stocked(seen.all(Replicas.COMPONENTS, Component.class, ofOrder)),
                order.text("notification")
                        .filter(origin -> Caller.current().may(Notifications.READ))
                        .flatMap(origin -> seen.find(Replicas.NOTIFICATIONS, OrderNotification.class, origin))
                        .orElse(null),
                seen.documents(Replicas.CONFIRMATIONS).count(ofOrder),
                seen.documents(Replicas.GOODS_MOVEMENTS).count(ofOrder),
                seen.documents(Replicas.TIME_SHEETS).count(ofOrder),
                seen.documents(Replicas.ATTACHMENTS).count(attached(number)));
    }

    private List<StockedComponent> stocked(List<Projected<Component>> components) {
        var stocks = seen.documents(Replicas.STOCKS, ComponentStock.class)
                .findAll(components.stream()
                        .flatMap(component -> stockKey(component).stream())
                        .distinct()
                        .toList());
        return components.stream()
                .map(component -> new StockedComponent(
                        component,
                        stockKey(component)
                                .flatMap(key -> Optional.ofNullable(stocks.get(key)))
                                .map(stored -> stored.value())
                                .orElse(null)))
                .toList();
    }

    /** The key of the stock from which a component is taken; empty while nobody has said from where. */
    private static Optional<String> stockKey(Projected<Component> component) {
        return component
                .text("material")
                .flatMap(material -> component
                        .text("stockPlant")
                        .flatMap(plant -> component
                                .text("storageLocation")
                                .map(location -> String.join("/", material, plant, location))));
    }
}
