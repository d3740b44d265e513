package io.imaint.gateway.wire;

import io.imaint.gateway.flow.TargetFailure;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import javax.net.ssl.SNIHostName;
import org.jspecify.annotations.Nullable;

/** The connections of one event loop to one origin. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures on the pipeline.
final class OriginPool {
    private final Origin origin;
    private final Origin.Parts parts;
    private final TargetPools pools;
    private final int connectionsMax;

    /** The one that was used last is used first, so that those not needed grow old. */
    private final Deque<TargetConnection> idle = new ArrayDeque<>();

    private final Set<TargetConnection> open = new HashSet<>();
    private final Queue<Asked> waiting = new ArrayDeque<>();
    private int connecting;

    /** Stands for the connection until it is there; futures tell of failures before. */
    private static final class Connecting extends ChannelInboundHandlerAdapter {
        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    OriginPool(Origin origin, TargetPools pools, int connectionsMax) throws TargetFailure {
        this.origin = origin;
        this.parts = origin.parts();
        this.pools = pools;
        this.connectionsMax = connectionsMax;
    }

    /** Sends on a connection that is free, on a new one, or when one becomes free. */
    void send(Asked asked) {
        for (var free = idle.pollLast(); free != null; free = idle.pollLast()) {
            if (free.usable()) {
                free.send(asked);
                return;
            }
        }
        if (open.size() + connecting < connectionsMax) {
            connect(asked);
        } else if (waiting.size() < pools.limits().waitingPerOriginMax()) {
            waiting.add(asked);
        } else {
            asked.failed(TargetFailure.Kind.UNREACHABLE, "too many requests wait for " + origin.address());
        }
    }

    private void connect(Asked asked) {
        connecting++;
        pools.addresses().resolve(parts.host(), pools.loop().events, (found, failure) -> {
            if (found.isEmpty()) {
                notConnected(asked, Origin.unreachable(failure));
            } else {
                connect(asked, found, 0);
            }
        });
    }

    /** Tries the addresses of a host in turn. */
    private void connect(Asked asked, List<InetAddress> addresses, int place) {
        SslHandler handshake;
        try {
            handshake = parts.tls() ? handshake(asked) : null;
        } catch (TargetFailure failure) {
            notConnected(asked, failure);
            return;
        }
        var bootstrap = new Bootstrap()
                .group(pools.loop().events)
                .channel(pools.connecting())
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.ALLOCATOR, PooledByteBufAllocator.DEFAULT)
                .option(
                        ChannelOption.CONNECT_TIMEOUT_MILLIS,
                        Math.toIntExact(Math.max(1, asked.call.connectTimeout().toMillis())))
                .handler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        if (handshake != null) {
                            channel.pipeline().addLast(handshake);
                        }
                        channel.pipeline().addLast(new Connecting());
                    }
                });
        bootstrap
                .connect(new InetSocketAddress(addresses.get(place), parts.port()))
                .addListener(done -> {
                    var channel = ((ChannelFuture) done).channel();
                    if (!done.isSuccess()) {
                        if (place + 1 < addresses.size() && !asked.over()) {
                            connect(asked, addresses, place + 1);
                        } else {
                            notConnected(asked, Origin.unreachable(text(done.cause())));
                        }
                    } else if (handshake == null) {
                        connected(asked, channel);
                    } else {
                        handshake.handshakeFuture().addListener(shaken -> {
                            if (shaken.isSuccess()) {
                                connected(asked, channel);
                            } else {
                                channel.close();
                                notConnected(asked, Origin.unreachable("TLS: " + text(shaken.cause())));
                            }
                        });
                    }
                });
    }

    private SslHandler handshake(Asked asked) throws TargetFailure {
        var context = pools.tls().context(origin);
        var handler = context.newHandler(PooledByteBufAllocator.DEFAULT, parts.host(), parts.port());
        name(handler);
        handler.setHandshakeTimeoutMillis(
                Math.max(1, asked.call.connectTimeout().toMillis()));
        return handler;
    }

    /** Tells the target which host is meant. The runtime would leave out names without dots, which hosts within a company have. */
    private void name(SslHandler handler) {
        if (!NetUtil.isValidIpV4Address(parts.host()) && !NetUtil.isValidIpV6Address(parts.host())) {
            var parameters = handler.engine().getSSLParameters();
            try {
                parameters.setServerNames(List.of(new SNIHostName(parts.host())));
            } catch (IllegalArgumentException unusual) {
                return; // A name with an underscore has no place in a certificate.
            }
            handler.engine().setSSLParameters(parameters);
        }
    }

    private static String text(@Nullable Throwable cause) {
        return cause == null ? "unknown" : String.valueOf(cause.getMessage());
    }

    private void connected(Asked asked, Channel channel) {
        connecting--;
        if (pools.closed()) {
            channel.close();
            asked.failed(TargetFailure.Kind.UNREACHABLE, "the gateway stops");
            return;
        }
        channel.pipeline().remove(Connecting.class);
        var connection = new TargetConnection(this, pools.loop(), pools.limits(), channel, parts.hostHeader());
        open.add(connection);
        connection.begin();
        connection.send(asked);
    }

    private void notConnected(Asked asked, TargetFailure failure) {
        connecting--;
        asked.failed(failure);
        next();
    }

    /** A connection waits for the next request. */
    void free(TargetConnection connection) {
        var asked = waiting.poll();
        while (asked != null && asked.over()) {
            asked = waiting.poll();
        }
        if (asked != null) {
            connection.send(asked);
        } else {
            idle.addLast(connection);
        }
    }

    /** A connection is gone. */
    void closed(TargetConnection connection) {
        idle.remove(connection);
        if (open.remove(connection)) {
            next();
        }
    }

    /** There is room for another connection. */
    private void next() {
        var asked = waiting.poll();
        if (asked != null) {
            send(asked);
        }
    }

    /** Sends once more, on a connection that is new: the others that were kept may be closed as well. */
    void again(Asked asked) {
        if (open.size() + connecting < connectionsMax) {
            connect(asked);
        } else {
            send(asked);
        }
    }

    /** Ends what waits for too long, or for nobody; whether nothing is left. */
    boolean watch(long now) {
        if (!waiting.isEmpty()) {
            var abandoned = waiting.stream().filter(Asked::abandoned).toList();
            waiting.removeAll(abandoned);
            abandoned.forEach(asked -> asked.failed(TargetFailure.Kind.ABANDONED, Asked.ABANDONED));
        }
        while (!waiting.isEmpty() && waiting.element().late(now)) {
            waiting.remove()
                    .failed(TargetFailure.Kind.UNREACHABLE, "no connection to %s was free".formatted(origin.address()));
        }
        return open.isEmpty() && connecting == 0 && waiting.isEmpty();
    }

    void close() {
        for (var asked = waiting.poll(); asked != null; asked = waiting.poll()) {
            asked.failed(TargetFailure.Kind.UNREACHABLE, "the gateway stops");
        }
        Set.copyOf(open).forEach(TargetConnection::close);
    }

    int openConnections() {
        return open.size();
    }
}
