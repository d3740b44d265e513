package io.imaint.services.masterconfiguration;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Projected;
import io.imaint.kernel.http.Range;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.identifiers.EquipmentNumber;
import io.imaint.kernel.identifiers.MaintenancePlanNumber;
import io.imaint.kernel.identity.Permission;
import io.imaint.store.Narrowing;
import io.imaint.store.Query;
import io.imaint.store.replica.ReplicaView;
import io.imaint.store.replica.Replicas;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The maintenance plans and the task lists by which their orders are done. */
final class MaintenancePlans implements Routed {
    static final Permission READ = new Permission("maintenance-plans.read");

    private final ReplicaView seen;

    MaintenancePlans(ReplicaView seen) {
        this.seen = seen;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                Route.get("/api/maintenance-plans", "Lists maintenance plans")
                        .permits(READ)
                        .answersProjections(MaintenancePlan.class)
                        .handles(Filter.class, this::list),
                Route.get(
                                "/api/maintenance-plans/{maintenancePlan}",
                                "Shows a maintenance plan with the operations of its task list")
                        .permits(READ)
                        .answers(Detail.class)
                        .handles(Key.class, this::detail),
                Route.get("/api/task-lists", "Lists task lists")
                        .permits(READ)
                        .answersProjections(TaskList.class)
                        .handles(TaskListFilter.class, this::taskLists),
                Route.get("/api/task-list-operations", "Lists the operations of the task lists of a group")
                        .permits(READ)
                        .answersProjections(TaskListOperation.class)
                        .handles(OperationFilter.class, this::operations));
    }

    record Filter(
            @Description("Maintenance plants; any of them matches")
            List<String> plant,

            @Nullable String planningPlant,

            @Description("Equipment number, with or without leading zeros") @Nullable
            EquipmentNumber equipment,

            @Description("Functional location; a * at the end matches a prefix, ** the location and all below it")
            @Nullable
            String functionalLocation,

            @Description("The group of its task list") @Nullable
            String taskListGroup,

            @Description("Due on this day or later") @Nullable
            LocalDate dueFrom,

            @Description("Due on this day or earlier") @Nullable
            LocalDate dueTo,

            @Description("Words or prefixes of words in number and description") @Nullable
            String text,

            @Default("maintenancePlan") Sort sort,

            @Default("50") @Range(min = 1, max = 1000) int limit,

            @Description("The 'next' of the previous page") @Nullable
            String after) {
        /** The orders that an index serves. */
        enum Sort {
            MAINTENANCE_PLAN("maintenancePlan", List.of()), // The key.
            NEXT_PLANNED_DATE("nextPlannedDate", List.of(new Query.Sort("nextPlannedDate", false)));

            private final String word;
            private final List<Query.Sort> fields;

            Sort(String word, List<Query.Sort> fields) {
                this.word = word;
                this.fields = fields;
            }

            @Override
            public String toString() {
                return word;
            }
        }

        Query query() {
            var asked = new Narrowing()
                    .anyOf("plant", plant)
                    .equal("planningPlant", planningPlant)
                    .equal("equipment", equipment)
                    .matching("functionalLocation", functionalLocation)
                    .equal("taskListGroup", taskListGroup)
                    .days("nextPlannedDate", dueFrom, dueTo)
                    .text(text);
            return new Query(asked.condition(), sort.fields, limit, after);
        }
    }

    record Key(@Path MaintenancePlanNumber maintenancePlan) {}

    record TaskListFilter(
            @Description("Plants; any of them matches") List<String> plant,

            @Description("Equipment number, with or without leading zeros") @Nullable
            EquipmentNumber equipment,

            @Description("Functional location; a * at the end matches a prefix, ** the location and all below it")
            @Nullable
            String functionalLocation,

            @Description("Words or prefixes of words in group and description") @Nullable
            String text,

            @Default("50") @Range(min = 1, max = 1000) int limit,

            @Description("The 'next' of the previous page") @Nullable
            String after) {
        Query query() {
            var asked = new Narrowing()
                    .anyOf("plant", plant)
                    .equal("equipment", equipment)
                    .matching("functionalLocation", functionalLocation)
                    .text(text);
            return Query.where(asked.condition()).limit(limit).after(after);
        }
    }

    record OperationFilter(
            String taskListGroup,

            @Description("A general, E of equipment, T of a functional location") @Nullable
            String taskListType,

            @Description("The counter of one task list in the group") @Nullable
            String groupCounter,

            @Default("50") @Range(min = 1, max = 1000) int limit,

            @Description("The 'next' of the previous page") @Nullable
            String after) {
        Query query() {
            var asked = new Narrowing()
                    .equal("taskListGroup", taskListGroup)
                    .equal("taskListType", taskListType)
                    .equal("groupCounter", groupCounter);
            return Query.where(asked.condition()).limit(limit).after(after);
        }
    }

    /** A maintenance plan with what its orders do. */
    record Detail(
            @JsonUnwrapped Projected<MaintenancePlan> plan,

            @Description("The operations of its task list") List<Projected<TaskListOperation>> operations) {}

    private Listing<Projected<MaintenancePlan>> list(Filter filter) {
        return seen.page(Replicas.MAINTENANCE_PLANS, MaintenancePlan.class, filter.query());
    }

    private Detail detail(Key asked) {
        var number = asked.maintenancePlan().value();
        var plan = seen.find(Replicas.MAINTENANCE_PLANS, MaintenancePlan.class, number)
                .orElseThrow(() -> MasterConfigurationProblem.MAINTENANCE_PLAN_NOT_FOUND.because(number));
        return new Detail(
                plan,
                plan.text("taskListGroup").map(group -> steps(plan, group)).orElse(List.of()));
    }

    private List<Projected<TaskListOperation>> steps(Projected<MaintenancePlan> plan, String group) {
        var ofTaskList = new Narrowing()
                .equal("taskListGroup", group)
                .equal("taskListType", plan.text("taskListType").orElse(null))
                .equal("groupCounter", plan.text("groupCounter").orElse(null));
        return seen.all(Replicas.TASK_LIST_OPERATIONS, TaskListOperation.class, ofTaskList.condition());
    }

    private Listing<Projected<TaskList>> taskLists(TaskListFilter filter) {
        return seen.page(Replicas.TASK_LISTS, TaskList.class, filter.query());
    }

    private Listing<Projected<TaskListOperation>> operations(OperationFilter filter) {
        return seen.page(Replicas.TASK_LIST_OPERATIONS, TaskListOperation.class, filter.query());
    }
}
