package io.imaint.gateway.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.imaint.gateway.flow.Headers;
import io.imaint.gateway.flow.Message;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the heads of HTTP/1 messages. It is strict: what two programs may read differently, and so would let one smuggle a
 * request past the other, is refused: bare line ends, folded lines, blanks before colons, two lengths, a length beside
 * chunks, a second host.
 */
final class HeadParser {
    private static final int HEAD_MAX = WireLimits.REQUEST_LINE_MAX + WireLimits.ANSWER_HEADERS_MAX + 8;

    /** Values that come again and again are short. */
    private static final int VALUE_CACHED_MAX = 24;

    /** The bytes of a head; an array is read faster than a buffer. */
    private final byte[] head = new byte[HEAD_MAX + 2]; // Looking past its last byte is harmless.

    private final NameCache names = new NameCache();
    private final NameCache values = new NameCache();
    private int at;
    private int end;
    private HeaderLines lines = new HeaderLines();
    private final Framing framing = new Framing();

    /** What the headers of one message say about its body and its connection. */
    private static final class Framing {
        private long length;
        private int lengths;
        private int codings;
        private boolean chunked;
        private int hosts;
        private @Nullable String host;
        private boolean close;
        private boolean keep;
        private boolean expects;
        private final List<String> named = new ArrayList<>();

        private void clear() {
            length = -1;
            lengths = codings = hosts = 0;
            chunked = close = keep = expects = false;
            host = null;
            named.clear();
        }

        /** Looks at one header; whether the message keeps it. */
        private boolean keeps(String name, String value, boolean request) throws Refused {
            switch (name.length()) {
                case 4 -> {
                    if (name.equalsIgnoreCase("Host")) {
                        hosts++;
                        host = value;
                    }
                }
                case 6 -> expect(name, value, request);
                case 10 -> {
                    if (name.equalsIgnoreCase("Connection")) {
                        connection(value);
                    }
                }
                case 14 -> {
                    if (name.equalsIgnoreCase("Content-Length")) {
                        lengths++;
                        length = length(value);
                    }
                }
                case 17 -> {
                    if (name.equalsIgnoreCase("Transfer-Encoding")) {
                        codings++;
                        chunked = value.equalsIgnoreCase("chunked");
                    }
                }
                default -> {}
            }
            return !PerHop.dropped(name);
        }

        private void expect(String name, String value, boolean request) throws Refused {
            if (request && name.equalsIgnoreCase("Expect")) {
                if (!value.equalsIgnoreCase("100-continue")) {
                    throw new Refused(Refusal.BAD_EXPECTATION);
                }
                expects = true;
            }
        }

        private void connection(String value) {
            for (var option : value.split(",", -1)) {
                var word = option.strip();
                if (word.equalsIgnoreCase("close")) {
                    close = true;
                } else if (word.equalsIgnoreCase("keep-alive")) {
                    keep = true;
                } else {
                    named.add(word);
                }
            }
        }

        private static long length(String value) throws Refused {
            if (value.isEmpty() || value.length() > 18) {
                throw Refused.bad("The content length is no number");
            }
            long length = 0;
            for (int at = 0; at < value.length(); at++) {
                int digit = value.charAt(at) - '0';
                if (digit < 0 || digit > 9) {
                    throw Refused.bad("The content length is no number");
                }
                length = length * 10 + digit;
            }
            return length;
        }

        /** What {@link BodyReader} reads, {@code otherwise} when the headers don't say. */
        private long body(boolean old, long otherwise) throws Refused {
            if (lengths > 1 || codings > 1) {
                throw Refused.bad("The length of the body is given twice");
            }
            if (codings > 0) {
                if (lengths > 0 || !chunked || old) {
                    throw Refused.bad("The transfer encoding is not supported");
                }
                return BodyReader.CHUNKED;
            }
            return lengths > 0 ? length : otherwise;
        }
    }

    /** Where the first head in a buffer ends; -1 when it is not whole yet. Bare line ends end it too: they are refused then. */
    static int end(ByteBuf in, int from) {
        int end = in.writerIndex();
        for (int lf = in.indexOf(from, end, (byte) '\n'); lf >= 0; lf = in.indexOf(lf + 1, end, (byte) '\n')) {
            int start = in.readerIndex();
            if ((lf - 1 >= start && in.getByte(lf - 1) == '\n')
                    || (lf - 2 >= start && in.getByte(lf - 1) == '\r' && in.getByte(lf - 2) == '\n')) {
                return lf + 1;
            }
        }
        return -1;
    }

