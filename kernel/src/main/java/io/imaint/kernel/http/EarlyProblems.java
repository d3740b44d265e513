package io.imaint.kernel.http;

import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderNames;
import io.helidon.http.ServerResponseHeaders;
import io.helidon.http.Status;
import io.imaint.kernel.telemetry.RequestId;
import java.util.function.Supplier;

/** Answers what the server's library refuses before any route is looked for: bad request lines, too much of something. */
final class EarlyProblems implements DirectHandler {
    /** The library's words for headers over their size, which it answers with status 400 like any other malformed one. */
    private static final String HEADERS_TOO_LARGE = "Header size exceeded";

    private final Supplier<String> ids;

    EarlyProblems(Supplier<String> ids) {
        this.ids = ids;
    }

    @Override
    public TransportResponse handle(
            TransportRequest request, EventType type, Status status, ServerResponseHeaders headers, String message) {
        // The library's messages may repeat the request's bytes, so none of them is passed on.
        var id = ids.get();
        var code = HEADERS_TOO_LARGE.equals(message) ? HttpProblem.HEADERS_TOO_LARGE : code(status.code());
        var answer = ScopedValue.where(RequestId.scoped(), id).call(() -> Answer.problem(code, detail(code)));
        var response =
                TransportResponse.builder().status(Status.create(code.status())).headers(headers);
        AnswerHeaders.of(answer, id).forEach((name, value) -> response.header(HeaderNames.create(name), value));
        return response.entity(answer.content() instanceof Content.Whole whole ? whole.bytes() : new byte[0]).keepAlive(false).build();
    }

    private static HttpProblem code(int status) {
        return switch (status) {
            case 413 -> HttpProblem.BODY_TOO_LARGE;
            case 414 -> HttpProblem.URI_TOO_LONG;
            case 431 -> HttpProblem.HEADERS_TOO_LARGE;
            case 503 -> HttpProblem.SERVER_BUSY;
            case 505 -> HttpProblem.VERSION_UNSUPPORTED;
            default -> status >= 500 ? HttpProblem.INTERNAL : HttpProblem.REQUEST_MALFORMED;
        };
    }

    private static String detail(HttpProblem code) {
        return code == HttpProblem.INTERNAL
                ? "the log has the reason"
                : "it was refused before its path was looked at, and the connection is closed";
    }
}
