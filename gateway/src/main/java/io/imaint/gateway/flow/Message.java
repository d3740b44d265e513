package io.imaint.gateway.flow;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request or a response, which policies read and change. */
public final class Message {
    private final boolean request;
    private Headers headers = new Headers();
    private Body body = Body.EMPTY;
    private String verb = "GET";
    private String path = "/";
    private String query = "";
    private @Nullable Parameters parameters;
    private String version = "1.1";
    private int status = 200;
    private String reason = "OK";

    private Message(boolean request) {
        this.request = request;
    }

    /** A request; path and query as they stand on the wire, the query without its question mark. */
    public static Message request(String verb, String path, String query) {
        var message = new Message(true);
        message.verb = verb;
        message.path = path;
        message.query = query;
        return message;
    }

    public static Message response(int status, String reason) {
        var message = new Message(false);
        message.status(status, reason);
        return message;
    }

    /** A copy with headers of its own; bodies are never changed, so both have the same. */
    public Message copy() {
        var copy = new Message(request);
        copy.headers = headers.copy();
        copy.body = body;
        copy.verb = verb;
        copy.path = path;
        copy.query = query();
        copy.version = version;
        copy.status = status;
        copy.reason = reason;
        return copy;
    }

    public boolean isRequest() {
        return request;
    }

    public Headers headers() {
        return headers;
    }

    public void headers(Headers replacing) {
        headers = replacing;
    }

    public String verb() {
        return verb;
    }

    public void verb(String changed) {
        verb = changed;
    }

    /** Encoded, as it stands on the wire. */
    public String path() {
        return path;
    }

    public void path(String changed) {
        path = changed;
    }

    /** Encoded, without the question mark. */
    public String query() {
        return parameters == null ? query : parameters.encoded();
    }

    public void query(String changed) {
        query = changed;
        parameters = null;
    }

    /** Path and query. */
    public String uri() {
        var asked = query();
        return asked.isEmpty() ? path : path + "?" + asked;
    }

    /** The parameters of the query, for reading. The query stays byte for byte as it came. */
    public Parameters queryParameters() {
        return parameters == null ? Parameters.parsed(query) : parameters;
    }

    /** The parameters of the query, for changing. */
    public Parameters changedQuery() {
        if (parameters == null) {
            parameters = Parameters.parsed(query);
        }
        return parameters;
    }

    public boolean isForm() {
        var type = headers.line("content-type");
        return type != null && type.toLowerCase(Locale.ROOT).startsWith("application/x-www-form-urlencoded");
    }

    /** The parameters of a form in the body; none when the body is none. Changes need {@link #form(Parameters)}. */
    public Parameters form() {
        return isForm() ? Parameters.parsed(content()) : new Parameters();
    }

    public void form(Parameters changed) {
        headers.set("Content-Type", "application/x-www-form-urlencoded");
        content(changed.encoded());
    }

    public String version() {
        return version;
    }

    public void version(String changed) {
        version = changed;
    }

    public int status() {
        return status;
    }

    public String reason() {
        return reason;
    }

    public void status(int code, String phrase) {
        status = code;
        reason = phrase;
    }

    public void reason(String phrase) {
        reason = phrase;
    }

    public Body body() {
        return body;
    }

    public void body(Body replacing) {
        body = replacing;
    }

    /** The bytes of the body; none when it is streamed. */
    public byte[] bytes() {
        return switch (body) {
            case Body.Bytes known -> known.bytes();
            case Body.Streamed streamed -> new byte[0];
        };
    }

    /** The body as text, in the charset of its type, UTF-8 where it names none; empty when it is streamed. */
    public String content() {
        var bytes = bytes();
        return bytes.length == 0 ? "" : new String(bytes, charset());
    }

    /** The first characters of {@link #content}: at least so many where there are so many, and not many more. */
    public String beginning(int characters) {
        var bytes = bytes();
        return new String(bytes, 0, Math.min(bytes.length, Charsets.BYTES_MAX * characters), charset());
    }

    public void content(String text) {
        body = Body.of(text, charset());
    }

    /** Whether the text of the body means the same to everyone: there is one type, and its charset, if any, is one that is known. */
    boolean hasKnownCharset() {
        var types = headers.lines().getAll("content-type");
        return types.isEmpty()
                || (types.size() == 1 && Charsets.of(types.getFirst()).isPresent());
    }

    private Charset charset() {
        var type = headers.line("content-type");
        if (type == null) {
            return StandardCharsets.UTF_8;
        }
        return Charsets.of(type)
                .or(() -> request ? Optional.empty() : Charsets.ofTarget(type))
                .orElse(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return request ? verb + " " + uri() : status + " " + reason;
    }
}
