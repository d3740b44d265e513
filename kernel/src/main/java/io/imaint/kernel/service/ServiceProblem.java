package io.imaint.kernel.service;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of choosing and starting services. */
public enum ServiceProblem implements ProblemCode {
    TARGET_UNKNOWN("There is no such target", "Use a target or group from `imaint run --list`.");

    private final Kind kind;

    ServiceProblem(String title, String remedy) {
        this.kind = new Kind(500, Blame.PLATFORM, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
