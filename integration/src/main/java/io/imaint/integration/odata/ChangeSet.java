package io.imaint.integration.odata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/**
 * Several changes as one request, which SAP carries out together or not at all: a {@code $batch} of one change set.
 *
 * <pre>
 *   --batch                              --batch
 *   multipart/mixed: changeset           multipart/mixed: changeset, or, where it is refused,
 *     --changeset                          --changeset         application/http: one answer for all
 *     application/http: POST A             application/http: 201
 *     --changeset                          --changeset
 *     application/http: POST B             application/http: 201
 * </pre>
 */
final class ChangeSet {
    static final String TARGET = "$batch";

    private static final String END = "\r\n";
    private static final String STATUS_LINE = "HTTP/1.";

    /** The answer to one change, or to all where they are refused. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Part(int status, Map<String, String> headers, byte[] body) {
        String header(String name) {
            return headers.getOrDefault(name, "");
        }
    }

    private ChangeSet() {}

    /** The changes as one. */
    static ODataChange of(List<ODataChange> changes) {
        var name = UUID.randomUUID().toString();
        var text = new StringBuilder();
        text.append("--batch_").append(name).append(END);
        text.append("Content-Type: multipart/mixed; boundary=changeset_")
                .append(name)
                .append(END)
                .append(END);
        int number = 1;
        for (var change : changes) {
            text.append("--changeset_").append(name).append(END);
            text.append("Content-Type: application/http").append(END);
            text.append("Content-Transfer-Encoding: binary").append(END);
            text.append("Content-ID: ").append(number++).append(END).append(END);
            text.append(change.method())
                    .append(' ')
                    .append(change.target())
                    .append(" HTTP/1.1")
                    .append(END);
            text.append("Content-Type: ").append(change.contentType()).append(END);
            text.append("Accept: ").append(ODataChange.JSON).append(END);
            change.headers()
                    .forEach((header, value) ->
                            text.append(header).append(": ").append(value).append(END));
            text.append("Content-Length: ")
                    .append(change.body().length)
                    .append(END)
                    .append(END);
            text.append(new String(change.body(), ISO_8859_1)).append(END);
        }
        text.append("--changeset_").append(name).append("--").append(END);
        text.append("--batch_").append(name).append("--").append(END);
        return new ODataChange(
                ODataChange.Method.POST,
                TARGET,
                text.toString().getBytes(ISO_8859_1),
                "multipart/mixed; boundary=batch_" + name,
                Map.of(),
                changes.getFirst().type());
    }

    /** The answers in a body, in the order of the changes; bytes are held as a text of as many characters. */
    static List<Part> answers(byte[] body) {
        var text = new String(body, ISO_8859_1);
        var parts = new ArrayList<Part>();
        for (int at = statusLine(text, 0); at >= 0; ) {
            int blank = text.indexOf("\r\n\r\n", at);
            int end = blank < 0 ? text.length() : blank;
            var lines = text.substring(at, end).split("\r\n", -1);
            var headers = new HashMap<String, String>();
            for (int i = 1; i < lines.length; i++) {
                int colon = lines[i].indexOf(':');
                if (colon > 0) {
                    headers.put(
                            lines[i].substring(0, colon).strip().toLowerCase(Locale.ROOT),
                            lines[i].substring(colon + 1).strip());
                }
            }
            int from = Math.min(text.length(), end + 4);
            int to = from + length(headers.getOrDefault("content-length", ""), text, from);
            parts.add(
                    new Part(status(lines[0]), headers, text.substring(from, to).getBytes(ISO_8859_1)));
            at = statusLine(text, to);
        }
        if (parts.isEmpty()) {
            throw ODataProblem.SAP_ANSWER_MALFORMED.because("the response to $batch holds none");
        }
        return parts;
    }

    private static int statusLine(String text, int from) {
        int at = text.indexOf(STATUS_LINE, from);
        while (at > 0 && text.charAt(at - 1) != '\n') {
            at = text.indexOf(STATUS_LINE, at + 1);
        }
        return at;
    }

    private static int status(String line) {
        var words = line.split(" ", -1);
        if (words.length < 2 || !words[1].matches("[0-9]{3}")) {
            throw ODataProblem.SAP_ANSWER_MALFORMED.because(
                    "the response to $batch has the status line '%s'".formatted(SapErrorMessage.oneLine(line, 60)));
        }
        return Integer.parseInt(words[1]);
    }

    /** As the header says, or else up to the next boundary. */
    private static int length(String header, String text, int from) {
        if (header.matches("[0-9]{1,9}")) {
            return Math.min(Integer.parseInt(header), text.length() - from);
        }
        int boundary = text.indexOf("\r\n--", from);
        return (boundary < 0 ? text.length() : boundary) - from;
    }
}
