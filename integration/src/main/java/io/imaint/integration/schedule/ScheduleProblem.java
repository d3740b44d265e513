package io.imaint.integration.schedule;

import static io.imaint.kernel.problem.Blame.PLATFORM;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of the schedule itself. */
enum ScheduleProblem implements ProblemCode {
    SCHEDULE_DEFECT(
            500,
            PLATFORM,
            "A scheduled delta met a defect of iMaintenance",
            "Report it with the log's stack trace; it is probed every ten minutes, and the others go on.");

    private final Kind kind;

    ScheduleProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
