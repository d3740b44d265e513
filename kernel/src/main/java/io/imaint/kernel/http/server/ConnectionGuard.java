package io.imaint.kernel.http.server;

import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.jetty.http2.HTTP2Connection;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * Bounds the connections of a listener, and the time in which a request's head must be whole.
 *
 * <p>A connection over a limit takes the place of the oldest one that has not asked for anything yet, or else of the
 * oldest that asks for nothing now, so that connections which are only held keep nobody out. Where each is at work, the
 * new one is closed.
 *
 * <p>Jetty has no deadline for heads: each byte begins its idle time anew. So this looks at every connection again and
 * again. It needs Jetty's internal {@link HttpConnection} to tell one that awaits a head from one that is at work.
 */
final class ConnectionGuard implements Connection.Listener {
    private static final System.Logger LOG = System.getLogger(ConnectionGuard.class.getName());

    private final long headNanos;
    private final int most;
    private final int mostOfAddress;
    private final Predicate<InetAddress> proxy;
    private final SequencedMap<Connection, Held> open = new LinkedHashMap<>();
    private final Map<InetAddress, Integer> ofAddress = new HashMap<>();

    /** An open connection and when it was seen to await the rest of a head. */
    private static final class Held {
        private final Connection connection;
        private final InetAddress address;
        private long awaitedSince;
        private boolean awaited = true;
        private long messages;
        private long bytes;

        Held(Connection connection, InetAddress address, long now) {
            this.connection = connection;
            this.address = address;
            this.awaitedSince = now;
        }

        boolean silent() {
            return connection.getMessagesIn() == 0;
        }

        /** True when a head has been on its way for too long. */
        boolean late(long now, long headNanos) {
            if (connection.getMessagesIn() != messages || atWork()) {
                messages = connection.getMessagesIn();
                bytes = connection.getBytesIn();
                awaited = false;
                return false;
            }
            boolean begun = messages == 0 || (connection instanceof HttpConnection && connection.getBytesIn() != bytes);
            if (begun && !awaited) {
                awaited = true;
                awaitedSince = now;
            }
            return awaited && now - awaitedSince > headNanos;
        }

        private boolean atWork() {
            return switch (connection) {
                case HttpConnection http -> http.getHttpChannel().getRequest() != null;
                case HTTP2Connection http2 -> http2.getSession().getStreamCount() > 0;
                default -> false;
            };
        }
    }

    ConnectionGuard(ServerLimits limits) {
        this.headNanos = limits.headTimeout().toNanos();
        this.most = limits.connectionsMax();
        this.mostOfAddress = limits.connectionsPerAddressMax();
        this.proxy = limits.proxy();
    }

    @Override
    public void onOpened(Connection connection) {
        opened(connection).ifPresent(ConnectionGuard::close);
    }

    private synchronized Optional<Connection> opened(Connection connection) {
        var address = address(connection);
        open.put(connection, new Held(connection, address, System.nanoTime()));
        int held = ofAddress.merge(address, 1, Integer::sum);
        boolean tooMany = held > mostOfAddress && !proxy.test(address);
        if (!tooMany && open.size() <= most) {
            return Optional.empty();
        }
        var others = open.values().stream()
                .filter(other -> !other.connection.equals(connection) && (!tooMany || other.address.equals(address)))
                .toList();
        var victim = Stream.of((Predicate<Held>) Held::silent, other -> !other.atWork())
                .flatMap(dispensable -> others.stream().filter(dispensable))
                .findFirst()
                .map(other -> other.connection)
                .orElse(connection);
        LOG.log(Level.DEBUG, "{0} connections are open, {1} from {2}; one is closed", open.size(), held, address);
        forget(victim);
        return Optional.of(victim);
    }

    private static InetAddress address(Connection connection) {
        return connection.getEndPoint().getRemoteSocketAddress() instanceof InetSocketAddress remote
                        && remote.getAddress() != null
                ? remote.getAddress()
                : InetAddress.getLoopbackAddress(); // One that is closed already has none.
    }

    @Override
    public synchronized void onClosed(Connection connection) {
        forget(connection);
    }

    private void forget(Connection connection) {
        var held = open.remove(connection);
        if (held != null) {
            ofAddress.computeIfPresent(held.address, (same, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Closes the connections whose head is late. */
    void sweep(long now) {
        late(now).forEach(ConnectionGuard::close);
    }

    private synchronized List<Connection> late(long now) {
        var late = new ArrayList<Connection>();
        open.values().forEach(held -> {
            if (held.late(now, headNanos)) {
                late.add(held.connection);
            }
        });
        return late;
    }

    private static void close(Connection connection) {
        connection.getEndPoint().close();
    }
}
