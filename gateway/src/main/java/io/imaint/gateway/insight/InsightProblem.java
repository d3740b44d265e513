package io.imaint.gateway.insight;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of figures and traces. */
enum InsightProblem implements ProblemCode {
    TRACE_NOT_FOUND(
            404,
            Blame.CALLER,
            "No such trace",
            "Begin a new one; a trace is known to the process that began it, until some minutes after its end."),
    TOO_MANY_TRACES(503, Blame.CAPACITY, "Too many traces run", "End one, or wait until one has ended.");

    private final Kind kind;

    InsightProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
