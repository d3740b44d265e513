package io.imaint.kernel.http;

import static io.imaint.kernel.problem.Blame.CALLER;
import static io.imaint.kernel.problem.Blame.CAPACITY;
import static io.imaint.kernel.problem.Blame.PLATFORM;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of the HTTP server itself, whatever the route. */
public enum HttpProblem implements ProblemCode {
    PARAMETERS_INVALID(400, CALLER, "Parameters are invalid", "Correct every parameter in 'errors'."),
    BODY_INVALID(400, CALLER, "The body is invalid", "Correct every field in 'errors'; /docs shows the schema."),
    REQUEST_MALFORMED(400, CALLER, "The request is not valid HTTP", "Correct the client or the proxy that sent it."),
    TOKEN_MISSING(
            401,
            CALLER,
            "The token is missing or invalid",
            "Sign in by POST /api/auth/sign-in, or send 'Authorization: Bearer TOKEN'; the administrator's token is in the file"
                    + " admin-token in the data directory."),
    REQUEST_FORGED(
            403,
            CALLER,
            "The request may come from another site",
            "Send the header X-Imaint-Client from a page of this server, or use a bearer token instead of cookies."),
    PERMISSION_MISSING(403, CALLER, "A permission is missing", "Ask an administrator for the permission."),
    ROUTE_UNKNOWN(404, CALLER, "There is no such path", "See /docs or /openapi.json for the paths."),
    METHOD_UNKNOWN(405, CALLER, "The path does not support this method", "Use a method from the header Allow."),
    FORM_UNAVAILABLE(
            406,
            CALLER,
            "The response has no format that the client accepts",
            "Accept application/json, or omit the header Accept."),
    BODY_TOO_SLOW(
            408,
            CALLER,
            "The body arrived too slowly",
            "Send the request again over a better connection, or lower the setting api-body-rate-min."),
    IDEMPOTENCY_KEY_RUNNING(
            409,
            CALLER,
            "A request with this idempotency key is in progress",
            "Retry after the seconds in the header Retry-After; the response is that of the first request."),
    PRECONDITION_FAILED(
            412,
            CALLER,
            "The resource was changed by somebody else",
            "Apply the change to the state in 'current' and send it with the new ETag."),
    BODY_TOO_LARGE(413, CALLER, "The body is too large", "Send less at once, or raise the setting api-body-size-max."),
    URI_TOO_LONG(414, CALLER, "The request line is too long", "Shorten the path and the query."),
    BODY_UNSUPPORTED(
            415,
            CALLER,
            "The path does not accept this media type",
            "Send a media type that /docs lists for the path."),
    RANGE_NOT_SATISFIABLE(
            416, CALLER, "The range is outside the file", "Request a range within the size in Content-Range."),
    IDEMPOTENCY_KEY_REUSED(
            422,
            CALLER,
            "The idempotency key was used for another request",
            "Use a new key for each request; repeat a key only with the same request."),
    PRECONDITION_REQUIRED(
            428,
            CALLER,
            "The request must name the version it changes",
            "Read the resource and send its ETag in the header If-Match."),
    RATE_LIMITED(
            429,
            CALLER,
            "Too many requests",
            "Retry after the seconds in the header Retry-After; api-rate-limit sets the limit of the whole API."),
    STREAM_LIMIT_REACHED(
            429,
            CALLER,
            "Too many event streams are open",
            "Close streams that nobody reads, or raise the setting api-streams-per-caller-max."),
    HEADERS_TOO_LARGE(
            431, CALLER, "The headers are too large", "Send fewer headers, or raise the setting api-headers-size-max."),
    INTERNAL(500, PLATFORM, "Internal error", "Find the request id in the log and report the stack trace."),
    REQUEST_OUTCOME_UNKNOWN(
            500, // Proxies and clients repeat what is answered with 503 by themselves.
            CAPACITY,
            "The request timed out and may have been carried out",
            "Read the resource, or repeat the request with the same Idempotency-Key."),
    SERVER_BUSY(503, CAPACITY, "The server is busy", "Retry after the seconds in the header Retry-After."),
    REQUEST_TOO_SLOW(
            503, CAPACITY, "The request timed out", "Request less at once, or raise the setting api-request-timeout."),
    VERSION_UNSUPPORTED(505, CALLER, "The HTTP version is not supported", "Use HTTP/1.1 or HTTP/2."),
    PORT_TAKEN(
            500, PLATFORM, "The port is in use", "Set IMAINT_PORT to a free port, or stop the program that uses it."),
    ADDRESS_UNUSABLE(
            500,
            PLATFORM,
            "The server cannot listen on this address",
            "Set IMAINT_HOST to an address of this machine, and IMAINT_PORT to a port that this user may open.");

    private final Kind kind;

    HttpProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
