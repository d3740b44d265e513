package io.imaint.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.kernel.http.server.HttpExchange;
import io.imaint.simulator.basis.Refusal;
import io.imaint.simulator.faults.Effects;
import io.imaint.simulator.faults.Fault.Plain;
import io.imaint.simulator.faults.Pause;
import io.imaint.simulator.faults.SlowStream;
import io.imaint.simulator.odata.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SequencedMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One request and its answer on the line, with the faults that the answer suffers on its way. */
final class Exchange {
    private static final String UNSAFE_HOST = "localhost";

    /** Room for a scanned drawing, and for the largest batch that is taken. */
    private static final int BODY_BYTES_MAX = 16 << 20;

    private final HttpExchange exchange;
    private final Effects effects;
    private final SequencedMap<String, String> headers = new LinkedHashMap<>();
    private final List<String> setCookies = new ArrayList<>();
    private int status;
    private long sent;

    Exchange(HttpExchange exchange, Effects effects) {
        this.exchange = exchange;
        this.effects = effects;
        setHeader("Cache-Control", "no-store, no-cache");
    }

    String method() {
        return exchange.method();
    }

    /** The path as it came, percent-encoded. */
    String path() {
        return exchange.path();
    }

    /** The query as it came, without its question mark. */
    String query() {
        return exchange.query();
    }

    /** A header of the request; empty when it is missing. */
    String header(String name) {
        return exchange.header(name);
    }

    /** The first value of each header of the request. */
    Map<String, String> headers() {
        var first = new HashMap<String, String>();
        exchange.eachHeader(first::putIfAbsent);
        return first;
    }

    /** The cookies that the request brought; none where a fault hides them. */
    String cookies() {
        var cookies = new ArrayList<String>();
        exchange.eachHeader((name, value) -> {
            if (name.equalsIgnoreCase("cookie") && !effects.has(Plain.COOKIES_UNSEEN)) {
                cookies.add(value);
            }
        });
        return String.join("; ", cookies);
    }

    /** The body; fails when it is larger than what is taken, or does not come as its headers say. */
    byte[] body() throws IOException {
        var body = exchange.body().readNBytes(BODY_BYTES_MAX + 1);
        if (body.length > BODY_BYTES_MAX) {
            throw new BodyTooLarge();
        }
        return body;
    }

    /** A body over what the simulated web server takes. */
    static final class BodyTooLarge extends IOException {
        private static final long serialVersionUID = 1;
    }

    /** The name under which the caller reached us, as SAP uses it; a name that is none is not handed back. */
    String authority() {
        var host = exchange.authority();
        return host.matches("[A-Za-z0-9.:\\[\\]-]{1,255}") ? host : UNSAFE_HOST;
    }

    Effects effects() {
        return effects;
    }

    /** The status that was sent; 0 when the connection was closed without one. */
    int status() {
        return status;
    }

    /** How many bytes of body were sent, before compression. */
    long sent() {
        return sent;
    }

    void setHeader(String name, String value) {
        headers.put(name, value);
    }

    /** Lets the caller keep cookies, as far as no fault loses them. */
    void setCookies(List<String> cookies) {
        if (effects.has(Plain.COOKIES_LOST)) {
            return;
        }
        for (int i = 0; i < cookies.size(); i++) {
            if (i % 2 == 0 || !effects.has(Plain.COOKIES_HALVED)) {
                setCookies.add(cookies.get(i));
            }
        }
    }

    /** Closes the connection without an answer. */
    IOException hangUp() {
        exchange.hangUp();
        return new IOException("closed as a fault rule wants");
    }

    /** An answer of the protocol. */
    void send(Answer answer, String version) throws IOException {
        status = answer.status();
        if (!answer.contentType().isEmpty()) {
            setHeader("Content-Type", answer.contentType());
        }
        setHeader("dataserviceversion", version);
        answer.headers().forEach(this::setHeader);
        if (effects.has(Plain.DROP_AFTER)) {
            throw hangUp();
        }
        if (answer.contentType().isEmpty()) {
            exchange.send(status, this::writeHeaders, new byte[0]);
        } else if (method().equals("HEAD")) {
            var counted = new Counted(OutputStream.nullOutputStream());
            answer.body().writeTo(counted);
            close(exchange.stream(status, this::writeHeaders, sent));
        } else {
            boolean compressed = FastGzipStream.acceptedBy(header("Accept-Encoding"));
            if (compressed) {
                setHeader("Content-Encoding", "gzip");
                setHeader("Vary", "Accept-Encoding");
            }
            stream(answer.body(), compressed);
        }
    }

    private void writeHeaders(BiConsumer<String, String> out) {
        headers.forEach(out);
        setCookies.forEach(cookie -> out.accept("Set-Cookie", cookie));
    }

    private static void close(@Nullable OutputStream line) throws IOException {
        if (line != null) {
            line.close();
        }
    }

    private void stream(Answer.Body body, boolean compressed) throws IOException {
        var line = Objects.requireNonNull(
                exchange.stream(status, this::writeHeaders, HttpExchange.LENGTH_UNKNOWN), "answered twice");
        var out = line;
        if (effects.bytesPerSecond() > 0) {
            out = new SlowStream(out, effects.bytesPerSecond(), Pause.REAL);
        }
        if (effects.cutAt() < 1) {
            breakOff(body, compressed, out);
        }
        var counted = new Counted(out);
        // Closed only at the end of a whole body: a body that broke off must not look finished.
        if (compressed) {
            var packed = new FastGzipStream(counted);
            body.writeTo(packed);
            packed.finish();
        } else {
            body.writeTo(counted);
        }
        counted.flush();
        line.close();
    }

    /** Sends the first part of a body and closes the connection; a body is at most a page, so it is made whole first. */
    private void breakOff(Answer.Body body, boolean compressed, OutputStream out) throws IOException {
        var whole = new ByteArrayOutputStream();
        if (compressed) {
            var packed = new FastGzipStream(whole);
            body.writeTo(packed);
            packed.finish();
        } else {
            body.writeTo(whole);
        }
        sent = (long) (whole.size() * effects.cutAt());
        out.write(whole.toByteArray(), 0, (int) sent);
        out.flush();
        throw hangUp();
    }

    /** An answer that is all there, from SAP's web server. */
    void send(int code, String contentType, byte[] content) {
        status = code;
        setHeader("Content-Type", contentType);
        sent = content.length;
        exchange.send(code, this::writeHeaders, content);
    }

    void sendPage(int code, String title, String text) {
        send(code, HtmlPage.CONTENT_TYPE, HtmlPage.bytes(title, text));
    }

    /** A refusal by SAP's web server; those of the protocol are sent as such. */
    void sendRefusal(Refusal refusal) {
        refusal.headers().forEach(this::setHeader);
        switch (refusal.form()) {
            case PAGE -> sendPage(refusal.status(), refusal.code(), refusal.text());
            case PLAIN, ODATA ->
                send(
                        refusal.status(),
                        "text/plain; charset=UTF-8",
                        refusal.text().getBytes(UTF_8));
        }
    }

    /** Counts what goes through; closing it closes nothing. */
    private final class Counted extends OutputStream {
        private final OutputStream out;

        Counted(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            sent++;
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            out.write(bytes, from, count);
            sent += count;
        }

        @Override
        public void flush() throws IOException {
            out.flush();
        }
    }
}
