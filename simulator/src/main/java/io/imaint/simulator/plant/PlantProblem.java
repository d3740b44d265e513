package io.imaint.simulator.plant;

import static io.imaint.kernel.problem.Blame.PLATFORM;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of the simulated plant's data. */
public enum PlantProblem implements ProblemCode {
    PLANT_SIZE_INVALID(
            400, Blame.CALLER, "The simulated plant's size is out of range", "Give a number of orders in the range."),
    EXTRACT_UNREADABLE(
            500,
            PLATFORM,
            "The extract cannot be read",
            "Name a folder that holds SE16N exports as .csv or .txt, one file per table, and let this user read it."),
    EXTRACT_INVALID(
            500,
            PLATFORM,
            "The extract holds values that SAP's tables cannot",
            "Correct the named cells, or export the tables again with SE16N; nothing is served until all are right."),
    EXTRACT_TOO_LARGE(
            500,
            PLATFORM,
            "The extract is larger than the simulator holds",
            "Export fewer rows: restrict SE16N by plant or by date of creation.");

    private final Kind kind;

    PlantProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
