package io.imaint.simulator;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of the simulator itself; what it simulates is answered in SAP's own words instead. */
public enum SimulatorProblem implements ProblemCode {
    SIMULATOR_PORT_TAKEN(
            "The simulator's port is in use",
            "Stop the program that uses it, or set simulator-port to another port (0 for any free one).");

    private final Kind kind;

    SimulatorProblem(String title, String remedy) {
        this.kind = new Kind(500, Blame.PLATFORM, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
