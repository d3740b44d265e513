package io.imaint.services.masterconfiguration;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of the master configuration service. */
enum MasterConfigurationProblem implements ProblemCode {
    PLANT_NOT_FOUND("There is no such plant", "List the plants with GET /api/plants."),
    FUNCTIONAL_LOCATION_NOT_FOUND(
            "There is no such functional location",
            "Check the label, which is case-sensitive; GET /api/functional-locations?text=… searches."),
    EQUIPMENT_NOT_FOUND("There is no such equipment", "Check the number; GET /api/equipment?text=… searches."),
    MEASURING_POINT_NOT_FOUND(
            "There is no such measuring point", "Check the number; GET /api/measuring-points?text=… searches."),
    MEASUREMENT_DOCUMENT_NOT_FOUND(
            "There is no such measurement document",
            "Check the number; GET /api/measuring-points/{measuringPoint}/readings shows those of a point."),
    MATERIAL_NOT_FOUND("There is no such material", "Check the number; GET /api/materials?text=… searches."),
    MAINTENANCE_PLAN_NOT_FOUND(
            "There is no such maintenance plan", "Check the number; GET /api/maintenance-plans?text=… searches.");

    private final Kind kind;

    MasterConfigurationProblem(String title, String remedy) {
        this.kind = new Kind(404, Blame.CALLER, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
