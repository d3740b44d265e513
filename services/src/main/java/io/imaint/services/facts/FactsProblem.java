package io.imaint.services.facts;

import static io.imaint.kernel.problem.Blame.CALLER;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of the service of dead letters of facts. */
enum FactsProblem implements ProblemCode {
    FACT_DEAD_LETTER_NOT_FOUND(
            404, CALLER, "No such dead letter of a fact", "List them with GET /api/facts/dead-letters.");

    private final Kind kind;

    FactsProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
