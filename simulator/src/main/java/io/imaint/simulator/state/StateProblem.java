package io.imaint.simulator.state;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Why the simulator's changes cannot be kept or read back. */
public enum StateProblem implements ProblemCode {
    SIMULATOR_STATE_IN_USE(
            "Another simulator uses the same state folder",
            "Stop the other one, or give this one a folder of its own with simulator-state."),
    SIMULATOR_STATE_OTHER_PLANT(
            "The state folder belongs to another plant",
            "Start with the same size, seed or extract as before, or forget the changes with `imaint simulator reset`."),
    SIMULATOR_STATE_UNREADABLE(
            "The simulator's state cannot be read",
            "Restore a snapshot with `imaint simulator restore NAME`, or begin anew with `imaint simulator reset`."),
    SIMULATOR_STATE_UNWRITABLE(
            "The simulator's state cannot be written",
            "Make room on the disk and let this user write to the state folder; nothing of the change was kept."),
    SIMULATOR_SNAPSHOT_UNKNOWN("There is no such snapshot", "`imaint simulator restore --help` says how to list them.");

    private final Kind kind;

    StateProblem(String title, String remedy) {
        this.kind = new Kind(500, Blame.PLATFORM, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
