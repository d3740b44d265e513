package io.imaint.simulator.batch;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.imaint.simulator.odata.Answer;
import io.imaint.simulator.odata.ODataFault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** The answers to the parts of a batch, put together as one body of several parts. */
final class BatchAnswer {
    /** The most bytes of all answers together: they are held until the last part is answered. */
    private static final int BYTES_MAX = 64 * 1024 * 1024;

    private static final String END = "\r\n";

    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(200, "OK"),
            Map.entry(201, "Created"),
            Map.entry(204, "No Content"),
            Map.entry(304, "Not Modified"),
            Map.entry(400, "Bad Request"),
            Map.entry(403, "Forbidden"),
            Map.entry(404, "Not Found"),
            Map.entry(405, "Method Not Allowed"),
            Map.entry(406, "Not Acceptable"),
            Map.entry(410, "Gone"),
            Map.entry(412, "Precondition Failed"),
            Map.entry(413, "Content Too Large"),
            Map.entry(415, "Unsupported Media Type"),
            Map.entry(428, "Precondition Required"),
            Map.entry(501, "Not Implemented"));

    /** A part: what stands between two boundaries. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    private record Piece(String headers, byte[] body) {}

    private final List<Piece> pieces = new ArrayList<>();
    private int bytes;

    /**
     * Adds the answer to one request, its body made now.
     *
     * @throws ODataFault if all together become too large
     */
    void add(Answer answer, String contentId) {
        pieces.add(piece(answer, contentId, BYTES_MAX - bytes));
    }

    /** Adds the answers to a change set as one part of several parts. It is done, so its answers are never too large. */
    void addSet(List<Answer> answers, List<String> contentIds, AtomicLong boundaries) {
        var inner = new ArrayList<Piece>();
        for (int i = 0; i < answers.size(); i++) {
            inner.add(piece(answers.get(i), contentIds.get(i), Integer.MAX_VALUE));
        }
        var boundary = boundary("changeset", inner, boundaries);
        pieces.add(new Piece("Content-Type: multipart/mixed; boundary=" + boundary + END, joined(inner, boundary)));
    }

    Answer whole(AtomicLong boundaries) {
        var boundary = boundary("batch", pieces, boundaries);
        return Answer.of(202, "multipart/mixed; boundary=" + boundary, Map.of(), joined(pieces, boundary));
    }

    private Piece piece(Answer answer, String contentId, int sizeMax) {
        var body = new Bounded(sizeMax);
        try {
            answer.body().writeTo(body);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        bytes += body.size();
        var headers = new LinkedHashMap<String, String>();
        if (!answer.contentType().isEmpty()) {
            headers.put("Content-Type", answer.contentType());
        }
        headers.put("Content-Length", "" + body.size());
        headers.put("dataserviceversion", answer.status() < 400 ? "2.0" : "1.0");
        headers.putAll(answer.headers());
        var id = contentId.isEmpty() ? "" : "Content-ID: " + contentId + END;
        var head = new StringBuilder(
                "HTTP/1.1 " + answer.status() + " " + REASONS.getOrDefault(answer.status(), "Status") + END);
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append(END));
        var message = (head + id + END).getBytes(ISO_8859_1);
        return new Piece(
                "Content-Type: application/http" + END + "Content-Length: " + (message.length + body.size()) + END
                        + "content-transfer-encoding: binary" + END + id,
                concatenated(message, body.toByteArray()));
    }

    private static byte[] concatenated(byte[] one, byte[] other) {
        var both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /** A text that stands nowhere in the parts. */
    private static String boundary(String kind, List<Piece> pieces, AtomicLong boundaries) {
        while (true) {
            var boundary = "%s_%016X".formatted(kind, boundaries.incrementAndGet());
            if (pieces.stream().noneMatch(piece -> new String(piece.body(), ISO_8859_1).contains(boundary))) {
                return boundary;
            }
        }
    }

    private static byte[] joined(List<Piece> pieces, String boundary) {
        var out = new ByteArrayOutputStream();
        for (var piece : pieces) {
            out.writeBytes(("--" + boundary + END + piece.headers() + END).getBytes(ISO_8859_1));
            out.writeBytes(piece.body());
            out.writeBytes(END.getBytes(ISO_8859_1));
        }
        out.writeBytes(("--" + boundary + "--" + END).getBytes(ISO_8859_1));
        return out.toByteArray();
    }

    /** Bytes that do not grow without end. */
    private static final class Bounded extends OutputStream {
        private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
        private final int sizeMax;

        Bounded(int sizeMax) {
            this.sizeMax = sizeMax;
        }

        @Override
        public void write(int b) {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] more, int from, int count) {
            if (count > sizeMax - kept.size()) {
                throw ODataFault.tooLarge("The answers to the batch have more than %d bytes".formatted(BYTES_MAX));
            }
            kept.write(more, from, count);
        }

        int size() {
            return kept.size();
        }

        byte[] toByteArray() {
            return kept.toByteArray();
        }
    }
}
