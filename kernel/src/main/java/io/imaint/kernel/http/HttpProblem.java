package io.imaint.kernel.http;

import static io.imaint.kernel.problem.Blame.CALLER;
import static io.imaint.kernel.problem.Blame.CAPACITY;
import static io.imaint.kernel.problem.Blame.PLATFORM;

import io.imaint.kernel.problem.Blame;
import io.imaint.kernel.problem.ProblemCode;

/** Failures of the HTTP server itself, whatever the route. */
public enum HttpProblem implements ProblemCode {
    PARAMETERS_INVALID(400, CALLER, "Parameters are invalid", "Correct every parameter named in 'errors'."),
    BODY_INVALID(400, CALLER, "The body is invalid", "Correct every field named in 'errors'; /docs shows the form."),
    REQUEST_MALFORMED(400, CALLER, "The request is not valid HTTP", "Correct the client or the proxy that sent it."),
    TOKEN_MISSING(
            401,
            CALLER,
            "The request names nobody",
            "Send 'Authorization: Bearer' and a token; the administrator's is in the file admin-token of the data directory."),
    PERMISSION_MISSING(403, CALLER, "The caller lacks a permission", "Ask an administrator for the permission named."),
    ROUTE_UNKNOWN(404, CALLER, "There is no such path", "Look the path up in /docs or /openapi.json."),
    METHOD_UNKNOWN(405, CALLER, "The path does not know this method", "Use a method that the header Allow names."),
    FORM_UNAVAILABLE(
            406, CALLER, "The answer has no form that the client accepts", "Accept application/json, or drop Accept."),
    IDEMPOTENCY_KEY_RUNNING(
            409,
            CALLER,
            "A request with this idempotency key is being carried out",
            "Repeat it after the seconds that the header Retry-After names; the answer will be the first one's."),
    PRECONDITION_FAILED(
            412,
            CALLER,
            "Somebody else changed it first",
            "Look at 'current', make the change again from there, and send it with the new ETag."),
    BODY_TOO_SLOW(
            408,
            CALLER,
            "The body came too slowly",
            "Send the request again over a better connection; the limit is the setting api-body-rate-min."),
    BODY_TOO_LARGE(
            413, CALLER, "The body is too large", "Send less at once; the limit is the setting api-body-size-max."),
    URI_TOO_LONG(414, CALLER, "The request line is too long", "Shorten the path and the query."),
    BODY_UNSUPPORTED(415, CALLER, "The body has a form that the path does not take", "Send the form that /docs names."),
    RANGE_NOT_SATISFIABLE(
            416, CALLER, "The file has no such range", "Ask for a range within the size that Content-Range names."),
    IDEMPOTENCY_KEY_REUSED(
            422,
            CALLER,
            "The idempotency key was used for another request",
            "Use a new key for each request, and the same one only to repeat it unchanged."),
    PRECONDITION_REQUIRED(
            428,
            CALLER,
            "The request must say which version it changes",
            "Read the current state and send its ETag in the header If-Match."),
    RATE_LIMITED(
            429,
            CALLER,
            "Too many requests",
            "Wait for the seconds that Retry-After names; the limit is the setting api-rate-limit."),
    HEADERS_TOO_LARGE(
            431, CALLER, "The headers are too large", "Send fewer; the limit is the setting api-headers-size-max."),
    INTERNAL(500, PLATFORM, "Something failed that should not", "Look the request id up in the log and report it."),
    REQUEST_OUTCOME_UNKNOWN(
            500, // Proxies and clients repeat what is answered with 503 by themselves.
            CAPACITY,
            "It is not known whether the request was carried out",
            "Read what it was to change, or repeat it with an Idempotency-Key from the start where the path takes one."),
    SERVER_BUSY(503, CAPACITY, "The server is busy", "Try again after the seconds that the header Retry-After names."),
    REQUEST_TOO_SLOW(
            503,
            CAPACITY,
            "The request took too long",
            "Ask for less at once, or raise the setting api-request-timeout."),
    VERSION_UNSUPPORTED(505, CALLER, "The HTTP version is not supported", "Use HTTP/1.1 or HTTP/2."),
    PORT_TAKEN(
            500, PLATFORM, "The port is taken", "Set IMAINT_PORT to a free port, or stop the program that holds it."),
    ADDRESS_UNUSABLE(
            500,
            PLATFORM,
            "The address cannot be listened on",
            "Set IMAINT_HOST to an address of this machine, and IMAINT_PORT to a port this user may open.");

    private final Kind kind;

    HttpProblem(int status, Blame blame, String title, String remedy) {
        this.kind = new Kind(status, blame, title, remedy);
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
