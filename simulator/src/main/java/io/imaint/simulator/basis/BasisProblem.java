package io.imaint.simulator.basis;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of administering the simulated SAP system; what it refuses to its callers is a {@link Refusal} instead. */
public enum BasisProblem implements ProblemCode {
    BASIS_STATE_UNREADABLE(
            500,
            Blame.PLATFORM,
            "The state of the simulated SAP system cannot be read",
            "Restore basis.json from a snapshot, or move it away to start with a new system."),
    BASIS_STATE_UNWRITABLE(
            500,
            Blame.PLATFORM,
            "The state of the simulated SAP system cannot be written",
            "Give this user write access to the simulator's state directory, and free disk space."),
    BASIS_OBJECT_UNKNOWN(
            404,
            Blame.CALLER,
            "The simulated SAP system has no such object",
            "List the objects of this kind and choose one."),
    BASIS_OBJECT_EXISTS(
            409,
            Blame.CALLER,
            "The simulated SAP system already has this object",
            "Change the existing object, or choose another name."),
    BASIS_VALUE_INVALID(
            400,
            Blame.CALLER,
            "The simulated SAP system refuses this value",
            "Enter a value of the form and range in the message."),
    BASIS_STEP_MISSING(
            409, Blame.CALLER, "A setup step is missing", "Do the step in the message first, then repeat this one."),
    BASIS_LIMIT_REACHED(
            409,
            Blame.CALLER,
            "The simulated SAP system has reached a limit",
            "Delete objects that are no longer needed, then repeat the step."),
    TRANSPORT_UNUSABLE(
            400,
            Blame.CALLER,
            "The files of the transport are incomplete or damaged",
            "Copy the co-file and the data file of the request again from the vendor's archive.");

    private final Kind kind;

    BasisProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
