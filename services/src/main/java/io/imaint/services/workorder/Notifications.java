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
import io.imaint.services.command.Expected;
import io.imaint.services.command.NotificationKey;
import io.imaint.services.command.PendingView;
import io.imaint.store.CollectionType;
import io.imaint.store.Condition;
import io.imaint.store.replica.ReplicaView;
import io.imaint.store.replica.Replicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The notifications: what people report about objects. */
final class Notifications implements Routed {
    static final Permission READ = new Permission("notifications.read");

    private static final CollectionType<Projected<NotificationDetail.Header>> HEADER =
            Replicas.NOTIFICATIONS.projected(NotificationDetail.Header.class);

    private final ReplicaView seen;
    private final PendingView pending;

    Notifications(ReplicaView seen, PendingView pending) {
        this.seen = seen;
        this.pending = pending;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/notifications", "Lists notifications")
                        .permits(READ)
                        .answersProjections(Notification.class)
                        .handles(NotificationList.class, this::list),
                Route.get(
                                "/api/notifications/{notification}",
                                "Shows a notification with its items, causes, tasks and activities")
                        .permits(READ)
                        .answers(NotificationDetail.class)
                        .handles(Key.class, this::detail),
                Route.get(
                                "/api/notifications/{notification}/documents",
                                "Lists the files that are attached to a notification; their content stays in SAP")
                        .permits(READ)
                        .answersProjections(AttachedFile.class)
                        .handles(PartsOfNotification.class, this::documents),
                Route.get(
                                "/api/notifications/{notification}/history",
                                "Lists what happened to a notification, the newest first")
                        .permits(READ)
                        .answersListing(HistoryEvent.class)
                        .handles(HistoryOfNotification.class, this::history),
                Route.get("/api/notification-counts", "Counts notifications by life-cycle status or another property")
                        .permits(READ)
                        .answers(WorkOrders.Counts.class)
                        .handles(NotificationCount.class, this::counts));
    }

    record Key(@Path NotificationKey notification) {}

    record HistoryOfNotification(
            @Path NotificationKey notification,
            @Default("200") @Range(min = 1, max = 1000) int limit) {}

    record PartsOfNotification(
            @Path NotificationKey notification,
            @Default("50") @Range(min = 1, max = 1000) int limit,

            @Description("The 'next' of the previous page") @Nullable
            String after) {}

    private WorkOrders.Counts counts(NotificationCount asked) {
        return new WorkOrders.Counts(seen.documents(Replicas.NOTIFICATIONS)
                .countBy(asked.by().field(), asked.filter().condition()));
    }

    private Expected notification(NotificationKey key) {
        return pending.find(Replicas.NOTIFICATIONS, key.value())
                .orElseThrow(() -> WorkOrderProblem.NOTIFICATION_NOT_FOUND.because(key.value()));
    }

    private Listing<Projected<AttachedFile>> documents(PartsOfNotification asked) {
        return new AttachedFiles(seen)
                .page(notification(asked.notification()), AttachedFile.NOTIFICATION, asked.limit(), asked.after());
    }

    private Listing<HistoryEvent> history(HistoryOfNotification asked) {
        var notification = notification(asked.notification());
        var number = notification.anchor();
        var events =
                new NotificationHistory(seen).of(notification.document(), ofNotification(number), attached(number));
        return new Listing<>(events.stream().limit(asked.limit()).toList(), null, (long) events.size());
    }

    private static Condition ofNotification(String number) {
        return Condition.equal("notification", number);
    }

    private static Condition attached(String number) {
        return AttachedFile.of(AttachedFile.NOTIFICATION, number);
    }

    private Listing<Projected<Notification>> list(NotificationList asked) {
        return pending.page(Replicas.NOTIFICATIONS, Notification.class, asked.query(), asked.total());
    }

    private NotificationDetail detail(Key asked) {
        var expected = notification(asked.notification());
        var number = expected.anchor();
        var header = HEADER.read(expected.shown());
        var ofNotification = ofNotification(number);
        return new NotificationDetail(
                header,
                seen.path(header.text("functionalLocation"), header.text("equipment")),
                seen.all(Replicas.NOTIFICATION_ITEMS, NotificationItem.class, ofNotification),
                seen.all(Replicas.NOTIFICATION_CAUSES, NotificationCause.class, ofNotification),
                seen.all(Replicas.NOTIFICATION_TASKS, NotificationTask.class, ofNotification),
                seen.all(Replicas.NOTIFICATION_ACTIVITIES, NotificationActivity.class, ofNotification),
                header.text("order")
                        .filter(order -> Caller.current().may(WorkOrders.READ))
                        .flatMap(order -> seen.find(Replicas.WORK_ORDERS, WorkOrder.class, order))
                        .orElse(null),
                seen.documents(Replicas.ATTACHMENTS).count(attached(number)));
    }
}
