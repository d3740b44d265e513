package io.imaint.simulator.plant;

import static io.imaint.kernel.problem.Blame.PLATFORM;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of the simulated plant's data. */
public enum PlantProblem implements ProblemCode {
    PLANT_SIZE_INVALID(
            400,
            Blame.CALLER,
            "The size of the simulated plant is out of range",
            "Enter a number of orders in the range."),
    EXTRACT_UNREADABLE(
            500,
            PLATFORM,
            "The extract cannot be read",
            "Name a directory with SE16N exports as .csv or .txt, one file per table, and let this user read it."),
    EXTRACT_INVALID(
            500,
            PLATFORM,
            "The extract has invalid values",
            "Correct the cells, or export the tables again with SE16N; the simulator does not start until all are correct."),
    EXTRACT_TOO_LARGE(
            500,
            PLATFORM,
            "The extract is too large for the simulator",
            "Export fewer rows: restrict SE16N by plant or creation date.");

    private final Kind kind;

    PlantProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
