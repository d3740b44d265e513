package io.imaint.gateway.flow;

/** How far a request is. */
public enum Phase {
    PROXY_REQUEST,
    TARGET_REQUEST,
    TARGET_RESPONSE,
    PROXY_RESPONSE,
    POST_CLIENT;

    public boolean isRequest() {
        return this == PROXY_REQUEST || this == TARGET_REQUEST;
    }

    /** Whether a fault here belongs to the target endpoint. */
    boolean isTarget() {
        return this == TARGET_REQUEST || this == TARGET_RESPONSE;
    }
}
