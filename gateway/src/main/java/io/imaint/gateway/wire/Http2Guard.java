package io.imaint.gateway.wire;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2PingFrame;
import io.netty.handler.codec.http2.Http2PriorityFrame;
import io.netty.handler.codec.http2.Http2SettingsFrame;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Bounds what a connection of HTTP/2 may cost beside its requests: floods of small frames, and silence. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures on the pipeline.
final class Http2Guard extends ChannelInboundHandlerAdapter implements Watched {
    private static final System.Logger LOG = System.getLogger(Http2Guard.class.getName());

    /** Settings, pings and priorities a second: a client in earnest sends a few. */
    private static final int FRAMES_PER_SECOND_MAX = 128;

    private static final long SECOND = Duration.ofSeconds(1).toNanos();

    private final ServerParts parts;
    private final Loop loop;
    private final Connections.Held held;
    private @org.jspecify.annotations.Nullable ChannelHandlerContext context;
    private @org.jspecify.annotations.Nullable WatchedWrites writes;
    private int frames;
    private long countedSince;
    private long idleSince;

    Http2Guard(ServerParts parts, Loop loop, Connections.Held held) {
        this.parts = parts;
        this.loop = loop;
        this.held = held;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext added) {
        context = added;
        writes = new WatchedWrites(added.channel(), parts.limits().clients().idleTimeout());
        idleSince = System.nanoTime();
        loop.add(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ignored) {
        loop.remove(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object frame) {
        boolean control = frame instanceof Http2SettingsFrame
                || frame instanceof Http2PingFrame
                || frame instanceof Http2PriorityFrame;
        if (control && ++frames > FRAMES_PER_SECOND_MAX) {
            ReferenceCountUtil.release(frame);
            LOG.log(Level.DEBUG, "a client floods its connection with control frames");
            ctx.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.ENHANCE_YOUR_CALM));
            ctx.channel().unsafe().closeForcibly();
            return;
        }
        ctx.fireChannelRead(frame);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
        if (event == Stopping.NOW) {
            ctx.close(); // The codec lets running streams finish.
        } else {
            ctx.fireUserEventTriggered(event);
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.log(Level.DEBUG, "a client's connection of HTTP/2 failed", cause);
        }
        ctx.close();
    }

    @Override
    public void watch(long now) {
        if (now - countedSince > SECOND) {
            countedSince = now;
            frames = 0;
        }
        var own = context;
        if (own == null) {
            return;
        }
        if (!held.idle()) {
            idleSince = now;
        }
        if (writes != null && writes.stuck(now)) {
            own.channel().unsafe().closeForcibly();
        } else if (now - idleSince > parts.limits().clients().idleTimeout().toNanos()) {
            own.close();
        }
    }
}
