package io.imaint.services.erpmasterdata;

import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Parameters;
import io.imaint.kernel.http.Pattern;
import io.imaint.kernel.http.Route;
import io.imaint.store.Condition;
import io.imaint.store.Narrowing;
import io.imaint.store.replica.Replicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lists that SAP's customizing defines, the same in all plants. */
final class CustomizingLists {
    private CustomizingLists() {}

    static List<Route> routes(TextLists lists) {
        return List.of(
                lists.of("order-types", "order types", Replicas.ORDER_TYPES, OrderType.class, Words.class),
                lists.of(
                        "notification-types",
                        "notification types",
                        Replicas.NOTIFICATION_TYPES,
                        NotificationType.class,
                        Words.class),
                lists.of("priorities", "priorities", Replicas.PRIORITIES, Priority.class, Priorities.class),
                lists.of("activity-types", "activity types", Replicas.ACTIVITY_TYPES, ActivityType.class, Words.class),
                lists.of("status-texts", "system statuses", Replicas.STATUS_TEXTS, StatusText.class, Words.class));
    }

    record Words(
            @Description(ListFilter.ALL_PLANTS) @Nullable String plant,

            @Description(TextFilter.LANGUAGE)
            @Pattern(regexp = TextFilter.TAG, description = TextFilter.TAG_WORDS)
            @Nullable
            String language,

            @Description("Words or prefixes of words in key and description") @Nullable
            String text,

            @Parameters ListFilter.Paging paging)
            implements TextFilter {
        @Override
        public Condition narrowed() {
            return Condition.ALL;
        }
    }

    record Priorities(
            @Description(ListFilter.ALL_PLANTS) @Nullable String plant,

            @Description(TextFilter.LANGUAGE)
            @Pattern(regexp = TextFilter.TAG, description = TextFilter.TAG_WORDS)
            @Nullable
            String language,

            @Description("The priority type of an order type or notification type") @Nullable
            String priorityType,

            @Description("Words or prefixes of words in priority and description") @Nullable
            String text,

            @Parameters ListFilter.Paging paging)
            implements TextFilter {
        @Override
        public Condition narrowed() {
            return new Narrowing().equal("priorityType", priorityType).condition();
        }
    }

    /** A type of orders. Source: SAP table T003O. */
    record OrderType(
            String orderType,
            @Nullable String description,
            @Nullable String priorityType,
            @Nullable String notificationType,
            @Nullable String controlKey,

            @Description(TextFilter.OF_TEXTS) @Nullable String language) {}

    /** A type of notifications. Source: SAP table TQ80. */
    record NotificationType(
            String notificationType,
            @Nullable String description,
            @Nullable String orderType,
            @Nullable String priorityType,
            @Nullable String catalogProfile,
            @Nullable String codingCatalog,
            @Nullable String objectPartCatalog,
            @Nullable String damageCatalog,
            @Nullable String causeCatalog,
            @Nullable String taskCatalog,
            @Nullable String activityCatalog,

            @Description(TextFilter.OF_TEXTS) @Nullable String language) {}

    /** A priority. Source: SAP table T356. */
    record Priority(
            String priorityType,
            String priority,
            @Nullable String description,
            @Nullable Integer daysToRequiredStart,
            @Nullable Integer daysToRequiredEnd,

            @Description(TextFilter.OF_TEXTS) @Nullable String language) {}

    /** A maintenance activity type. Source: SAP table T353I. */
    record ActivityType(
            String activityType,
            @Nullable String description,

            @Description(TextFilter.OF_TEXTS) @Nullable String language) {}

    /** A system status. Source: SAP table TJ02T. */
    record StatusText(
            String status,
            @Nullable String code,
            @Nullable String description,
            @Nullable String objectType,

            @Description(TextFilter.OF_TEXTS) @Nullable String language) {}
}
