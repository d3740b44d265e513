package io.imaint.integration.odata;

import io.helidon.http.HeaderNames;
import io.imaint.kernel.problem.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Tells by an answer's status, headers and body which problem it is. SAP's message codes decide before the status, since
 * one status stands for several remedies and one cause comes with several statuses.
 */
final class Refusals {
    /** SAP's error bodies have a few kilobytes; what a proxy sends beyond this tells nothing more. */
    static final int BODY_BYTES_MAX = 64 << 10;

    private static final int TARGET_LENGTH_MAX = 200;

    private Refusals() {}

    /** The failure that an answer without success stands for. */
    static Failure of(Transfer answer, Target target) {
        int status = answer.status();
        var body = body(answer);
        var told = Told.of(body);
        var problem = ofDelta(status, told, target)
                ? ODataProblem.SAP_DELTA_TOKEN_EXPIRED
                : problem(status, told, new String(body, StandardCharsets.UTF_8));
        var detail = "HTTP %d to GET %s: %s".formatted(status, shown(target), told.text());
        var location = status >= 300 && status < 400 ? answer.header(HeaderNames.LOCATION) : "";
        return problem.because(
                location.isEmpty() ? detail : detail + ", redirected to " + Told.oneLine(host(location), 100));
    }

    static String shown(Target target) {
        return Told.oneLine(target.toString(), TARGET_LENGTH_MAX);
    }

    /**
     * Whether it is the delta token that SAP refuses: it says so by its code, or it refuses a request for changes as
     * gone or with words about the token.
     */
    private static boolean ofDelta(int status, Told told, Target target) {
        if (told.code().toUpperCase(Locale.ROOT).contains("DELTA_TOKEN")) {
            return true;
        }
        var words = told.message().toLowerCase(Locale.ROOT).replace(" ", "").replace("-", "");
        return target.asksForChanges() && (status == 410 || (status == 400 && words.contains("deltatoken")));
    }

    private static ODataProblem problem(int status, Told told, String body) {
        if (body.contains("[414]") && body.toLowerCase(Locale.ROOT).contains("password")) {
            return ODataProblem.SAP_USER_MUST_CHANGE_PASSWORD;
        }
        return switch (told.code()) {
            case "/IWFND/MED/170" -> ODataProblem.SAP_SERVICE_NOT_ACTIVE;
            case "/IWFND/CM_COS/003" -> ODataProblem.SAP_GATEWAY_NOT_ACTIVE;
            case "/IWFND/CM_COS/002", "/IWFND/CM_COS/064", "/IWFND/CM_COS/086" -> ODataProblem.SAP_NO_SYSTEM_ALIAS;
            case "/IWFND/CM_CONSUMER/101" -> ODataProblem.SAP_UNAUTHORIZED;
            default -> byStatus(status, told, body);
        };
    }

    private static ODataProblem byStatus(int status, Told told, String body) {
        return switch (status) {
            case 401 -> ODataProblem.SAP_UNAUTHENTICATED;
            case 403 -> closed(told, body) ? ODataProblem.SAP_PATH_CLOSED : ODataProblem.SAP_UNAUTHORIZED;
            case 404, 410 -> ODataProblem.SAP_NOT_FOUND;
            case 408, 504 -> ODataProblem.SAP_TIMEOUT;
            case 429, 503 -> ODataProblem.SAP_UNAVAILABLE;
            case 502 -> ODataProblem.SAP_UNREACHABLE;
            default -> {
                if (status >= 500) {
                    yield ODataProblem.SAP_FAILED;
                }
                yield status >= 400 ? ODataProblem.SAP_REQUEST_REFUSED : ODataProblem.SAP_ANSWER_MALFORMED;
            }
        };
    }

    /** True for a 403 that comes from before the Gateway: the ICF, unified connectivity, or the connector. */
    private static boolean closed(Told told, String body) {
        var lower = body.toLowerCase(Locale.ROOT);
        return told.code().isEmpty()
                && (lower.contains("ucon_http_denied")
                        || lower.contains("resource not accessible")
                        || lower.contains("access denied to resource")
                        || lower.contains("service cannot be reached")
                        || lower.contains("is not active"));
    }

    private static byte[] body(Transfer answer) {
        try {
            var decoded = new Decoded(answer, answer.header(HeaderNames.CONTENT_ENCODING), Long.MAX_VALUE);
            return decoded.readNBytes(BODY_BYTES_MAX);
        } catch (IOException | Failure unreadable) {
            return new byte[0]; // The status alone decides then.
        }
    }

    private static String host(String location) {
        int question = location.indexOf('?');
        return question < 0 ? location : location.substring(0, question);
    }
}
