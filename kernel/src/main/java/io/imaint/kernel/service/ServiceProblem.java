package io.imaint.kernel.service;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of choosing and starting services. */
public enum ServiceProblem implements ProblemCode {
    TARGET_UNKNOWN("No such target", "Use a name or group that `imaint run --help` lists.");

    private final String title;
    private final String remedy;

    ServiceProblem(String title, String remedy) {
        this.title = title;
        this.remedy = remedy;
    }

    @Override
    public int status() {
        return 500;
    }

    @Override
    public Blame blame() {
        return Blame.PLATFORM;
    }

    @Override
    public String title() {
        return title;
    }

    @Override
    public String remedy() {
        return remedy;
    }
}
