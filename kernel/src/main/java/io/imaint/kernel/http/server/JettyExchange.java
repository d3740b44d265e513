package io.imaint.kernel.http.server;

import java.io.BufferedOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** An exchange by Jetty's request, response and callback. */
final class JettyExchange implements HttpExchange {
    private static final System.Logger LOG = System.getLogger(JettyExchange.class.getName());

    /** Bytes of a stream that are sent together. */
    private static final int BUFFER_BYTES = 32 << 10;

    /** Bytes of an unread body that are taken before the answer; a longer one is not worth its transfer. */
    private static final int REST_BYTES_MAX = 16 << 10;

    /** Methods whose requests have no body in HTTP/2, where no header says so. */
    private static final Set<String> BODILESS = Set.of("GET", "HEAD", "DELETE", "OPTIONS");

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final boolean hasBody;
    private @Nullable JettyBody body;
    private @Nullable Runnable whenOver;
    private long endOfTime;
    private volatile boolean overdue;
    private volatile boolean streaming;

    /** Whether some thread has begun to answer. Guarded by this. */
    private boolean answered;

    /** The thread of the handler while it runs. Guarded by this. */
    private @Nullable Thread worker;

    JettyExchange(Request request, Response response, Callback callback) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        long length = request.getLength();
        boolean endTells = http1()
                ? request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)
                : !BODILESS.contains(request.getMethod());
        this.hasBody = length > 0 || (length < 0 && endTells);
    }

    private boolean http1() {
        return request.getConnectionMetaData().getHttpVersion().getVersion() < HttpVersion.HTTP_2.getVersion();
    }

    @Override
    public String method() {
        return request.getMethod();
    }

    @Override
    public String path() {
        var path = request.getHttpURI().getPath();
        return path == null ? "" : path;
    }

    @Override
    public String query() {
        var query = request.getHttpURI().getQuery();
        return query == null ? "" : query;
    }

    @Override
    public String authority() {
        var authority = request.getHttpURI().getAuthority();
        return authority == null ? "" : authority;
    }

    @Override
    public String remoteAddress() {
        return Request.getRemoteAddr(request);
    }

    @Override
    public String header(String name) {
        var values = request.getHeaders().getValuesList(name);
        return values.isEmpty() ? "" : values.size() == 1 ? values.getFirst() : String.join(",", values);
    }

    @Override
    public void eachHeader(BiConsumer<String, String> each) {
        request.getHeaders().forEach(field -> each.accept(field.getName(), String.valueOf(field.getValue())));
    }

    @Override
    public boolean hasBody() {
        return hasBody;
    }

    @Override
    public InputStream body() {
        var reading = body;
        if (reading == null) {
            reading = new JettyBody(Content.Source.asInputStream(request), hasBody ? request.getLength() : 0);
            body = reading;
        }
        return reading;
    }

    @Override
    public synchronized void limit(Duration time, Runnable work) {
        endOfTime = System.nanoTime() + time.toNanos();
        whenOver = work;
    }

    @Override
    public boolean overdue() {
        return overdue;
    }

    @Override
    public boolean send(int status, Consumer<BiConsumer<String, String>> headers, byte[] bytes) {
        if (!claim()) {
            return false;
        }
        takeRest();
        head(status, headers);
        boolean silent = status == 204 || status == 304;
        if (method().equals("HEAD") && !silent) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, bytes.length);
            silent = true;
        }
        response.write(true, ByteBuffer.wrap(silent ? new byte[0] : bytes), callback);
        return true;
    }

    @Override
    public @Nullable OutputStream stream(int status, Consumer<BiConsumer<String, String>> headers, long length) {
        if (!claim()) {
            return null;
        }
        streaming = true;
        head(status, headers);
        if (length != LENGTH_UNKNOWN) {
            response.getHeaders().put(HttpHeader.CONTENT_LENGTH, length);
        }
        return new BufferedOutputStream(new Sent(Content.Sink.asOutputStream(response)), BUFFER_BYTES);
    }

    /** True for the one caller that may answer. From then on nobody interrupts the handler. */
    private synchronized boolean claim() {
        if (answered) {
            return false;
        }
        answered = true;
        if (worker == Thread.currentThread()) {
            Thread.interrupted(); // Writing to a socket on an interrupted thread would close it.
        }
        return true;
    }

    private synchronized boolean answered() {
        return answered;
    }

    private void head(int status, Consumer<BiConsumer<String, String>> headers) {
        response.setStatus(status);
        headers.accept((name, value) -> response.getHeaders().add(name, value));
        if (http1() && (overdue || !wholeBody())) {
            // The rest of the body would be read as the next request, or is not even on its way.
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
    }

    /**
     * Takes the rest of a short body that nobody read. In HTTP/2 its stream would be reset right behind the answer, and some
     * clients then drop the answer with it.
     */
    private void takeRest() {
        if (http1() || overdue || wholeBody() || request.getHeaders().contains(HttpHeader.EXPECT)) {
            return;
        }
        try {
            body().readNBytes(REST_BYTES_MAX);
        } catch (IOException broken) {
            LOG.log(Level.DEBUG, "the rest of a body cannot be read: {0}", broken.getMessage());
        }
    }

    private boolean wholeBody() {
        var read = body;
        return !hasBody || (read != null && read.whole());
    }

    /** Closes the connection after the answer in any case. */
    void closeAfterwards() {
        if (http1()) {
            response.getHeaders().put(HttpHeader.CONNECTION, "close");
        }
    }

    @Override
    public void hangUp() {
        if (claim() || streaming) {
            streaming = false;
            callback.failed(new Request.Handler.AbortException("the connection is closed"));
        }
    }

    /** Has the connection live while nothing is read or written, as long as the handler works. */
    void outlastSilence() {
        request.addIdleTimeoutListener(silent -> false);
    }

    /** Runs the handler on this thread. */
    void run(HttpHandler handler) throws IOException {
        synchronized (this) {
            worker = Thread.currentThread();
        }
        try {
            handler.handle(this);
        } finally {
            synchronized (this) {
                worker = null;
            }
        }
        if (streaming) {
            hangUp();
        } else if (!answered()) {
            handler.refuse(this, Refusal.DEFECT);
        }
    }

    /** Answers that the handler failed, or breaks the answer off. */
    void fail(HttpHandler handler) {
        if (answered()) {
            hangUp();
        } else {
            handler.refuse(this, Refusal.DEFECT);
        }
    }

    /** Interrupts the handler when its time is over, or its body's; does what is to be done then the next time. */
    void watch(long now, ServerLimits limits) {
        Runnable work;
        synchronized (this) {
            if (worker == null || answered) {
                return;
            }
            var reading = body;
            if (reading != null && reading.waiting()) {
                if (reading.tooSlow(now, limits)) {
                    worker.interrupt();
                }
                return; // The handler's time does not run while its client has it wait.
            }
            work = whenOver;
            long end = endOfTime + (reading == null ? 0 : reading.waited());
            if (work == null || now - end < 0) {
                return;
            }
            boolean again = overdue;
            overdue = true;
            worker.interrupt();
            if (!again) {
                return;
            }
        }
        work.run();
    }

    /** The body of an answer on its way; closing it ends the exchange. */
    private final class Sent extends FilterOutputStream {
        Sent(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            out.write(bytes, from, count);
        }

        @Override
        public void close() throws IOException {
            if (streaming) {
                out.close();
                streaming = false;
                callback.succeeded();
            }
        }
    }
}
