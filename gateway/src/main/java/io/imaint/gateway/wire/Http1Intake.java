package io.imaint.gateway.wire;

import io.imaint.gateway.flow.Message;
import io.netty.buffer.ByteBuf;
import java.lang.System.Logger.Level;

/** The body of a client's request of HTTP/1 as it comes. */
final class Http1Intake {
    private static final System.Logger LOG = System.getLogger(Http1Intake.class.getName());

    private final Message request;
    private final BodyReader reader;
    private final BodyIntake to;

    private Http1Intake(Message request, BodyReader reader, BodyIntake to) {
        this.request = request;
        this.reader = reader;
        this.to = to;
    }

    /**
     * Begins the body that follows a head, in memory or as a stream, as the handler wants it.
     *
     * @param unwanted whether it is a stream that nobody takes
     */
    static Http1Intake begin(RequestHead head, ServerParts parts, BodyStream.Producer producer, boolean unwanted)
            throws Refused {
        var request = head.message();
        var limits = parts.limits();
        boolean streams;
        try {
            streams = unwanted || parts.handler().streams(request);
        } catch (RuntimeException defect) {
            LOG.log(Level.ERROR, "a request's head could not be looked at", defect);
            throw new Refused(Refusal.FAILED);
        }
        if (head.framing() > (streams ? limits.streamedSizeMax() : limits.bodySizeMax())) {
            throw new Refused(Refusal.TOO_BIG_BODY);
        }
        var reader = new BodyReader(head.framing());
        if (!streams) {
            return new Http1Intake(request, reader, BodyIntake.memory(limits, head.framing()));
        }
        var stream = new BodyStream(head.framing(), producer);
        request.body(stream);
        return new Http1Intake(request, reader, BodyIntake.stream(limits, stream));
    }

    /** Reads what there is of the body; whether it is whole. */
    boolean read(ByteBuf bytes) throws Refused {
        while (!to.paused()) {
            var piece = reader.next(bytes);
            if (piece == null) {
                break;
            }
            if (!to.add(piece)) {
                throw new Refused(Refusal.TOO_BIG_BODY);
            }
        }
        return reader.done();
    }

    /** The request; with its body once that is whole, or as a stream. */
    Message request() {
        return request;
    }

    boolean streams() {
        return to.streams();
    }

    boolean paused() {
        return to.paused();
    }

    void resume() {
        to.resume();
    }

    /** The body is whole. */
    void finish() {
        if (to.streams()) {
            to.finish();
        } else {
            request.body(to.body());
        }
    }

    void fail() {
        to.fail();
    }

    boolean tooSlow(long now) {
        return to.tooSlow(now);
    }
}
