package io.imaint.integration.odata;

import io.helidon.http.HeaderNames;
import io.imaint.kernel.problem.Failure;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The error in the body of a response. SAP answers early failures in XML even to a request for JSON,
 * and the servers in front of it in HTML; whatever can be read of a cut-off body is used.
 *
 * @param code SAP's message code, such as {@code /IWFND/CM_CONSUMER/101}; empty when there is none
 * @param message SAP's message, or the title of an HTML page, in one line
 * @param transactionId under which {@code /IWFND/ERROR_LOG} has the failure; empty when there is none
 */
record SapErrorMessage(String code, String message, String transactionId) {
    /** A message fits on a few lines of a terminal. */
    private static final int MESSAGE_LENGTH_MAX = 300;

    private static final int CODE_LENGTH_MAX = 60;

    private static final JsonFactory JSON = new JsonFactory();

    static SapErrorMessage of(byte[] body) {
        var text = new String(body, StandardCharsets.UTF_8).strip();
        if (text.startsWith("\uFEFF")) {
            text = text.substring(1).strip();
        }
        if (text.startsWith("{")) {
            return ofJson(text);
        }
        var start = text.substring(0, Math.min(text.length(), 200)).toLowerCase(Locale.ROOT);
        boolean xml = start.startsWith("<") && !start.startsWith("<!doctype html") && !start.contains("<html");
        return xml ? ofXml(body) : new SapErrorMessage("", htmlTitle(text), "");
    }

    /** The error object at which a parser stands. */
    static SapErrorMessage ofJsonError(JsonParser parser) {
        var parts = new Parts();
        readJson(parser, parts);
        return parts.message();
    }

    /** One line for a failure's detail. */
    String text() {
        var text = new StringBuilder(message.isEmpty() ? "without a message" : "'" + message + "'");
        if (!code.isEmpty()) {
            text.insert(0, code + " ");
        }
        if (!transactionId.isEmpty()) {
            text.append(" (transaction ID ").append(transactionId).append(')');
        }
        return text.toString();
    }

    /** Foreign text made safe for a log and a terminal: no control characters, no more than a length. */
    static String oneLine(String text, int lengthMax) {
        var line = new StringBuilder();
        for (int i = 0; i < text.length() && line.length() <= lengthMax; i++) {
            char c = text.charAt(i);
            boolean space = Character.isWhitespace(c) || Character.isISOControl(c);
            if (!space) {
                line.append(c);
            } else if (!line.isEmpty() && line.charAt(line.length() - 1) != ' ') {
                line.append(' ');
            }
        }
        return line.length() > lengthMax
                ? line.substring(0, lengthMax) + "…"
                : line.toString().strip();
    }

    /** The parts found so far; the first of each kind counts, for the details below repeat their names. */
    private static final class Parts {
        private String code = "";
        private String message = "";
        private String transactionId = "";

        private void take(String name, int depth, boolean ofMessage, String value) {
            if (name.equals("code") && depth == 1 && code.isEmpty()) {
                code = oneLine(value, CODE_LENGTH_MAX);
            } else if (((name.equals("message") && depth == 1) || (name.equals("value") && ofMessage))
                    && message.isEmpty()) {
                message = oneLine(value, MESSAGE_LENGTH_MAX);
            } else if (name.equals("transactionid") && transactionId.isEmpty()) {
                transactionId = oneLine(value, CODE_LENGTH_MAX);
            }
        }

        private SapErrorMessage message() {
            return new SapErrorMessage(code, message, transactionId);
        }
    }

    private static SapErrorMessage ofJson(String text) {
        var parts = new Parts();
        try (var parser = JSON.createParser(ObjectReadContext.empty(), text)) {
            parser.nextToken();
            for (var name = parser.nextName(); name != null; name = parser.nextName()) {
                parser.nextToken();
                if (name.equals("error")) {
                    readJson(parser, parts);
                } else {
                    parser.skipChildren();
                }
            }
        } catch (JacksonException cutOff) {
            return parts.message();
        }
        return parts.message();
    }

