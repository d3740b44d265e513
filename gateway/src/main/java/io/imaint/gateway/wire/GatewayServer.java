package io.imaint.gateway.wire;

import io.imaint.gateway.flow.ExchangeHandler;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests of clients over HTTP/1.1 and HTTP/2, with and without TLS, and hands them to a handler on the threads of
 * {@link WireLoops}.
 *
 * <p>It is strict: what proxies and servers may read differently is refused, and the connection closed.
 */
public final class GatewayServer implements AutoCloseable {
    /** Connections that the kernel has accepted and we have not yet; a burst of clients fits in. */
    private static final int BACKLOG = 1024;

    /** What may wait in a connection's buffers before its reader slows us down. */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 << 10, 256 << 10);

    private final ServerParts parts;
    private final Duration grace;
    private final List<Listening> listening = new ArrayList<>();

    /**
     * Where to listen.
     *
     * @param port 0 takes a free one
     * @param tls empty for none
     */
    public record Listener(String host, int port, Optional<ServerTls> tls) {}

    private record Listening(Listener listener, Channel channel, AtomicReference<@Nullable SslContext> tls) {}

    private GatewayServer(ServerParts parts, Duration grace) {
        this.parts = parts;
        this.grace = grace;
    }

    /**
     * Starts to listen.
     *
     * @param grace how long running requests may still finish at the end
     * @throws IOException naming the listener that cannot be, or whose certificate can't be read
     */
    public static GatewayServer start(
            List<Listener> listeners, WireLoops loops, WireLimits limits, ExchangeHandler handler, Duration grace)
            throws IOException {
        var server =
                new GatewayServer(new ServerParts(loops, limits, handler, new Connections(limits.clients())), grace);
        try {
            for (var listener : listeners) {
                server.open(listener);
            }
            return server;
        } catch (IOException failed) {
            server.close();
            throw failed;
        }
    }

    private void open(Listener listener) throws IOException {
        var tls = new AtomicReference<@Nullable SslContext>(context(listener));
        var bootstrap = new ServerBootstrap()
                .group(parts.loops().group())
                .channel(parts.loops().listening())
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, WATER_MARK)
                .childHandler(new ServerChannels(parts, tls));
        var bound = bootstrap.bind(listener.host(), listener.port()).awaitUninterruptibly();
        var cause = bound.cause();
        if (cause != null) {
            throw new IOException(
                    "%s, port %d: %s".formatted(listener.host(), listener.port(), cause.getMessage()), cause);
        }
        listening.add(new Listening(listener, bound.channel(), tls));
    }

    private static @Nullable SslContext context(Listener listener) throws SSLException {
        return listener.tls().isPresent() ? listener.tls().get().context() : null;
    }

    /**
     * Shows another certificate to new connections of all listeners with TLS; those that are open stay.
     *
     * @throws SSLException when it can't be read; nothing has changed then
     */
    public void reload(ServerTls renewed) throws SSLException {
        var context = renewed.context();
        for (var one : listening) {
            if (one.listener.tls().isPresent()) {
                one.tls.set(context);
            }
        }
    }

    /** Where the listeners listen, in their order, with the ports they really have. */
    public List<URI> addresses() {
        return listening.stream().map(GatewayServer::address).toList();
    }

    private static URI address(Listening one) {
        var local = (InetSocketAddress) one.channel.localAddress();
        var host = local.getAddress().getHostAddress();
        return URI.create("%s://%s:%d"
                .formatted(
                        one.listener.tls().isPresent() ? "https" : "http",
                        host.contains(":") ? "[" + host + "]" : host,
                        local.getPort()));
    }

    /** Whether new requests are taken. */
    public boolean ready() {
        return !listening.isEmpty()
                && !parts.connections().stopping()
                && listening.stream().allMatch(one -> one.channel.isActive());
    }

    /** The open connections. */
    public int connections() {
        return parts.connections().size();
    }

    /** Takes no more connections, lets running requests finish, and closes all connections. */
    @Override
    public void close() {
        parts.connections().stop();
        listening.forEach(one -> one.channel.close().awaitUninterruptibly());
        for (var channel : parts.connections().all()) {
            channel.pipeline().fireUserEventTriggered(Stopping.NOW);
        }
        long end = System.nanoTime() + grace.toNanos();
        while (parts.connections().size() > 0
                && System.nanoTime() - end < 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        for (var channel : parts.connections().all()) {
            channel.eventLoop().execute(() -> channel.unsafe().closeForcibly());
        }
    }
}
