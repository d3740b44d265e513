package io.imaint.kernel.http.server;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http2.server.HTTP2CServerConnectionFactory;
import org.eclipse.jetty.io.WindowRateControl;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A server of HTTP/1 and of HTTP/2 without TLS. Each request is handled on a virtual thread.
 *
 * <p>It is strict: what proxies and servers may read differently is refused, and the connection closed.
 */
public final class HttpServer implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HttpServer.class.getName());

    /** How often late heads, bodies and handlers are looked for; a quarter of the shortest deadline at most. */
    private static final Duration WATCH_PERIOD_MAX = Duration.ofMillis(250);

    /** Encoded slashes and percent signs are parts of keys; paths are parted before they are decoded. */
    private static final UriCompliance URIS = UriCompliance.RFC3986.with(
            "KEYS", UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR, UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING);

    /** Platform threads: two per listener, and room for what Jetty does beside. */
    private static final int THREADS_MAX = 16;

    /** HTTP/2 frames a second that are no data; more is the flood of resets, settings or pings known as rapid reset. */
    private static final int FRAMES_PER_SECOND_MAX = 128;

    private static final int STREAMS_PER_CONNECTION_MAX = 128;

    /**
     * Where to listen.
     *
     * @param port 0 takes a free one
     */
    public record Listener(String host, int port, HttpHandler handler) {}

    private final Server server;
    private final List<ServerConnector> connectors = new ArrayList<>();
    private final List<ConnectionGuard> guards = new ArrayList<>();
    private final JettyHandler root;
    private final Duration grace;
    private volatile boolean closed;

    private HttpServer(ServerLimits limits, Duration grace) {
        var threads = new QueuedThreadPool(THREADS_MAX, 2);
        threads.setName("http");
        threads.setDaemon(true);
        threads.setReservedThreads(0);
        var workers = Executors.newThreadPerTaskExecutor(Thread.ofVirtual().factory());
        threads.setVirtualThreadsExecutor(workers); // It also reads the next request where the last one was answered.
        this.server = new Server(threads);
        this.root = new JettyHandler(limits, workers);
        this.grace = grace;
        server.setHandler(root);
        server.setErrorHandler(root::refuse);
        server.setStopTimeout(0); // close() has waited already.
    }

    /**
     * Starts to listen.
     *
     * @param grace how long running requests may still finish at the end
     * @throws ListenFailed naming the listener that cannot be
     */
    public static HttpServer start(List<Listener> listeners, ServerLimits limits, Duration grace) throws ListenFailed {
        var http = new HttpServer(limits, grace);
        try {
            for (var listener : listeners) {
                http.open(listener, limits);
            }
            http.server.start();
        } catch (ListenFailed failed) {
            http.close();
            throw failed;
        } catch (Exception defect) {
            http.close();
            throw new IllegalStateException("the HTTP server did not start", defect);
        }
        var deadline = limits.headTimeout().dividedBy(4);
        long period = Math.min(deadline.toNanos(), WATCH_PERIOD_MAX.toNanos());
        Thread.ofPlatform().daemon().name("http-watch").start(() -> http.watch(period));
        return http;
    }

    private void open(Listener listener, ServerLimits limits) throws ListenFailed {
        var settings = settings(limits);
        var http2 = new HTTP2CServerConnectionFactory(settings);
        http2.setMaxConcurrentStreams(STREAMS_PER_CONNECTION_MAX);
        http2.setRateControlFactory(new WindowRateControl.Factory(FRAMES_PER_SECOND_MAX));
        var connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(settings), http2);
        connector.setPort(listener.port());
        connector.setIdleTimeout(limits.idleTimeout().toMillis());
        connector.setShutdownIdleTimeout(1);
        var guard = new ConnectionGuard(limits);
        connector.addBean(guard);
        guards.add(guard);
        root.put(connector, listener.handler());
        server.addConnector(connector);
        connectors.add(connector);
        try {
            connector.setHost(InetAddress.getByName(listener.host()).getHostAddress());
            connector.open();
        } catch (UnknownHostException unknown) {
            throw new ListenFailed(listener, "'%s' is unknown".formatted(listener.host()), false, unknown);
        } catch (IOException refused) {
            var reason = String.valueOf((refused.getCause() == null ? refused : refused.getCause()).getMessage());
            throw new ListenFailed(listener, reason, reason.contains("in use"), refused);
        }
    }

    private static HttpConfiguration settings(ServerLimits limits) {
        var settings = new HttpConfiguration();
        settings.setHttpCompliance(HttpCompliance.STRICT);
        settings.setUriCompliance(URIS);
        settings.setRequestHeaderSize(limits.headersSizeMax());
        settings.setMaxUnconsumedRequestContentReads(1);
        settings.setSendServerVersion(false);
        settings.setSendXPoweredBy(false);
        settings.setNotifyRemoteAsyncErrors(false);
        return settings;
    }

    private void watch(long period) {
        while (!closed) {
            LockSupport.parkNanos(period);
            try {
                long now = System.nanoTime();
                guards.forEach(guard -> guard.sweep(now));
                root.watch(now);
            } catch (RuntimeException defect) { // An exception would end the watch.
                LOG.log(Level.ERROR, "the watch over connections failed", defect);
            }
        }
    }

    /** Where the listeners listen, in their order, with the ports they really have. */
    public List<URI> addresses() {
        return connectors.stream().map(HttpServer::address).toList();
    }

    private static URI address(ServerConnector connector) {
        var host = connector.getHost();
        return URI.create(
                "http://%s:%d".formatted(host.contains(":") ? "[" + host + "]" : host, connector.getLocalPort()));
    }

    @Override
    public void close() {
        connectors.forEach(ServerConnector::close);
        long end = System.nanoTime() + grace.toNanos();
        while (!root.idle()
                && System.nanoTime() - end < 0
                && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
        closed = true;
        try {
            server.stop();
        } catch (Exception failed) { // It is at its end either way.
            LOG.log(Level.WARNING, "the HTTP server did not stop cleanly", failed);
        }
    }
}
