package io.imaint.services.workorder;

import io.imaint.services.command.ReferenceData;
import io.imaint.store.Document;
import io.imaint.store.replica.Replicas;
import java.util.Optional;
import java.util.function.Predicate;

/** Who plans and who works: planning plant and planner group, work center and its plant. */
final class Organization {
    private static final String PLANNING_PLANT = "planningPlant";
    private static final String PLANNER_GROUP = "plannerGroup";
    private static final String WORK_CENTER = "workCenter";
    private static final String WORK_CENTER_PLANT = "workCenterPlant";

    private Organization() {}

    /**
     * Notes what does not exist.
     *
     * @param changed whether a field is new: what SAP has is not checked again
     */
    static void check(Document values, Predicate<String> changed, ReferenceData reference) {
        var planning = values.text(PLANNING_PLANT).orElse(null);
        if (changed.test(PLANNING_PLANT)) {
            reference.known(PLANNING_PLANT, Replicas.PLANTS, planning);
        }
        if (changed.test(PLANNING_PLANT) || changed.test(PLANNER_GROUP)) {
            reference.known(
                    PLANNER_GROUP,
                    Replicas.PLANNER_GROUPS,
                    planning,
                    values.text(PLANNER_GROUP).orElse(null));
        }
        if (changed.test(WORK_CENTER) || changed.test(WORK_CENTER_PLANT)) {
            reference.known(
                    WORK_CENTER,
                    Replicas.WORK_CENTERS,
                    values.text(WORK_CENTER_PLANT)
                            .or(() -> values.text(Replicas.PLANT))
                            .orElse(null),
                    values.text(WORK_CENTER).orElse(null));
        }
    }

    /** Takes over a work center with its plant where neither was entered: one says nothing without the other. */
    static void proposeWorkCenter(Document values, Optional<String> center, Optional<String> plant) {
        if (center.isPresent() && !values.has(WORK_CENTER) && !values.has(WORK_CENTER_PLANT)) {
            values.put(WORK_CENTER, center.get());
            plant.ifPresent(known -> values.put(WORK_CENTER_PLANT, known));
        }
    }
}
