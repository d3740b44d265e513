package io.imaint.simulator.batch;

import io.imaint.simulator.odata.Headers;
import io.imaint.simulator.odata.ODataFault;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads a body of several parts (RFC 2046). Bytes are held as a text of as many characters, so that offsets agree. Lines
 * may end in CRLF or in LF alone.
 */
final class Multipart {
    /** The most parts of one body; SAP draws a line of this order as well. */
    static final int PARTS_MAX = 1000;

    private static final int HEADERS_MAX = 100;

    private static final Pattern BOUNDARY =
            Pattern.compile(";\\s*boundary=(?:\"([^\"\\r\\n]{1,70})\"|([^\\s;\"]{1,70}))", Pattern.CASE_INSENSITIVE);

    /**
     * A part, or another text of headers and a body.
     *
     * @param body what follows the empty line
     */
    record Part(Headers headers, String body) {}

    private final String text;
    private final String delimiter;

    private Multipart(String text, String boundary) {
        this.text = text;
        this.delimiter = "--" + boundary;
    }

    static boolean isMultipart(String contentType) {
        return contentType.toLowerCase(Locale.ROOT).startsWith("multipart/mixed");
    }

    /**
     * The parts of a body; what stands before the first and behind the last is passed over.
     *
     * @param contentType names the boundary between them
     * @throws ODataFault if there is no boundary, or the body does not keep to it
     */
    static List<Part> parse(String text, String contentType) {
        var boundary = BOUNDARY.matcher(contentType);
        if (!isMultipart(contentType) || !boundary.find()) {
            throw ODataFault.unsupportedMediaType(contentType);
        }
        var quoted = boundary.group(1);
        return new Multipart(text, quoted == null ? boundary.group(2) : quoted).parts();
    }

    private List<Part> parts() {
        var parts = new ArrayList<Part>();
        int delimiterAt = next(0);
        while (true) {
            if (delimiterAt < 0) {
                throw ODataFault.body("The batch has no closing boundary");
            }
            int behind = delimiterAt + delimiter.length();
            if (text.startsWith("--", behind)) {
                return List.copyOf(parts);
            }
            if (parts.size() == PARTS_MAX) {
                throw ODataFault.body("The batch has more than %d parts".formatted(PARTS_MAX));
            }
            int from = text.indexOf('\n', behind) + 1;
            int end = next(from);
            if (end >= 0) {
                parts.add(part(text.substring(from, Math.max(from, withoutLineEnd(end)))));
            }
            delimiterAt = end;
        }
    }

    /** Where the next delimiter begins: at the start of a line, with nothing but spaces behind; below zero for none. */
    private int next(int from) {
        for (int at = text.indexOf(delimiter, from); at >= 0; at = text.indexOf(delimiter, at + 1)) {
            boolean lineStart = at == 0 || text.charAt(at - 1) == '\n';
            int behind = at + delimiter.length();
            if (text.startsWith("--", behind)) {
                behind += 2;
            }
            while (behind < text.length() && isSpace(text.charAt(behind))) {
                behind++;
            }
            boolean lineEnd = behind == text.length() || text.charAt(behind) == '\n';
            if (lineStart && lineEnd) {
                return at;
            }
        }
        return -1;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r';
    }

    /** The line end before a delimiter belongs to the delimiter. */
    private int withoutLineEnd(int delimiterAt) {
        int end = delimiterAt - 1;
        return end > 0 && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    /** Parts a text into its headers and, behind an empty line, its body. */
    static Part part(String text) {
        var headers = new LinkedHashMap<String, String>();
        int at = 0;
        while (at < text.length()) {
            int lineEnd = text.indexOf('\n', at);
            var line = text.substring(at, lineEnd < 0 ? text.length() : lineEnd).stripTrailing();
            at = lineEnd < 0 ? text.length() : lineEnd + 1;
            if (line.isEmpty()) {
                break;
            }
            int colon = line.indexOf(':');
            if (colon < 1 || headers.size() == HEADERS_MAX) {
                throw ODataFault.body("A part of the batch has malformed headers");
            }
            headers.putIfAbsent(
                    line.substring(0, colon).strip(), line.substring(colon + 1).strip());
        }
        return new Part(new Headers(headers), text.substring(at));
    }
}
