package io.imaint.gateway.wire;

import io.imaint.gateway.flow.Body;
import io.imaint.gateway.flow.TargetFailure.Kind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.jspecify.annotations.Nullable;

/** A connection to a target, which takes one request at a time. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures on the pipeline.
final class TargetConnection extends ChannelInboundHandlerAdapter implements Watched, BodyStream.Producer {
    private final OriginPool pool;
    private final Loop loop;
    private final WireLimits limits;
    private final Channel channel;
    private final String host;
    private final Http1Output output;
    private final Cumulation in = new Cumulation();

    private @Nullable Asked asked;
    private @Nullable AnswerHead head;
    private @Nullable BodyReader reader;
    private @Nullable BodyBuffer buffer;
    private @Nullable BodyStream stream;
    private long streamed;
    private boolean paused;

    /** How long a streamed body may stand still, whichever end is slow. */
    private long streamSilence;

    private boolean advancing;
    private boolean kept;
    private boolean begun;
    private boolean closed;
    private boolean touched = true;
    private long since;

    TargetConnection(OriginPool pool, Loop loop, WireLimits limits, Channel channel, String host) {
        this.pool = pool;
        this.loop = loop;
        this.limits = limits;
        this.channel = channel;
        this.host = host;
        this.output = new Http1Output(channel, limits.pooledIdle());
    }

    /** The connection stands. */
    void begin() {
        channel.pipeline().addLast(this);
        loop.add(this);
        if (!channel.isActive()) {
            gone("the target closed the connection", true);
        }
    }

    boolean usable() {
        return !closed && channel.isActive() && channel.isWritable();
    }

    void close() {
        channel.close();
    }

    void send(Asked request) {
        asked = request;
        begun = false;
        touched = true;
        if (closed) {
            ended(request, Kind.BROKEN, "the target closed the connection");
            return;
        }
        var message = request.call.request();
        long length = switch (message.body()) {
            case Body.Bytes known ->
                known.bytes().length > 0 || expected(request.verb) ? known.bytes().length : HeadWriter.NONE;
            case BodyStream body -> body.length();
            case Body.Streamed foreign -> throw new IllegalArgumentException("the wire did not make this stream");
        };
        var out = output.buffer(message, length);
        loop.writer.request(out, message, length, host);
        if (Http1Output.append(out, message)) {
            channel.write(out, channel.voidPromise());
            loop.flush(channel);
            return;
        }
        output.stream(out, message, length == HeadWriter.CHUNKED, new BodyWriter.Done() {
            @Override
            public void sent(ChannelFuture end) {
                touched = true;
            }

            @Override
            public void failed() {
                fail(Kind.BROKEN, "the request's body broke off");
            }
        });
    }

    /** Whether a request of this method without a body says that it has none (RFC 9110, 8.6). */
    private static boolean expected(String verb) {
        return verb.equals("POST") || verb.equals("PUT") || verb.equals("PATCH");
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        var bytes = (ByteBuf) message;
        if (asked == null && reader == null) { // Nobody asked.
            bytes.release();
            close();
            return;
        }
        touched = true;
        begun = true;
        in.add(context.alloc(), bytes);
        advance();
    }

    private void advance() {
        if (advancing) {
            return;
        }
        advancing = true;
        try {
            boolean more = true;
            for (var bytes = in.bytes(); more && bytes != null; bytes = in.bytes()) {
                more = reader == null ? asked != null && readHead(bytes, asked) : readBody(bytes, reader);
                in.trim();
            }
        } catch (Refused refused) {
            fail(Kind.INVALID, "the target's answer is invalid: " + refused.getMessage());
        } finally {
            advancing = false;
        }
        if (!closed && channel.config().isAutoRead() == paused) {
            channel.config().setAutoRead(!paused);
        }
    }

    private boolean readHead(ByteBuf bytes, Asked request) throws Refused {
        int end = in.headEnd();
        if (end < 0) {
            if (bytes.readableBytes() > WireLimits.ANSWER_HEADERS_MAX + WireLimits.REQUEST_LINE_MAX) {
                throw Refused.bad("its headers are too long");
            }
            return false;
        }
        var answer = loop.parser.answer(bytes, end, request.verb);
        int status = answer.message().status();
        if (status == 101) {
            throw Refused.bad("it switches protocols");
        }
        if (status < 200) {
            return true; // The answer itself follows.
        }
        if (answer.framing() == 0) {
            complete(answer, Body.EMPTY);
            return false;
        }
        long most = request.call.streamed() ? limits.streamedSizeMax() : limits.bodySizeMax();
        if (answer.framing() > most) {
            fail(Kind.TOO_LARGE, "the answer has %d bytes".formatted(answer.framing()));
            return false;
        }
        if (request.call.streamed()
                && Http1Output.isSmall(answer.framing())
                && bytes.readableBytes() >= answer.framing()) {
            complete(answer, BodyStream.whole(bytes.readRetainedSlice((int) answer.framing()), this));
            return false;
        }
        head = answer;
        reader = new BodyReader(answer.framing());
        if (request.call.streamed()) {
            var body = new BodyStream(Math.max(answer.framing(), -1), this);
            stream = body;
            streamed = 0;
            streamSilence = request.call.readTimeout().toNanos();
            answer.message().body(body);
            asked = null;
            request.answered(answer.message());
        } else {
            buffer = new BodyBuffer(answer.framing(), limits.bodySizeMax());
        }
        return true;
    }

    /** Reads what there is of a body; whether more can be done. */
    private boolean readBody(ByteBuf bytes, BodyReader from) throws Refused {
        while (!paused || closed) {
            var piece = from.next(bytes);
            if (piece == null) {
                break;
            }
            streamed += piece.readableBytes();
            if (stream != null) {
                if (streamed > limits.streamedSizeMax()) {
                    piece.release();
                    fail(Kind.TOO_LARGE, "the answer is too large");
                    return false;
                }
                paused = !stream.offer(piece);
            } else if (buffer == null) {
                piece.release();
                return false; // It has failed meanwhile.
            } else if (!buffer.add(piece)) {
                fail(Kind.TOO_LARGE, "the answer is too large");
                return false;
            }
        }
        if (from.done()) {
            bodyDone();
        }
        return false;
    }

    private void bodyDone() {
        var answer = head;
        if (answer == null) {
            return;
        }
        if (stream != null) {
            var body = stream;
            stream = null;
            release(answer);
            body.finish();
        } else if (buffer != null) {
            complete(answer, buffer.body());
        }
    }

    private void complete(AnswerHead answer, Body body) {
        var request = asked;
        asked = null;
        answer.message().body(body);
        release(answer);
        if (request != null) {
            request.answered(answer.message());
        }
    }

    /** The answer is whole: gives the connection back, or closes it. */
    private void release(AnswerHead answer) {
        head = null;
        reader = null;
        buffer = null;
        touched = true;
        paused = false; // Who was slow to take the body may still have some of it; nothing of it is left here.
        boolean whole = in.size() == 0 && !output.busy() && answer.framing() != BodyReader.UNTIL_CLOSE;
        if (answer.keepAlive() && whole && !closed) {
            kept = true;
            pool.free(this);
        } else {
            close();
        }
    }

    private void fail(Kind kind, String reason) {
        var request = asked;
        asked = null;
        drop();
        close();
        if (request != null) {
            request.failed(kind, reason);
        }
    }

    private void drop() {
        head = null;
        reader = null;
        buffer = null;
        if (stream != null) {
            var body = stream;
            stream = null;
            body.fail();
        }
        output.cancel();
    }

    @Override
    public void resume() {
        loop.run(() -> {
            paused = false;
            touched = true;
            advance();
        });
    }

    @Override
    public void cancelled() {
        loop.run(() -> {
            if (stream != null) {
                stream = null;
                close();
            }
        });
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (channel.isWritable()) {
            output.drain();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        gone(String.valueOf(cause.getMessage()), false);
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        gone("the target closed the connection", true);
    }

    /**
     * The connection is closed.
     *
     * @param clean whether the target has closed it, and nothing failed
     */
    private void gone(String reason, boolean clean) {
        if (closed) {
            return;
        }
        closed = true;
        loop.remove(this);
        pool.closed(this);
        paused = false;
        if (clean && reader != null && reader.framing() == BodyReader.UNTIL_CLOSE) {
            advance(); // What a pause has left.
            bodyDone();
        }
        var request = asked;
        asked = null;
        drop();
        in.release();
        if (request != null) {
            ended(request, Kind.BROKEN, reason);
        }
    }

    /** A kept connection may have been closed just as the request went out: the target has not seen it then. */
    private void ended(Asked request, Kind kind, String reason) {
        if (kept && !begun && request.retries()) {
            pool.again(request);
        } else {
            request.failed(kind, reason);
        }
    }

    @Override
    public void watch(long now) {
        if (touched) {
            touched = false;
            since = now;
        }
        long waited = now - since;
        var request = asked;
        if (request != null) {
            long most = request.call.readTimeout().toNanos();
            if (request.abandoned()) {
                fail(Kind.ABANDONED, Asked.ABANDONED);
            } else if (output.stuck(now, most)) {
                fail(Kind.WRITE_TIMEOUT, "the target does not take the request");
            } else if (!output.streams() && waited > most) {
                fail(Kind.TIMEOUT, "the target did not answer for %d ms".formatted(most / 1_000_000));
            } else if (request.overdue(now)) {
                fail(Kind.TIMEOUT, "the target did not answer in the time of the exchange");
            }
        } else if (stream != null) {
            if (waited > streamSilence) {
                fail(Kind.TIMEOUT, "the answer's body stands still");
            }
        } else if (waited > limits.pooledIdle().toNanos()) {
            close();
        }
    }
}
