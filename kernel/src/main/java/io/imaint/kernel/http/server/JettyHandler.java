package io.imaint.kernel.http.server;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Refuses what Jetty lets through and should not, and leads the rest to its listener's handler. */
final class JettyHandler extends Handler.Abstract {
    private static final System.Logger LOG = System.getLogger(JettyHandler.class.getName());

    /** Header lines of a request; browsers behind a proxy send thirty. */
    private static final int HEADERS_MAX = 100;

    /** Bytes of a path and query; longer ones do not pass through common proxies either. */
    private static final int TARGET_LENGTH_MAX = 8 << 10;

    /** TRACE shows a client's secrets to its scripts, CONNECT makes a server a proxy. */
    private static final Set<String> METHODS_REFUSED = Set.of("TRACE", "CONNECT");

    /** Characters that no address may hold, and that Jetty takes in queries. */
    private static final String ADDRESS_UNFIT = "\"<>\\^`{|}";

    private final ServerLimits limits;
    private final Executor workers;
    private final Map<Connector, HttpHandler> handlers = new ConcurrentHashMap<>();
    private final Set<JettyExchange> active = ConcurrentHashMap.newKeySet();

    /** @param workers one virtual thread for each request that may wait */
    JettyHandler(ServerLimits limits, Executor workers) {
        super(InvocationType.NON_BLOCKING);
        this.limits = limits;
        this.workers = workers;
    }

    void put(Connector connector, HttpHandler handler) {
        handlers.put(connector, handler);
    }

    private HttpHandler handler(Request request) {
        var handler = handlers.get(request.getConnectionMetaData().getConnector());
        assert handler != null : "each listener has one";
        return handler;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        var exchange = new JettyExchange(request, response, callback);
        var handler = handler(request);
        var refusal = refusal(request);
        if (refusal != null) {
            exchange.closeAfterwards();
            handler.refuse(exchange, refusal);
            return true;
        }
        if (handler.answersAtOnce(exchange)) {
            work(exchange, handler);
        } else {
            workers.execute(() -> watched(exchange, handler));
        }
        return true;
    }

    private void watched(JettyExchange exchange, HttpHandler handler) {
        active.add(exchange);
        try {
            work(exchange, handler);
        } finally {
            active.remove(exchange);
        }
    }

    private static void work(JettyExchange exchange, HttpHandler handler) {
        // Silence is a matter of the reads and writes, which fail by it; a handler may take its time.
        exchange.outlastSilence();
        try {
            exchange.run(handler);
        } catch (IOException broken) {
            LOG.log(Level.DEBUG, () -> "a client has left: " + broken.getMessage());
            exchange.hangUp();
        } catch (Throwable defect) {
            LOG.log(Level.ERROR, "a request failed unexpectedly", defect);
            exchange.fail(handler);
        }
    }

    private static @Nullable Refusal refusal(Request request) {
        var headers = request.getHeaders();
        var target = request.getHttpURI().getPathQuery();
        if (METHODS_REFUSED.contains(request.getMethod())) {
            return Refusal.METHOD_REFUSED;
        }
        if (target != null && target.length() > TARGET_LENGTH_MAX) {
            return Refusal.TARGET_TOO_LONG;
        }
        if (headers.size() > HEADERS_MAX) {
            return Refusal.HEADERS_TOO_LARGE;
        }
        boolean old = request.getConnectionMetaData().getHttpVersion() == HttpVersion.HTTP_1_0;
        return unfit(target) || old && headers.contains(HttpHeader.TRANSFER_ENCODING) ? Refusal.MALFORMED : null;
    }

    private static boolean unfit(@Nullable String target) {
        for (int i = 0; target != null && i < target.length(); i++) {
            char letter = target.charAt(i);
            if (letter <= ' ' || letter > '~' || ADDRESS_UNFIT.indexOf(letter) >= 0) {
                return true;
            }
        }
        return false;
    }

    /** Interrupts what takes too long. */
    void watch(long now) {
        active.forEach(exchange -> {
            try {
                exchange.watch(now, limits);
            } catch (RuntimeException defect) {
                LOG.log(Level.ERROR, "a late request could not be answered", defect);
                exchange.hangUp();
            }
        });
    }

    boolean idle() {
        return active.isEmpty();
    }

    /** Answers what Jetty itself refuses. Its messages may repeat the request's bytes, so none of them is passed on. */
    boolean refuse(Request request, Response response, Callback callback) {
        var cause = request.getAttribute(ErrorHandler.ERROR_EXCEPTION);
        int status = cause instanceof HttpException known ? known.getCode() : response.getStatus();
        if (status >= 500 && cause instanceof Throwable defect) {
            LOG.log(Level.ERROR, "a request failed in the server", defect);
        }
        var exchange = new JettyExchange(request, response, callback);
        exchange.closeAfterwards();
        handler(request).refuse(exchange, Refusal.of(status));
        return true;
    }
}
