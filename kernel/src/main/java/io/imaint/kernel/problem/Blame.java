package io.imaint.kernel.problem;

/** Who must act on a failure. Whether a retry may succeed is stated apart, by {@link ProblemCode#retryable()}. */
public enum Blame {
    /** The request is wrong; repeating it changes nothing. */
    CALLER,
    /** This installation is wrong (settings, credentials, a defect); a person must correct it. */
    PLATFORM,
    /** The SAP system failed or refused the request; a retry may succeed. */
    SAP,
    /** Something is full, slow or busy for a while. */
    CAPACITY;

    /** True when a retry after a failure of this blame usually succeeds without any change. */
    public boolean mayPass() {
        return switch (this) {
            case SAP, CAPACITY -> true;
            case CALLER, PLATFORM -> false;
        };
    }
}
