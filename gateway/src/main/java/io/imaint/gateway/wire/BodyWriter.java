package io.imaint.gateway.wire;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;

/** Sends a body as fast as the other end takes it. Used on the connection's thread only. */
final class BodyWriter {
    /** How pieces stand on the wire. */
    interface Form {
        /** Writes a piece, and releases it. */
        void write(Channel channel, ByteBuf piece);

        /** Writes the end. */
        ChannelFuture end(Channel channel);
    }

    /** What comes of it; called once. */
    interface Done {
        void sent(ChannelFuture end);

        /** The body broke off, or the connection that takes it is gone. */
        void failed();
    }

    private final Channel channel;
    private final Source source;
    private final Form form;
    private final Done done;
    private boolean over;
    private boolean draining;
    private boolean flushing;
    private long written;

    BodyWriter(Channel channel, Source source, Form form, Done done) {
        this.channel = channel;
        this.source = source;
        this.form = form;
        this.done = done;
    }

    /** Begins, and sends what was written before, such as the head. */
    void start() {
        source.open(() -> {
            if (channel.eventLoop().inEventLoop()) {
                drain();
            } else {
                channel.eventLoop().execute(this::drain);
            }
        });
        drain();
        flushSoon();
    }

    /** Writes what may be written now; called when the channel becomes writable, too. */
    void drain() {
        if (over || draining) {
            return;
        }
        draining = true;
        boolean wrote = false;
        while (channel.isWritable()) {
            var piece = source.poll();
            if (piece == null) {
                break;
            }
            written += piece.readableBytes();
            form.write(channel, piece);
            wrote = true;
        }
        draining = false;
        if (source.ended()) {
            over = true;
            done.sent(form.end(channel));
            flushSoon();
        } else if (source.failed()) {
            over = true;
            channel.flush(); // The listener may close the channel.
            done.failed();
        } else if (wrote) {
            flushSoon();
        }
    }

    /**
     * Sends when the loop has handled what came in: a head, a body and its end come mostly together, and then one system call sends
     * them all, not one each.
     */
    private void flushSoon() {
        if (!flushing) {
            flushing = true;
            channel.eventLoop().execute(() -> {
                flushing = false;
                channel.flush();
            });
        }
    }

    /** Bytes that were handed to the channel. */
    long written() {
        return written;
    }

    /** The connection is gone. */
    void cancel() {
        if (!over) {
            over = true;
            source.cancel();
            done.failed();
        }
    }
}
