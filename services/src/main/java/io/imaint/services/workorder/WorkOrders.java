package io.imaint.services.workorder;

import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Projected;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identifiers.OrderNumber;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.Documents;
import io.imaint.store.LiveCollection;
import io.imaint.store.Query;
import io.imaint.store.Store;
import io.imaint.store.Stored;
import io.imaint.store.replica.Replicas;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The work orders of all plants. */
public final class WorkOrders implements Routed {
    private static final Permission READ = new Permission("work-orders.read");

    public static final List<LiveCollection> LIVE = List.of(
            new LiveCollection(Replicas.WORK_ORDERS, READ),
            new LiveCollection(Replicas.OPERATIONS, READ),
            new LiveCollection(Replicas.NOTIFICATIONS, READ));

    private final Store store;

    WorkOrders(Store store) {
        this.store = store;
    }

    private <T> Documents<T> documents(CollectionType<T> type) {
        return store.as(Caller.current()).documents(type);
    }

    private Documents<Projected<WorkOrder>> orders() {
        return documents(Replicas.WORK_ORDERS.projected(WorkOrder.class));
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/work-orders", "Lists work orders")
                        .permits(READ)
                        .answersProjections(WorkOrder.class)
                        .handles(WorkOrderFilter.class, this::list),
                Route.get("/api/work-orders/{orderNumber}", "Shows a work order with its operations and notification")
                        .permits(READ)
                        .answers(WorkOrderDetail.class)
                        .handles(Key.class, this::detail),
                Route.get("/api/work-order-counts", "Counts work orders by life-cycle status")
                        .permits(READ)
                        .answers(StatusCounts.class)
                        .handles(WorkOrderFilter.class, this::counts));
    }

    record Key(@Path OrderNumber orderNumber) {}

    /**
     * @param counts orders by life-cycle status
     */
    record StatusCounts(Map<String, Long> counts) {}

    private Listing<Projected<WorkOrder>> list(WorkOrderFilter filter) {
        var page = orders().list(filter.query());
        return new Listing<>(page.values(), page.next(), filter.total() ? orders().count(filter.condition()) : null);
    }

    private StatusCounts counts(WorkOrderFilter filter) {
        return new StatusCounts(orders().countBy("lifecycleStatus", filter.condition()));
    }

    private WorkOrderDetail detail(Key asked) {
        var number = asked.orderNumber().value();
        var order = documents(Replicas.WORK_ORDERS.projected(WorkOrderDetail.Header.class))
                .find(number)
                .map(Stored::value)
                .orElseThrow(() -> WorkOrderProblem.WORK_ORDER_NOT_FOUND.because(number));
        return new WorkOrderDetail(
                order,
                operationsOf(number),
                order.text("notification").map(this::notification).orElse(null));
    }

    private List<Projected<Operation>> operationsOf(String orderNumber) {
        var all = Query.where(Condition.equal("orderNumber", orderNumber)).limit(Query.LIMIT_MAX);
        return documents(Replicas.OPERATIONS.projected(Operation.class))
                .list(all)
                .values();
    }

    private @Nullable Projected<OrderNotification> notification(String number) {
        return documents(Replicas.NOTIFICATIONS.projected(OrderNotification.class))
                .find(number)
                .map(Stored::value)
                .orElse(null);
    }
}
