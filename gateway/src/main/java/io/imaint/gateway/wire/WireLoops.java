package io.imaint.gateway.wire;

import io.netty.channel.EventLoop;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.ServerSocketChannel;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.time.InstantSource;
import java.util.IdentityHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The threads that serve all connections, of clients and to targets: as many as asked for, whatever the number of
 * connections. They use Linux's epoll where they can and the JDK's selector elsewhere.
 */
public final class WireLoops implements AutoCloseable {
    /** Connections end before the loops do; what is left has this long. */
    private static final long CLOSE_SECONDS_MAX = 2;

    private final boolean epoll;
    private final MultiThreadIoEventLoopGroup group;
    private final IdentityHashMap<EventLoop, Loop> loops = new IdentityHashMap<>();

    static {
        // Netty would write down where every 128th buffer comes from, which takes 4 % of a small request. The tests
        // look
        // for leaks, at each buffer.
        if (System.getProperty("io.netty.leakDetection.level") == null
                && ResourceLeakDetector.getLevel() == ResourceLeakDetector.Level.SIMPLE) {
            ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        }
    }

    private WireLoops(int threads, InstantSource clock, boolean epoll) {
        this.epoll = epoll;
        IoHandlerFactory io = epoll ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
        this.group = new MultiThreadIoEventLoopGroup(threads, new DefaultThreadFactory("gateway-wire", true), io);
        for (var executor : group) {
            var loop = new Loop((EventLoop) executor, clock);
            loops.put(loop.events, loop);
            loop.start();
        }
    }

    /** Starts so many threads. */
    public static WireLoops start(int threads, InstantSource clock) {
        return new WireLoops(threads, clock, Epoll.isAvailable());
    }

    /** Starts threads that use the JDK's selector. */
    static WireLoops startPortable(int threads, InstantSource clock) {
        return new WireLoops(threads, clock, false);
    }

    Class<? extends ServerSocketChannel> listening() {
        return epoll ? EpollServerSocketChannel.class : NioServerSocketChannel.class;
    }

    Class<? extends SocketChannel> connecting() {
        return epoll ? EpollSocketChannel.class : NioSocketChannel.class;
    }

    MultiThreadIoEventLoopGroup group() {
        return group;
    }

    int size() {
        return loops.size();
    }

    Loop of(EventLoop events) {
        var loop = loops.get(events);
        if (loop == null) {
            throw new IllegalStateException("the event loop belongs to others");
        }
        return loop;
    }

    /** The loop of the current thread, or else one of all in turn. */
    Loop nearest() {
        var current = Loop.current();
        return current != null && loops.get(current.events) == current ? current : of(group.next());
    }

    /** Ends the threads. Close servers and clients before. */
    @Override
    public void close() {
        group.shutdownGracefully(0, CLOSE_SECONDS_MAX, TimeUnit.SECONDS).awaitUninterruptibly();
    }
}
