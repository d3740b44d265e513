package io.imaint.kernel.http;

import io.imaint.kernel.http.server.HttpExchange;
import io.imaint.kernel.http.server.HttpHandler;
import io.imaint.kernel.http.server.Refusal;
import io.imaint.kernel.problem.ProblemCode;
import io.imaint.kernel.telemetry.RequestId;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** Between the server and the {@link Dispatcher}: request id, deadline, headers, compression, meters, access log. */
final class ApiHandler implements HttpHandler {
    private static final System.Logger LOG = System.getLogger(ApiHandler.class.getName());

    /** Below this, compressing costs more than the bytes it saves: the answer fits into one packet anyway. */
    private static final int COMPRESSED_SIZE_MIN = 1_024;

    /** Methods that become a tag of the meters; any other word is the client's invention and would add a series each. */
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    /** Methods that change nothing, so that what was given up may simply be asked again. */
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    /** An id that can stand in a log and a header as it is. */
    private static final Pattern SANE_ID = Pattern.compile("[A-Za-z0-9._~-]{1,64}");

    private final Dispatcher dispatcher;
    private final EventStreams streams;
    private final ClientAddresses clients;
    private final MeterRegistry meters;
    private final Duration timeout;
    private final Map<Tags, Timer> timers = new ConcurrentHashMap<>();

    /** What the times of requests are counted by. */
    private record Tags(String method, String route, int status) {}

    ApiHandler(
            Dispatcher dispatcher,
            EventStreams streams,
            ClientAddresses clients,
            MeterRegistry meters,
            Duration timeout) {
        this.dispatcher = dispatcher;
        this.streams = streams;
        this.clients = clients;
        this.meters = meters;
        this.timeout = timeout;
    }

    @Override
    public boolean answersAtOnce(HttpExchange exchange) {
        return dispatcher.answersAtOnce(exchange.path());
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        var id = requestId(exchange);
        ScopedValue.where(RequestId.scoped(), id).<@Nullable Void, IOException>call(() -> {
            answer(exchange, id);
            return null;
        });
    }

    @Override
    public void refuse(HttpExchange exchange, Refusal refusal) {
        var id = requestId(exchange);
        var code = code(refusal);
        var detail = code == HttpProblem.INTERNAL
                ? "the log has the reason"
                : "it was refused before its path was looked at, and the connection is closed";
        ScopedValue.where(RequestId.scoped(), id).run(() -> sendProblem(exchange, problem(code, detail, refusal), id));
    }

    private static boolean sendProblem(HttpExchange exchange, Answer answer, String id) {
        return answer.content() instanceof Content.Whole whole && sendWhole(exchange, answer, whole.bytes(), id);
    }

    private static Answer problem(ProblemCode code, String detail, Refusal refusal) {
        var answer = Answer.problem(code, detail);
        return refusal == Refusal.METHOD_REFUSED
                ? answer.with("Allow", "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS")
                : answer;
    }

    private static HttpProblem code(Refusal refusal) {
        return switch (refusal) {
            case MALFORMED -> HttpProblem.REQUEST_MALFORMED;
            case METHOD_REFUSED -> HttpProblem.METHOD_UNKNOWN;
            case BODY_TOO_SLOW -> HttpProblem.BODY_TOO_SLOW;
            case TARGET_TOO_LONG -> HttpProblem.URI_TOO_LONG;
            case HEADERS_TOO_LARGE -> HttpProblem.HEADERS_TOO_LARGE;
            case DEFECT -> HttpProblem.INTERNAL;
            case VERSION_UNSUPPORTED -> HttpProblem.VERSION_UNSUPPORTED;
        };
    }