    /** Refuses what is too long already, though its end has not come. */
    static void checkUnfinished(ByteBuf in) throws Refused {
        int readable = in.readableBytes();
        if (readable > WireLimits.REQUEST_LINE_MAX
                && in.indexOf(in.readerIndex(), in.readerIndex() + WireLimits.REQUEST_LINE_MAX, (byte) '\n') < 0) {
            throw new Refused(Refusal.TOO_BIG_LINE);
        }
        if (readable > WireLimits.REQUEST_LINE_MAX + WireLimits.REQUEST_HEADERS_MAX) {
            throw new Refused(Refusal.TOO_BIG_HEADERS);
        }
    }

    private void take(ByteBuf in, int to) throws Refused {
        int length = to - in.readerIndex();
        if (length > HEAD_MAX) {
            throw new Refused(Refusal.TOO_BIG_HEADERS);
        }
        in.readBytes(head, 0, length);
        at = 0;
        end = length;
        lines = new HeaderLines();
        framing.clear();
    }

    /**
     * Reads the head of a request.
     *
     * @param to where it ends
     */
    RequestHead request(ByteBuf in, int to) throws Refused {
        take(in, to);
        int lineEnd = lineEnd();
        if (lineEnd > WireLimits.REQUEST_LINE_MAX) {
            throw new Refused(Refusal.TOO_BIG_LINE);
        }
        var method = word(lineEnd, "method");
        if (!Bytes.isToken(method)) {
            throw Refused.bad("The method is none");
        }
        int from = at;
        while (at < lineEnd && head[at] != ' ') {
            at++;
        }
        var target = new String(head, from, at - from, ISO_8859_1);
        boolean old = version(lineEnd);
        at = lineEnd + 2;
        headers(WireLimits.REQUEST_HEADERS_MAX, true);
        if (framing.hosts > 1 || (framing.hosts == 0 && !old)) {
            throw Refused.bad("There must be one host");
        }
        if (framing.host != null) {
            RequestTarget.checkAuthority(framing.host);
        }
        long body = framing.body(old, 0);
        var message = message(method, target);
        message.version(old ? "1.0" : "1.1");
        message.headers(new Headers(lines));
        boolean keepAlive = !framing.close && (!old || framing.keep);
        return new RequestHead(message, body, keepAlive, framing.expects && !old && body != 0);
    }

    private Message message(String method, String target) throws Refused {
        if (method.equals("CONNECT") || method.equals("TRACE") || target.equals("*")) {
            throw new Refused(Refusal.BAD_METHOD);
        }
        return RequestTarget.request(method, target.startsWith("/") ? target : originForm(target));
    }

    /** A target with a host of its own must have that of the header. */
    private String originForm(String target) throws Refused {
        int from = target.regionMatches(true, 0, "http://", 0, 7)
                ? 7
                : target.regionMatches(true, 0, "https://", 0, 8) ? 8 : -1;
        if (from < 0) {
            throw Refused.bad("The path does not begin with a slash");
        }
        int slash = target.indexOf('/', from);
        int question = target.indexOf('?', from);
        int to = slash < 0 || (question >= 0 && question < slash) ? question : slash;
        var authority = target.substring(from, to < 0 ? target.length() : to);
        if (!authority.equalsIgnoreCase(framing.host)) {
            throw Refused.bad("The host of the address is another than that of the header");
        }
        return to < 0 ? "/" : to == slash ? target.substring(to) : "/" + target.substring(to);
    }

    /** Reads the version at the end of a request line; true for HTTP/1.0. */
    private boolean version(int lineEnd) throws Refused {
        if (lineEnd - at != 9) {
            throw Refused.bad("The request line is none");
        }
        var version = names.text(head, at + 1, lineEnd);
        return switch (version) {
            case "HTTP/1.1" -> false;
            case "HTTP/1.0" -> true;
            default -> {
                if (version.matches("HTTP/\\d\\.\\d")) {
                    throw new Refused(Refusal.BAD_VERSION);
                }
                throw Refused.bad("The request line is none");
            }
        };
    }