    private static void readJson(JsonParser parser, Parts parts) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            return;
        }
        boolean inMessage = false;
        for (int depth = 1; depth > 0; ) {
            var token = parser.nextToken();
            if (token == null) {
                return;
            }
            if (token.isStructStart()) {
                inMessage = depth == 1
                        && "message"
                                .equals(parser.streamReadContext().getParent().currentName());
                depth++;
            } else if (token.isStructEnd()) {
                depth--;
                inMessage = false;
            } else if (token.isScalarValue() && parser.currentName() != null) {
                parts.take(parser.currentName(), depth, inMessage && depth == 2, parser.getString());
            }
        }
    }

    private static SapErrorMessage ofXml(byte[] body) {
        var parts = new Parts();
        try {
            var reader = Metadata.xml(new ByteArrayInputStream(body));
            int depth = -1;
            @Nullable String name = null;
            while (reader.hasNext()) {
                switch (reader.next()) {
                    case XMLStreamConstants.START_ELEMENT -> {
                        name = reader.getLocalName();
                        depth++;
                    }
                    case XMLStreamConstants.END_ELEMENT -> {
                        name = null;
                        depth--;
                    }
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                        if (name != null && !reader.isWhiteSpace()) {
                            parts.take(name, depth, false, reader.getText());
                        }
                    }
                    default -> {}
                }
            }
        } catch (XMLStreamException cutOff) {
            return parts.message();
        }
        return parts.message();
    }

    private static String htmlTitle(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        int title = lower.indexOf("<title");
        int start = title < 0 ? -1 : lower.indexOf('>', title) + 1;
        int end = start <= 0 ? -1 : lower.indexOf("</title", start);
        if (end > start && end <= text.length()) {
            return oneLine(text.substring(start, end), MESSAGE_LENGTH_MAX);
        }
        return lower.startsWith("<") ? "" : oneLine(text, MESSAGE_LENGTH_MAX);
    }

    /** SAP's error bodies have a few kilobytes; more is the page of a proxy. */
    static final int BODY_BYTES_MAX = 64 << 10;

    private static final int TARGET_LENGTH_MAX = 200;

    /** The failure that an answer without success stands for. */
    static Failure failure(Transfer answer, Target target) {
        int status = answer.status();
        var body = body(answer);
        var message = of(body);
        var problem = ofDelta(status, message, target)
                ? ODataProblem.SAP_DELTA_TOKEN_EXPIRED
                : problem(status, message, new String(body, StandardCharsets.UTF_8));
        return problem.because("HTTP %d to GET %s: %s".formatted(status, shown(target), message.text()));
    }

    /** The lock messages of orders, notifications, materials and of the lock management itself. */
    private static final Set<String> LOCK_CODES =
            Set.of("MC/601", "IW/136", "CO/469", "M3/023", "M3/024", "M3/897", "M7/150");

    private static final Pattern LOCK_WORDS = Pattern.compile(
            "(being|currently) (processed|edited|changed|locked)|(locked|processed|edited) by |gesperrt durch|in bearbeitung durch",
            Pattern.CASE_INSENSITIVE);

    /** What the refusal of a change stands for: SAP's rules rather than the form of a question. */
    static ODataAnswer.Refused ofChange(Transfer answer, Target target) {
        return ofChange(answer.status(), body(answer), target);
    }

    static ODataAnswer.Refused ofChange(int status, byte[] body, Target target) {
        var message = of(body);
        var problem = problem(status, message, new String(body, StandardCharsets.UTF_8));
        if (locked(message)) {
            problem = ODataProblem.SAP_OBJECT_LOCKED;
        } else if (status == 412 || status == 428) {
            problem = ODataProblem.SAP_OBJECT_CHANGED;
        } else if (problem == ODataProblem.SAP_REQUEST_REFUSED || status == 501) {
            problem = ODataProblem.SAP_CHANGE_REFUSED;
        }
        var failure = problem.because("HTTP %d to POST %s: %s".formatted(status, shown(target), message.text()));
        return new ODataAnswer.Refused(failure, status, message.code(), message.message());
    }

    /** Whether somebody else has the object open. SAP says so with a business error, in the words of each application. */
    private static boolean locked(SapErrorMessage message) {
        return LOCK_CODES.contains(message.code())
                || LOCK_WORDS.matcher(message.message()).find();
    }

    static String shown(Target target) {
        return SapErrorMessage.oneLine(target.toString(), TARGET_LENGTH_MAX);
    }

    /**
     * Whether it is the delta token that SAP refuses: it says so by its code, or it refuses a request for changes as
     * gone or with words about the token.
     */
    private static boolean ofDelta(int status, SapErrorMessage message, Target target) {
        if (message.code().toUpperCase(Locale.ROOT).contains("DELTA_TOKEN")) {
            return true;
        }
        var words = message.message().toLowerCase(Locale.ROOT).replace(" ", "").replace("-", "");
        return target.asksForChanges() && (status == 410 || (status == 400 && words.contains("deltatoken")));
    }

    private static ODataProblem problem(int status, SapErrorMessage message, String body) {
        if (body.contains("[414]") && body.toLowerCase(Locale.ROOT).contains("password")) {
            return ODataProblem.SAP_USER_MUST_CHANGE_PASSWORD;
        }
        return switch (message.code()) {
            case "/IWFND/MED/170" -> ODataProblem.SAP_SERVICE_NOT_ACTIVE;
            case "/IWFND/CM_COS/003" -> ODataProblem.SAP_GATEWAY_NOT_ACTIVE;
            case "/IWFND/CM_COS/002", "/IWFND/CM_COS/064", "/IWFND/CM_COS/086" -> ODataProblem.SAP_NO_SYSTEM_ALIAS;
            case "/IWFND/CM_CONSUMER/101" -> ODataProblem.SAP_UNAUTHORIZED;
            default -> byStatus(status, message, body);
        };
    }

    private static ODataProblem byStatus(int status, SapErrorMessage message, String body) {
        return switch (status) {
            case 401 -> ODataProblem.SAP_UNAUTHENTICATED;
            case 403 -> closed(message, body) ? ODataProblem.SAP_PATH_CLOSED : ODataProblem.SAP_UNAUTHORIZED;
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
    private static boolean closed(SapErrorMessage message, String body) {
        var lower = body.toLowerCase(Locale.ROOT);
        return message.code().isEmpty()
                && (lower.contains("ucon_http_denied")
                        || lower.contains("resource not accessible")
                        || lower.contains("access denied to resource")
                        || lower.contains("service cannot be reached")
                        || lower.contains("is not active"));
    }

    private static byte[] body(Transfer answer) {
        try {
            var decoded = new Transfer.Decoded(answer, answer.header(HeaderNames.CONTENT_ENCODING), Long.MAX_VALUE);
            return decoded.readNBytes(BODY_BYTES_MAX);
        } catch (IOException | Failure unreadable) {
            return new byte[0]; // The status alone decides then.
        }
    }

    /** An address for a message: its query may hold what opens a session. */
    static String withoutQuery(String address) {
        int question = address.indexOf('?');
        return SapErrorMessage.oneLine(question < 0 ? address : address.substring(0, question), TARGET_LENGTH_MAX);
    }
}
