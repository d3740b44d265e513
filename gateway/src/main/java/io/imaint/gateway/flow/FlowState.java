package io.imaint.gateway.flow;

import java.time.Duration;
import java.time.InstantSource;

/** How far a request is. The engine writes it; variables such as {@code current.flow.name} and {@code is.error} read it. */
public final class FlowState {
    private final InstantSource clock;
    private final String messageId;
    private final CallChain chain;
    private final long received;
    private Phase phase = Phase.PROXY_REQUEST;
    private String flow = "";
    private String proxyFlow = "";
    private String targetFlow = "";
    private String route = "";
    private String target = "";
    private boolean error;
    private long sentToTarget;
    private long receivedFromTarget;

    FlowState(InstantSource clock, String messageId, CallChain chain) {
        this.clock = clock;
        this.messageId = messageId;
        this.chain = chain;
        this.received = clock.millis();
    }

    public Phase phase() {
        return phase;
    }

    void phase(Phase reached) {
        phase = reached;
    }

    /** The name of the flow that runs, such as {@code PreFlow}. */
    public String flow() {
        return flow;
    }

    void flow(String entered) {
        flow = entered;
        if (phase.isTarget()) {
            targetFlow = entered;
        } else {
            proxyFlow = entered;
        }
    }

    String proxyFlow() {
        return proxyFlow;
    }

    String targetFlow() {
        return targetFlow;
    }

    String route() {
        return route;
    }

    String target() {
        return target;
    }

    void routed(String rule, String endpoint) {
        route = rule;
        target = endpoint;
    }

    public boolean isError() {
        return error;
    }

    void failed() {
        error = true;
    }

    public InstantSource clock() {
        return clock;
    }

    CallChain chain() {
        return chain;
    }

    /** A duration, or what is left of the time of the whole exchange when that is less. What waits may wait so long. */
    public Duration within(Duration wanted) {
        return chain.within(wanted);
    }

    public String messageId() {
        return messageId;
    }

    /** When the request came, in milliseconds. */
    public long receivedAt() {
        return received;
    }

    /** When the target was asked, in milliseconds; 0 before. */
    public long sentToTargetAt() {
        return sentToTarget;
    }

    void sentToTarget() {
        sentToTarget = clock.millis();
    }

    /** When the target answered, in milliseconds; 0 before. */
    public long receivedFromTargetAt() {
        return receivedFromTarget;
    }

    void receivedFromTarget() {
        receivedFromTarget = clock.millis();
    }
}
