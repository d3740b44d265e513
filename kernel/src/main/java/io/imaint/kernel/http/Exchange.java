package io.imaint.kernel.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.RequestException;
import io.helidon.http.ServerRequestHeaders;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ServerConnectionException;
import io.helidon.webserver.http.Handler;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.imaint.kernel.telemetry.RequestId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** Between the server's library and the {@link Dispatcher}: request id, headers, compression, meters, access log. */
final class Exchange implements Handler {
    private static final System.Logger LOG = System.getLogger(Exchange.class.getName());

    /** Below this, compressing costs more than the bytes it saves: the answer fits into one packet anyway. */
    private static final int COMPRESSED_SIZE_MIN = 1_024;

    /** Methods that become a tag of the meters; any other word is the client's invention and would add a series each. */
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    /** An id that can stand in a log and a header as it is. */
    private static final Pattern SANE_ID = Pattern.compile("[A-Za-z0-9._~-]{1,64}");

    private static final HeaderName REQUEST_ID = HeaderNames.create("X-Request-Id");
    private static final HeaderName EXPECT = HeaderNames.create("Expect");

    private final Dispatcher dispatcher;
    private final EventStreams streams;
    private final MeterRegistry meters;
    private final Supplier<String> ids;
    private final Duration timeout;

    Exchange(Dispatcher dispatcher, EventStreams streams, MeterRegistry meters, Supplier<String> ids, Duration timeout) {
        this.dispatcher = dispatcher;
        this.streams = streams;
        this.meters = meters;
        this.ids = ids;
        this.timeout = timeout;
    }

    @Override
    public void handle(ServerRequest request, ServerResponse response) {
        var id = requestId(request.headers());
        ScopedValue.where(RequestId.scoped(), id).run(() -> {
            long started = meters.config().clock().monotonicTime();
            var asked = asked(request);
            var answer = withinTime(asked);
            var stream = asked.method().equals("HEAD") ? null : answer.stream();
            if (stream != null && !streams.reserve()) {
                stream = null;
                answer = Answer.problem(HttpProblem.SERVER_BUSY, "as many streams of events as allowed are open")
                        .from(answer.route());
            }
            head(request, response, answer);
            if (stream == null) {
                body(request, response, answer);
                measure(asked, answer, started);
            } else {
                measure(asked, answer, started); // The time to its beginning; how long it lasts is the client's affair.
                if (!streams.run(stream, response.outputStream())) {
                    throw new CloseConnectionException("a stream of events ended in the middle");
                }
            }
        });
    }

    private String requestId(ServerRequestHeaders headers) {
        return headers.first(REQUEST_ID)
                .filter(id -> SANE_ID.matcher(id).matches())
                .orElseGet(ids);
    }

    private static Request asked(ServerRequest request) {
        var headers = request.headers();
        return new Request(
                request.prologue().method().text().toUpperCase(Locale.ROOT),
                request.prologue().uriPath().rawPath(),
                request.prologue().query().rawValue(),
                name -> {
                    var known = HeaderNames.create(name);
                    return headers.contains(known) ? String.join(",", headers.values(known)) : "";
                },
                request.remotePeer().host(),
                hasBody(headers) ? sizeMax -> new SentBody(new Readable(request.content().inputStream()), sizeMax) : null);
    }

    private static boolean hasBody(ServerRequestHeaders headers) {
        return headers.contains(HeaderNames.TRANSFER_ENCODING)
                || headers.contentLength().orElse(0) > 0;
    }

    /** Turns what the server's library throws for a bad body into what streams throw. */
    private static final class Readable extends java.io.FilterInputStream {
        Readable(java.io.InputStream in) { super(in); }
        @Override public int read(byte[] bytes, int from, int count) throws IOException {
            try {
                return in.read(bytes, from, count);
            } catch (RequestException refused) {
                if (refused.status().code() == HttpProblem.BODY_TOO_LARGE.status()) {
                    throw HttpProblem.BODY_TOO_LARGE.because("it is larger than the server takes");
                }
                throw new IOException(refused);
            } catch (UncheckedIOException | ServerConnectionException gone) {
                throw new IOException(gone);
            }
        }
    }

