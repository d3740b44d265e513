package io.imaint.gateway.policy;

/**
 * A script exceeded a limit.
 *
 * <p>An {@link Error}, because that is what the interpreter lets no {@code catch} of a script see. Its {@code finally} blocks do run,
 * but only until the limits are checked next.
 */
final class ScriptStopped extends Error {
    private static final long serialVersionUID = 1;

    /** Which limit. */
    enum Limit {
        TIME,
        MEMORY,
        /** No thread was free for it in time. */
        QUEUE
    }

    private final Limit limit;

    ScriptStopped(Limit limit) {
        super(limit.name(), null, false, false);
        this.limit = limit;
    }

    Limit limit() {
        return limit;
    }
}
