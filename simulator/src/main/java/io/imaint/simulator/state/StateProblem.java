package io.imaint.simulator.state;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Why the simulator's changes cannot be kept or read back. */
public enum StateProblem implements ProblemCode {
    SIMULATOR_STATE_IN_USE(
            "Another simulator uses this state directory",
            "Stop the other one, or set simulator-state to another directory."),
    SIMULATOR_STATE_OTHER_PLANT(
            "The state directory belongs to another plant",
            "Start with the same size, seed or extract as before, or discard the changes with `imaint simulator reset`."),
    SIMULATOR_STATE_UNREADABLE(
            "The simulator's state cannot be read",
            "Restore a snapshot with `imaint simulator restore NAME`, or start again with `imaint simulator reset`."),
    SIMULATOR_STATE_UNWRITABLE(
            "The simulator's state cannot be written",
            "Free disk space and let this user write to the state directory; the change was not applied."),
    SIMULATOR_SNAPSHOT_UNKNOWN("There is no such snapshot", "List the snapshots with `imaint simulator snapshots`.");

    private final Kind kind;

    StateProblem(String title, String remedy) {
        this.kind = new Kind(500, Blame.PLATFORM, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