    /** Runs the work on a thread of its own and gives up on it when its time is over. */
    private Answer withinTime(Request asked) {
        var id = RequestId.current().orElse("");
        var task = new FutureTask<>(() -> {
            return ScopedValue.where(RequestId.scoped(), id).call(() -> dispatcher.answer(asked));
        });
        var thread = Thread.ofVirtual().name("request-" + id).start(task);
        try {
            return task.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException overdue) {
            thread.interrupt();
            LOG.log(Level.WARNING, "a request ran over its {0} and was interrupted", timeout);
            return dispatcher.overdue(asked, timeout);
        } catch (InterruptedException stopping) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            return Answer.problem(HttpProblem.SERVER_BUSY, "the server is stopping");
        } catch (ExecutionException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static void head(ServerRequest request, ServerResponse response, Answer answer) {
        response.status(Status.create(answer.status()));
        AnswerHeaders.of(answer, RequestId.current().orElse(""))
                .forEach((name, value) -> response.headers().set(HeaderNames.create(name), value));
        if (request.headers().contains(EXPECT) || answer.status() == HttpProblem.BODY_TOO_LARGE.status()) {
            // The rest of the body would have to be read before the next request, or is not even on its way.
            response.headers().set(HeaderValues.CONNECTION_CLOSE);
        }
    }

    private static void body(ServerRequest request, ServerResponse response, Answer answer) {
        var body = whole(answer);
        if (body.length >= COMPRESSED_SIZE_MIN && answer.content() instanceof Content.Whole) {
            response.headers().set(HeaderNames.VARY, "Accept-Encoding");
            if (Accepts.gzip(String.join(",", request.headers().values(HeaderNames.ACCEPT_ENCODING)))) {
                response.headers().set(HeaderNames.CONTENT_ENCODING, "gzip");
                body = compressed(body);
            }
        }
        if (answer.status() == 204) {
            response.headers().remove(HeaderNames.CONTENT_TYPE);
            response.send();
        } else if (request.prologue().method().text().equals("HEAD")) {
            response.headers().set(HeaderNames.CONTENT_LENGTH, Integer.toString(body.length));
            response.send();
        } else {
            response.send(body);
        }
    }

    private static byte[] whole(Answer answer) {
        return switch (answer.content()) {
            case Content.Whole whole -> whole.bytes();
            case Content.Written written -> {
                var bytes = new ByteArrayOutputStream();
                try { written.writer().writeTo(bytes); } catch (IOException failed) { throw new UncheckedIOException(failed); }
                yield bytes.toByteArray();
            }
        };
    }

    private static byte[] compressed(byte[] body) {
        var bytes = new ByteArrayOutputStream(body.length / 4);
        try (var gzip = new GZIPOutputStream(bytes)) {
            gzip.write(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private void measure(Request asked, Answer answer, long started) {
        long nanos = meters.config().clock().monotonicTime() - started;
        Timer.builder("http.server.requests")
                .description("Time to answer a request")
                .tag("method", METHODS.contains(asked.method()) ? asked.method() : "OTHER")
                .tag("route", answer.route())
                .tag("status", Integer.toString(answer.status()))
                .serviceLevelObjectives(
                        Duration.ofMillis(10),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5))
                .register(meters)
                .record(nanos, TimeUnit.NANOSECONDS);
        LOG.log(
                Level.DEBUG,
                () -> "%s %s %d %d bytes in %d ms"
                        .formatted(
                                asked.method(),
                                asked.path(),
                                answer.status(),
                                answer.content() instanceof Content.Whole whole ? whole.bytes().length : -1,
                                nanos / 1_000_000));
    }
}