    /** The client's id where it is sane; else 64 random bits, which need not be secret, only different. */
    private static String requestId(HttpExchange exchange) {
        var given = exchange.header("X-Request-Id");
        return !given.isEmpty() && SANE_ID.matcher(given).matches()
                ? given
                : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    private void answer(HttpExchange exchange, String id) throws IOException {
        long started = meters.config().clock().monotonicTime();
        var asked = asked(exchange);
        exchange.limit(timeout, () -> giveUp(exchange, asked, id, started));
        var answer = dispatcher.answer(asked);
        if (exchange.overdue() && (SAFE.contains(asked.method()) || answer.status() >= 500)) {
            giveUp(exchange, asked, id, started);
            return;
        }
        var stream = asked.method().equals("HEAD") ? null : answer.stream();
        var refusal = stream == null ? Optional.<Answer>empty() : streams.reserve(stream);
        if (refusal.isPresent()) {
            stream = null;
            answer = refusal.get().from(answer.route());
        }
        if (stream != null) {
            measure(asked, answer, started); // The time to its beginning; how long it lasts is the client's affair.
            follow(exchange, answer, stream, id);
        } else if (send(exchange, answer, id)) {
            measure(asked, answer, started);
        }
    }

    /** Answers for a handler that did not end in its time. What a method that changes something did then is unknown. */
    private void giveUp(HttpExchange exchange, Request asked, String id, long started) {
        ScopedValue.where(RequestId.scoped(), id).run(() -> {
            var answer = dispatcher.overdue(asked, timeout);
            if (sendProblem(exchange, answer, id)) {
                LOG.log(Level.WARNING, "a request ran over its {0} and was interrupted", timeout);
                measure(asked, answer, started);
            }
        });
    }

    private Request asked(HttpExchange exchange) {
        return new Request(
                exchange.method(),
                exchange.path(),
                exchange.query(),
                name -> name.equals("Host")
                        ? exchange.authority()
                        : exchange.header(name), // HTTP/2 has no such header.
                clients.of(exchange.remoteAddress(), exchange::header),
                exchange.hasBody() ? sizeMax -> new SentBody(exchange.body(), sizeMax) : null);
    }

    private void follow(HttpExchange exchange, Answer answer, Opening opening, String id) throws IOException {
        var out = exchange.stream(answer.status(), headers(answer, id, false, false), HttpExchange.LENGTH_UNKNOWN);
        if (out == null) {
            streams.release(opening);
        } else if (!streams.run(opening, out)) {
            exchange.hangUp();
        }
    }

    private static boolean send(HttpExchange exchange, Answer answer, String id) throws IOException {
        return switch (answer.content()) {
            case Content.Whole whole -> sendWhole(exchange, answer, whole.bytes(), id);
            case Content.Written written -> sendWritten(exchange, answer, written, id);
        };
    }

    private static boolean sendWhole(HttpExchange exchange, Answer answer, byte[] body, String id) {
        boolean chosen = answer.headers().containsKey("Vary"); // The form was chosen where the answer was made.
        boolean varies = !chosen && body.length >= COMPRESSED_SIZE_MIN;
        boolean packed = varies && Accepts.encoding(exchange.header("Accept-Encoding"), "gzip");
        return exchange.send(answer.status(), headers(answer, id, varies, packed), packed ? compressed(body) : body);
    }

    private static boolean sendWritten(HttpExchange exchange, Answer answer, Content.Written written, String id)
            throws IOException {
        var out = exchange.stream(answer.status(), headers(answer, id, false, false), written.size());
        if (out == null) {
            return false;
        }
        if (!exchange.method().equals("HEAD")) {
            written.writer().writeTo(out);
        }
        out.close(); // Only now: closing one that failed would make a part look whole.
        return true;
    }

    private static Consumer<BiConsumer<String, String>> headers(
            Answer answer, String id, boolean varies, boolean packed) {
        return out -> {
            AnswerHeaders.write(answer, id, out);
            if (varies) {
                out.accept("Vary", "Accept-Encoding");
            }
            if (packed) {
                out.accept("Content-Encoding", "gzip");
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
        var method = METHODS.contains(asked.method()) ? asked.method() : "OTHER";
        timers.computeIfAbsent(new Tags(method, answer.route(), answer.status()), this::timer)
                .record(nanos, TimeUnit.NANOSECONDS);
        LOG.log(
                Level.DEBUG,
                () -> "%s %s %d in %d ms".formatted(asked.method(), asked.path(), answer.status(), nanos / 1_000_000));
    }

    private Timer timer(Tags tags) {
        return Timer.builder("http.server.requests")
                .description("Time to answer a request")
                .tag("method", tags.method)
                .tag("route", tags.route)
                .tag("status", Integer.toString(tags.status))
                .serviceLevelObjectives(
                        Duration.ofMillis(10),
                        Duration.ofMillis(50),
                        Duration.ofMillis(100),
                        Duration.ofMillis(250),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(5))
                .register(meters);
    }
}
