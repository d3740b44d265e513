package io.imaint.gateway.flow;

/** A target could not be asked, or did not answer. */
public final class TargetFailure extends Exception {
    private static final long serialVersionUID = 1;

    private final Kind kind;

    public TargetFailure(Kind kind, String reason) {
        super(reason, null, false, false);
        this.kind = kind;
    }

    /** What happened. */
    public enum Kind {
        /** No connection: refused, unknown host, TLS, connect timeout. Nothing was sent. */
        UNREACHABLE,
        /** The host is on premise, and no connector reaches it. Nothing was sent. */
        NO_CONNECTOR,
        /** The connection broke before the answer was whole. */
        BROKEN,
        /** The answer did not come in time. */
        TIMEOUT,
        /** The request could not be sent in time. */
        WRITE_TIMEOUT,
        /** The answer's body is larger than the gateway holds. */
        TOO_LARGE,
        /** The answer is not HTTP. */
        INVALID,
        /** Nobody waits for the answer any more. */
        ABANDONED
    }

    public Kind kind() {
        return kind;
    }
}
