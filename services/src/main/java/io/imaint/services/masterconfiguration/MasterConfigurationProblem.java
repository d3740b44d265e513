package io.imaint.services.masterconfiguration;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of the master configuration service. */
enum MasterConfigurationProblem implements ProblemCode {
    PLANT_NOT_FOUND("No such plant", "GET /api/plants lists the plants."),
    FUNCTIONAL_LOCATION_NOT_FOUND(
            "No such functional location",
            "Check the label, capital letters included; GET /api/functional-locations?text=… finds it by any part."),
    EQUIPMENT_NOT_FOUND(
            "No such equipment", "Check the number; GET /api/equipment?text=… finds equipment by any part of it.");

    private final Kind kind;

    MasterConfigurationProblem(String title, String remedy) {
        this.kind = new Kind(404, Blame.CALLER, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
