package io.imaint.simulator;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of the simulator itself; what it simulates is answered in SAP's own words instead. */
public enum SimulatorProblem implements ProblemCode {
    SIMULATOR_PORT_TAKEN(
            "The simulator's port is taken",
            "Stop the program that listens there, or choose another port with simulator-port (0 takes any free one).");

    private final String title;
    private final String remedy;

    SimulatorProblem(String title, String remedy) {
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
