package io.imaint.kernel.problem;

/** Whose matter a failure is. Whether to retry is a fact of its own, {@link ProblemCode#retryable()}. */
public enum Blame {
    /** The request is wrong; sending it again changes nothing. */
    CALLER,
    /** This installation is wrong (settings, credentials, a defect); a person must mend it. */
    PLATFORM,
    /** The SAP system failed or refused; it may answer later. */
    SAP,
    /** Something is full, slow or busy; it passes. */
    CAPACITY;

    /** True when failures of this blame usually pass without anybody changing anything. */
    public boolean mayPass() {
        return switch (this) {
            case SAP, CAPACITY -> true;
            case CALLER, PLATFORM -> false;
        };
    }
}
