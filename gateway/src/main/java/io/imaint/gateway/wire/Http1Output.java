package io.imaint.gateway.wire;

import io.imaint.gateway.flow.Body;
import io.imaint.gateway.flow.Message;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes the messages of one HTTP/1 connection, each with its body; used on the connection's thread only. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures on the pipeline.
final class Http1Output {
    /** Bodies up to here go out in one buffer with their head. */
    private static final int TOGETHER_MAX = 16 << 10;

    /** Usual heads fit in. */
    private static final int HEAD_ESTIMATE = 512;

    private final Channel channel;
    private final WatchedWrites writes;
    private @Nullable BodyWriter writer;

    /**
     * @param silentMax how long the other end may take nothing
     */
    Http1Output(Channel channel, Duration silentMax) {
        this.channel = channel;
        this.writes = new WatchedWrites(channel, silentMax);
    }

    /** A buffer for a head of which the body's length is known, and for the body if that is small. */
    ByteBuf buffer(Message message, long length) {
        return channel.alloc().directBuffer(HEAD_ESTIMATE + (int) (length < 0 || length > TOGETHER_MAX ? 0 : length));
    }

    /** Writes a small body that is whole behind its head; false when it has to go out by itself. */
    static boolean append(ByteBuf head, Message message) {
        return switch (message.body()) {
            case Body.Bytes known
            when known.bytes().length <= TOGETHER_MAX -> {
                head.writeBytes(known.bytes());
                yield true;
            }
            case BodyStream stream
            when stream.length() >= 0 && stream.isWhole(TOGETHER_MAX) -> { // One of unknown length goes out in chunks.
                var piece = stream.poll();
                if (piece != null) {
                    head.writeBytes(piece);
                    piece.release();
                }
                yield true;
            }
            default -> false;
        };
    }

    /** Whether a body of this length is sent together with its head, if it is there. */
    static boolean isSmall(long length) {
        return length > 0 && length <= TOGETHER_MAX;
    }

    /** Writes a head, and then its body as fast as the other end takes it. */
    void stream(ByteBuf head, Message message, boolean chunked, BodyWriter.Done done) {
        channel.write(head, channel.voidPromise());
        Source source = message.body() instanceof BodyStream stream ? stream : new BytesSource(message.bytes());
        var body =
                new BodyWriter(channel, source, chunked ? Http1Body.CHUNKED : Http1Body.PLAIN, new BodyWriter.Done() {
                    @Override
                    public void sent(ChannelFuture end) {
                        writer = null;
                        done.sent(end);
                    }

                    @Override
                    public void failed() {
                        writer = null;
                        done.failed();
                    }
                });
        writer = body;
        writes.begin(body);
        body.start();
    }

    /** Whether a body is on its way. */
    boolean streams() {
        return writer != null;
    }

    /** Whether anything is on its way. */
    boolean busy() {
        var buffer = channel.unsafe().outboundBuffer();
        return writer != null || (buffer != null && !buffer.isEmpty());
    }

    /** The channel takes more again; whether a body is on its way. */
    boolean drain() {
        if (writer == null) {
            return false;
        }
        writer.drain();
        return true;
    }

    boolean stuck(long now) {
        return writes.stuck(now);
    }

    boolean stuck(long now, long nanosMax) {
        return writes.stuck(now, nanosMax);
    }

    /** The connection is gone, or what it sends is not wanted. */
    void cancel() {
        var body = writer;
        if (body != null) {
            writer = null;
            body.cancel();
        }
    }
}