    /** Reads the head of a target's answer to a request of this method. */
    AnswerHead answer(ByteBuf in, int to, String method) throws Refused {
        take(in, to);
        int lineEnd = lineEnd();
        var version = word(lineEnd, "version");
        boolean old = version.equals("HTTP/1.0");
        boolean known = old || version.equals("HTTP/1.1");
        if (!known || lineEnd - at < 3 || (lineEnd - at > 3 && head[at + 3] != ' ')) {
            throw Refused.bad("The status line is none");
        }
        int status = status();
        var reason = lineEnd - at <= 4 ? "" : names.text(head, at + 4, lineEnd);
        if (!Bytes.isField(reason)) {
            throw Refused.bad("The status line is none");
        }
        at = lineEnd + 2;
        headers(WireLimits.ANSWER_HEADERS_MAX, false);
        boolean bare = status < 200 || status == 204 || status == 304 || method.equals("HEAD");
        long body = framing.body(old, BodyReader.UNTIL_CLOSE);
        var message = Message.response(status, reason);
        message.version(old ? "1.0" : "1.1");
        message.headers(new Headers(lines));
        boolean keepAlive = !framing.close && (!old || framing.keep);
        return new AnswerHead(message, bare ? 0 : body, keepAlive);
    }

    private int status() throws Refused {
        int status = 0;
        for (int digit = 0; digit < 3; digit++) {
            int value = head[at + digit] - '0';
            if (value < 0 || value > 9) {
                throw Refused.bad("The status is no number");
            }
            status = status * 10 + value;
        }
        if (status < 100 || status > 599) {
            throw Refused.bad("The status is no number");
        }
        return status;
    }

    /** The word before the next blank, which is skipped. */
    private String word(int lineEnd, String what) throws Refused {
        int from = at;
        while (at < lineEnd && head[at] != ' ') {
            at++;
        }
        if (at == from || at == lineEnd) {
            throw Refused.bad("There is no " + what);
        }
        return names.text(head, from, at++);
    }

    /** Where the current line ends, before its CR; a bare CR or LF is refused. */
    private int lineEnd() throws Refused {
        for (int i = at; i < end; i++) {
            if (head[i] == '\r') {
                if (i + 1 < end && head[i + 1] == '\n') {
                    return i;
                }
                break;
            }
            if (head[i] == '\n') {
                break;
            }
        }
        throw Refused.bad("A line does not end with CR and LF");
    }

    private void headers(int sizeMax, boolean request) throws Refused {
        if (end - at > sizeMax) {
            throw new Refused(Refusal.TOO_BIG_HEADERS);
        }
        int count = 0;
        while (at < end - 2) {
            if (++count > WireLimits.HEADER_LINES_MAX) {
                throw new Refused(Refusal.TOO_MANY_HEADERS);
            }
            header(request);
        }
        if (head[at] != '\r' || head[at + 1] != '\n') {
            throw Refused.bad("A line does not end with CR and LF");
        }
        for (var name : framing.named) {
            if (!name.isEmpty()) {
                lines.remove(name);
            }
        }
    }

    private void header(boolean request) throws Refused {
        int from = at;
        while (at < end && Bytes.token(head[at] & 0xff)) {
            at++;
        }
        if (at == from || head[at] != ':') {
            throw Refused.bad("A header has no name");
        }
        var name = names.text(head, from, at++);
        while (head[at] == ' ' || head[at] == '\t') {
            at++;
        }
        from = at;
        while (Bytes.field(head[at] & 0xff)) {
            at++;
        }
        if (head[at] != '\r' || head[at + 1] != '\n') {
            throw Refused.bad("A header has a control character");
        }
        int to = at;
        at += 2;
        while (to > from && (head[to - 1] == ' ' || head[to - 1] == '\t')) {
            to--;
        }
        var value = to - from <= VALUE_CACHED_MAX
                ? values.text(head, from, to)
                : new String(head, from, to - from, ISO_8859_1);
        if (framing.keeps(name, value, request)) {
            lines.addChecked(name, value);
        }
    }
}
