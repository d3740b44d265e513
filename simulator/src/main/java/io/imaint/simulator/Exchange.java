package io.imaint.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpMediaTypes;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.imaint.simulator.basis.Refusal;
import io.imaint.simulator.faults.Effects;
import io.imaint.simulator.faults.Fault.Plain;
import io.imaint.simulator.faults.Pause;
import io.imaint.simulator.faults.SlowStream;
import io.imaint.simulator.odata.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One request and its answer on the line, with the faults that the answer suffers on its way. */
final class Exchange {
    private static final HeaderName DATA_SERVICE_VERSION = HeaderNames.create("dataserviceversion");
    private static final String UNSAFE_HOST = "localhost";

    private final ServerRequest request;
    private final ServerResponse response;
    private final Effects effects;
    private int status;
    private long sent;

    Exchange(ServerRequest request, ServerResponse response, Effects effects) {
        this.request = request;
        this.response = response;
        this.effects = effects;
        response.header(HeaderNames.CACHE_CONTROL, "no-store, no-cache");
    }

    String method() {
        return request.prologue().method().text();
    }

    /** The path as it came, percent-encoded. */
    String path() {
        return request.prologue().uriPath().rawPath();
    }

    /** The query as it came, without its question mark. */
    String query() {
        return request.prologue().query().rawValue();
    }

    /** A header of the request; empty when it is missing. */
    String header(HeaderName name) {
        return request.headers().first(name).orElse("");
    }

    String header(String name) {
        return header(HeaderNames.create(name));
    }

    /** The first value of each header of the request. */
    Map<String, String> headers() {
        var headers = new HashMap<String, String>();
        request.headers().forEach(header -> headers.put(header.name(), header.get()));
        return headers;
    }

    /** The cookies that the request brought; none where a fault hides them. */
    String cookies() {
        return effects.has(Plain.COOKIES_UNSEEN) ? "" : header(HeaderNames.COOKIE);
    }

    byte[] body() throws IOException {
        return request.content().hasEntity() ? request.content().inputStream().readAllBytes() : new byte[0];
    }

    /** The name under which the caller reached us, as SAP uses it; a name that is none is not handed back. */
    String authority() {
        var host = request.authority();
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
        response.header(HeaderNames.create(name), value);
    }

    /** Lets the caller keep cookies, as far as no fault loses them. */
    void setCookies(List<String> cookies) {
        if (effects.has(Plain.COOKIES_LOST)) {
            return;
        }
        for (int i = 0; i < cookies.size(); i++) {
            if (i % 2 == 0 || !effects.has(Plain.COOKIES_HALVED)) {
                response.headers().add(HeaderNames.SET_COOKIE, cookies.get(i));
            }
        }
    }

    /** Closes the connection without an answer. */
    RuntimeException hangUp() {
        return new CloseConnectionException("closed as a fault rule wants");
    }

    /** An answer of the protocol. */
    void send(Answer answer, String version) throws IOException {
        status(answer.status());
        if (!answer.contentType().isEmpty()) {
            response.header(HeaderNames.CONTENT_TYPE, answer.contentType());
        }
        response.header(DATA_SERVICE_VERSION, version);
        answer.headers().forEach(this::setHeader);
        if (effects.has(Plain.DROP_AFTER)) {
            throw hangUp();
        }
        if (method().equals("HEAD") || answer.contentType().isEmpty()) {
            response.send();
            return;
        }
        boolean compressed = FastGzipStream.acceptedBy(header(HeaderNames.ACCEPT_ENCODING));
        if (compressed) {
            response.header(HeaderNames.CONTENT_ENCODING, "gzip");
            response.header(HeaderNames.VARY, "Accept-Encoding");
        }
        stream(answer.body(), compressed);
    }

    private void stream(Answer.Body body, boolean compressed) throws IOException {
        OutputStream line = response.outputStream();
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
        status(code);
        response.header(HeaderNames.CONTENT_TYPE, contentType);
        sent = content.length;
        response.send(content);
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
                        HttpMediaTypes.PLAINTEXT_UTF_8.text(),
                        refusal.text().getBytes(UTF_8));
        }
    }

    private void status(int code) {
        status = code;
        response.status(Status.create(code));
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
