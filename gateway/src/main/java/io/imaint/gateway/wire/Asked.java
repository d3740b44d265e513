package io.imaint.gateway.wire;

import io.imaint.gateway.flow.Body;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.TargetCall;
import io.imaint.gateway.flow.TargetFailure;
import io.imaint.gateway.flow.Targets.Reply;
import java.lang.System.Logger.Level;
import java.util.Set;

/** A call until its reply; used on the thread of one event loop. */
final class Asked {
    private static final System.Logger LOG = System.getLogger(Asked.class.getName());

    /** Asking twice has the same effect as once (RFC 9110, 9.2.2). */
    private static final Set<String> IDEMPOTENT = Set.of("GET", "HEAD", "OPTIONS", "PUT", "DELETE", "TRACE");

    /** Why a call ends for whose answer nobody waits. */
    static final String ABANDONED = "nobody waits for the answer any more";

    final TargetCall call;
    final Origin origin;

    /** As they were when the call began: who gave the message may change it afterwards. */
    final String verb;

    private final Reply reply;
    private final long begun = System.nanoTime();
    private boolean replied;
    private boolean retried;

    Asked(TargetCall call, Reply reply) {
        this.call = call;
        this.origin = Origin.of(call);
        this.verb = call.request().verb();
        this.reply = reply;
    }

    boolean over() {
        return replied;
    }

    /** Whether it waits for a connection for too long. */
    boolean late(long now) {
        return now - begun > call.connectTimeout().toNanos();
    }

    /** Whether the answer is not there in time, however it drips. A request that passes by takes as long as it needs. */
    boolean overdue(long now) {
        return now - begun > call.totalTimeout().toNanos();
    }

    /** Whether nobody waits for the answer any more. */
    boolean abandoned() {
        return call.abandoned().getAsBoolean();
    }

    /** Whether it may be sent again, once, after a connection that was kept had been closed by the target. */
    boolean retries() {
        boolean allowed =
                !retried && IDEMPOTENT.contains(verb) && call.request().body() instanceof Body.Bytes;
        retried = true;
        return allowed;
    }

    void answered(Message answer) {
        if (!replied) {
            replied = true;
            try {
                reply.answered(answer);
            } catch (RuntimeException defect) {
                LOG.log(Level.ERROR, "a target's answer could not be taken", defect);
            }
        } else {
            ServerExchange.drop(answer);
        }
    }

    void failed(TargetFailure failure) {
        if (!replied) {
            replied = true;
            if (call.request().body() instanceof BodyStream unsent) {
                unsent.cancel();
            }
            try {
                reply.failed(failure);
            } catch (RuntimeException defect) {
                LOG.log(Level.ERROR, "a target's failure could not be taken", defect);
            }
        }
    }

    void failed(TargetFailure.Kind kind, String reason) {
        failed(new TargetFailure(kind, reason));
    }
}
