package io.imaint.gateway.wire;

import io.imaint.gateway.flow.Headers;
import io.imaint.gateway.flow.Message;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Heads of HTTP/2 as messages. The codec has checked their names and that they have what they must. */
final class Http2Heads {
    private Http2Heads() {}

    /** The request of a head. */
    static Message request(Http2Headers headers) throws Refused {
        var method = text(headers.method());
        var target = text(headers.path());
        if (target.length() > WireLimits.REQUEST_LINE_MAX) {
            throw new Refused(Refusal.TOO_BIG_LINE);
        }
        if (headers.size() > WireLimits.HEADER_LINES_MAX) {
            throw new Refused(Refusal.TOO_MANY_HEADERS);
        }
        if (method.equals("CONNECT") || method.equals("TRACE") || target.equals("*")) {
            throw new Refused(Refusal.BAD_METHOD);
        }
        if (!Bytes.isToken(method)) {
            throw Refused.bad("The method is none");
        }
        var message = RequestTarget.request(method, target);
        message.version("2");
        message.headers(new Headers(lines(headers)));
        return message;
    }

    private static HeaderLines lines(Http2Headers headers) throws Refused {
        var lines = new HeaderLines();
        var authority = headers.authority() == null ? null : text(headers.authority());
        if (authority != null) {
            RequestTarget.checkAuthority(authority);
            lines.addChecked("Host", authority);
        }
        var cookies = new StringBuilder();
        for (var line : headers) {
            var name = text(line.getKey());
            var value = text(line.getValue());
            if (!Bytes.isField(value)) {
                throw Refused.bad("A header has a control character");
            }
            if (name.startsWith(":") || PerHop.dropped(name)) {
                continue;
            }
            switch (name) {
                case "host" -> host(lines, authority, value);
                // A client may send each cookie in a line of its own.
                case "cookie" -> cookies.append(cookies.isEmpty() ? "" : "; ").append(value);
                default -> lines.addChecked(checkedName(name), value);
            }
        }
        if (!cookies.isEmpty()) {
            lines.addChecked("cookie", cookies.toString());
        }
        if (!lines.contains("Host")) {
            throw Refused.bad("There must be one host");
        }
        return lines;
    }

    private static String checkedName(String name) throws Refused {
        if (!Bytes.isToken(name)) {
            throw Refused.bad("A header has no name");
        }
        return name;
    }

    private static void host(HeaderLines lines, @Nullable String authority, String value) throws Refused {
        if (authority == null && !lines.contains("Host")) {
            RequestTarget.checkAuthority(value);
            lines.addChecked("Host", value);
        } else if (!value.equalsIgnoreCase(authority)) {
            throw Refused.bad("There must be one host");
        }
    }

    private static String text(CharSequence text) {
        return text.toString();
    }

    /** The length that a request announces; -1 for none. The codec checks that it comes true. */
    static long length(Message message) {
        var length = message.headers().line("content-length");
        return length == null || !length.matches("\\d{1,18}") ? -1 : Long.parseLong(length);
    }

    /** The head of an answer. */
    static Http2Headers answer(Message answer, long length, String date) {
        var headers = new DefaultHttp2Headers(false);
        headers.status(Integer.toString(answer.status()));
        boolean dated = false;
        for (var line : answer.headers().lines()) {
            var name = line.getKey().toLowerCase(Locale.ROOT);
            if (!PerHop.made(name)) {
                headers.add(name, clean(line.getValue()));
                dated |= name.equals("date");
            }
        }
        if (!dated) {
            headers.add("date", date);
        }
        if (length >= 0) {
            headers.add("content-length", Long.toString(length));
        }
        return headers;
    }

    private static String clean(String value) {
        for (int at = 0; at < value.length(); at++) {
            if (!Bytes.field(value.charAt(at)) || value.charAt(at) > 0xff) {
                return value.replaceAll("[^\\t\\x20-\\x7e\\x80-\\xff]", "?");
            }
        }
        return value;
    }
}
