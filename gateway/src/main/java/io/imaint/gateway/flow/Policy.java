package io.imaint.gateway.flow;

/**
 * A compiled policy. It is used by many requests at the same time, so it keeps nothing of one.
 *
 * <p>It runs on the thread that serves connections. Before it does anything that may wait, it calls {@link
 * FlowContext#mayWait()}; it has changed nothing until then, because it is begun anew on another thread.
 */
public interface Policy {
    /** Does its work on one request. */
    void execute(FlowContext context) throws Fault;
}
