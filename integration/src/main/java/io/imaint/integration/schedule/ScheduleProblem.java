package io.imaint.integration.schedule;

import static io.imaint.kernel.problem.Blame.PLATFORM;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of the schedule itself. */
enum ScheduleProblem implements ProblemCode {
    SCHEDULE_DEFECT(
            500,
            PLATFORM,
            "A scheduled delta failed because of a defect in iMaintenance",
            "Report the stack trace in the log; the delta is retried every ten minutes, and other integrations continue.");

    private final Kind kind;

    ScheduleProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
