package io.imaint.gateway.wire;

import io.imaint.gateway.flow.Body;
import io.imaint.gateway.flow.Message;

/**
 * Why a request is not served. The codes and texts are those of API Management where it has them; the others are made in
 * their form.
 *
 * @param reason phrase of the status
 * @param code such as {@code protocol.http.TooBigBody}
 * @param text for the client, without characters that JSON escapes
 */
record Refusal(int status, String reason, String code, String text) {
    static final Refusal TOO_BIG_BODY =
            new Refusal(413, "Request Entity Too Large", "protocol.http.TooBigBody", "Body buffer overflow");
    static final Refusal TOO_BIG_LINE =
            new Refusal(414, "Request-URI Too Long", "protocol.http.TooBigLine", "request line size exceeding 7,168");
    static final Refusal TOO_BIG_HEADERS = new Refusal(
            431,
            "Request Header Fields Too Large",
            "protocol.http.TooBigHeaders",
            "request headers size exceeding 18,432");
    static final Refusal TOO_MANY_HEADERS = new Refusal(
            431, "Request Header Fields Too Large", "protocol.http.TooBigHeaders", "more than 100 request headers");
    static final Refusal BAD_METHOD =
            new Refusal(405, "Method Not Allowed", "protocol.http.MethodNotAllowed", "The method is not supported");
    static final Refusal BAD_VERSION = new Refusal(
            505, "HTTP Version Not Supported", "protocol.http.UnsupportedVersion", "The version is not supported");
    static final Refusal BAD_EXPECTATION =
            new Refusal(417, "Expectation Failed", "protocol.http.UnsupportedExpectation", "Only 100-continue is met");
    static final Refusal BODY_TOO_SLOW =
            new Refusal(408, "Request Timeout", "protocol.http.RequestTimeout", "The request body came too slowly");
    static final Refusal NO_ANSWER =
            new Refusal(504, "Gateway Timeout", "messaging.adaptors.http.flow.GatewayTimeout", "Gateway Timeout");
    static final Refusal FAILED = new Refusal(
            500, "Internal Server Error", "messaging.runtime.InternalError", "The gateway failed; see its log");

    /** A request that is no valid HTTP. */
    static Refusal bad(String text) {
        return new Refusal(400, "Bad Request", "protocol.http.BadRequest", text);
    }

    /** The answer that says so. */
    Message answer() {
        var answer = Message.response(status, reason);
        answer.headers().set("Content-Type", "application/json");
        // API Management writes the fault of a body that is too big as a string within JSON.
        answer.body(Body.of(
                equals(TOO_BIG_BODY)
                        ? "{\"fault\":\"{\\\"detail\\\":{\\\"errorcode\\\":\\\"%s\\\"},\\\"faultstring\\\":\\\"%s\\\"}\"}"
                                .formatted(code, text)
                        : "{\"fault\":{\"faultstring\":\"%s\",\"detail\":{\"errorcode\":\"%s\"}}}"
                                .formatted(text, code)));
        return answer;
    }
}
