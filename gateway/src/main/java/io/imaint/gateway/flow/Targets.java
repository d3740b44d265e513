package io.imaint.gateway.flow;

/** Sends requests to targets. */
public interface Targets {
    /** Takes what became of a request; called once, on a thread that must not wait. */
    interface Reply {
        void answered(Message response);

        void failed(TargetFailure failure);
    }

    /** Sends a request and returns at once. */
    void send(TargetCall call, Reply reply);

    /** Sends a request and waits for the answer. */
    Message exchange(TargetCall call) throws TargetFailure, InterruptedException;
}
