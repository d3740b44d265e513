package io.imaint.services.erpmasterdata;

import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Listing;
import io.imaint.kernel.http.Parameters;
import io.imaint.kernel.http.Projected;
import io.imaint.kernel.http.Route;
import io.imaint.store.Condition;
import io.imaint.store.Narrowing;
import io.imaint.store.replica.Replicas;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The lists of who plans and does the work of a plant. */
final class PlantLists {
    private static final String PLANNING_PLANT = "planningPlant";

    private final ValueLists lists;

    PlantLists(ValueLists lists) {
        this.lists = lists;
    }

    List<Route> routes() {
        return List.of(
                lists.of(
                        "planner-groups",
                        "planner groups",
                        List.of(Replicas.PLANNER_GROUPS, Replicas.PLANTS),
                        PlannerGroup.class,
                        PlannerGroups.class,
                        this::plannerGroups),
                lists.of("work-centers", "work centers", Replicas.WORK_CENTERS, WorkCenter.class, WorkCenters.class),
                lists.of("persons", "people who do maintenance", Replicas.PERSONS, Person.class, Persons.class));
    }

    private Listing<Projected<PlannerGroup>> plannerGroups(PlannerGroups asked) {
        var plant = asked.plant();
        var narrowed = new Narrowing()
                .and(asked.condition())
                .equal(PLANNING_PLANT, plant == null ? null : planningPlant(plant));
        return lists.seen()
                .page(
                        Replicas.PLANNER_GROUPS,
                        PlannerGroup.class,
                        asked.paging().of(narrowed.condition()));
    }

    /** A plant of which nothing else is known plans its work itself. */
    private String planningPlant(String plant) {
        return lists.seen()
                .documents(Replicas.PLANTS)
                .find(plant)
                .flatMap(found -> found.value().text(PLANNING_PLANT))
                .orElse(plant);
    }

    record PlannerGroups(
            @Description("A plant, for the planner groups of its planning plant") @Nullable
            String plant,

            @Description("Planning plant") @Nullable String planningPlant,

            @Description("Words or prefixes of words in planner group and name") @Nullable
            String text,

            @Parameters ListFilter.Paging paging)
            implements ListFilter {
        @Override
        public Condition condition() {
            return new Narrowing()
                    .equal("planningPlant", planningPlant)
                    .text(text)
                    .condition();
        }
    }

    record WorkCenters(
            @Description("Plant") @Nullable String plant,

            @Description("Work center") @Nullable String workCenter,

            @Description("Words or prefixes of words in work center and description") @Nullable
            String text,

            @Parameters ListFilter.Paging paging)
            implements ListFilter {
        @Override
        public Condition condition() {
            return new Narrowing()
                    .equal("plant", plant)
                    .equal("workCenter", workCenter)
                    .text(text)
                    .condition();
        }
    }

    record Persons(
            @Description("A plant, for its people and those without one") @Nullable
            String plant,

            @Description("Work center") @Nullable String workCenter,

            @Description("The user name in SAP") @Nullable String user,

            @Description("Words or prefixes of words in personnel number, name and user name") @Nullable
            String text,

            @Parameters ListFilter.Paging paging)
            implements ListFilter {
        @Override
        public Condition condition() {
            return new Narrowing()
                    .and(
                            plant == null
                                    ? Condition.ALL
                                    : new Condition.Or(
                                            List.of(Condition.equal("plant", plant), Condition.equal("plant", null))))
                    .equal("workCenter", workCenter)
                    .equal("user", user)
                    .text(text)
                    .condition();
        }
    }

    /** A planner group. Source: SAP table T024I. */
    record PlannerGroup(
            String planningPlant,
            String plannerGroup,
            @Nullable String name,
            @Nullable String telephone) {}

    /** A work center. Source: SAP table CRHD. */
    record WorkCenter(
            @Nullable String plant,
            @Nullable String plantName,
            @Nullable String workCenter,
            @Nullable String description,
            @Nullable String category,
            @Nullable String personResponsible,
            @Nullable String location,
            @Nullable LocalDate validFrom,
            @Nullable LocalDate validTo,
            boolean deletionFlag) {}

    /** A person who does maintenance. Source: SAP table PA0001. */
    record Person(
            String personnelNumber,
            @Nullable String name,
            @Nullable String user,
            @Nullable String plant,
            @Nullable String workCenter,
            @Nullable String workCenterDescription) {}
}
