package io.imaint.integration.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaint.kernel.problem.Failure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way a server can misbehave ends in its problem: never in a hang, never in half a success. */
@Timeout(60)
class ODataProblemIT {
    /** As SAP names its transactions: with a namespace, or of capital letters and digits; URLs and the ICM's words aside. */
    private static final Pattern TRANSACTION =
            Pattern.compile("/[A-Z]+/[A-Z_]+|\\b(S[UMETI][0-9A-Z]{2,4}|PFCG|SPRO|SICF|SEGW|UCONCOCKPIT|ODQMON)\\b");

    private static final String WHOLE = "{\"d\":{\"results\":[{\"ID\":\"1\"},{\"ID\":\"2\"}]}}";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "401 | text/html | <html><title>Anmeldung</title></html> | SAP_UNAUTHENTICATED",
                "500 | text/html | [414] user is forced to change password | SAP_USER_MUST_CHANGE_PASSWORD",
                "403 | application/json | {\"error\":{\"code\":\"/IWFND/CM_CONSUMER/101\",\"message\":{\"value\":\"No authorization\"}}} | SAP_UNAUTHORIZED",
                "403 | text/html | <html><title>403 Forbidden</title></html> | SAP_UNAUTHORIZED",
                "403 | text/html | <html>Service cannot be reached</html> | SAP_PATH_CLOSED",
                "403 | text/plain | UCON_HTTP_DENIED | SAP_PATH_CLOSED",
                "403 | application/xml | <error><code>/IWFND/MED/170</code><message>No service found</message></error> | SAP_SERVICE_NOT_ACTIVE",
                "404 | application/json | {\"error\":{\"code\":\"/IWFND/MED/170\",\"message\":{\"value\":\"No service\"}}} | SAP_SERVICE_NOT_ACTIVE",
                "500 | application/json | {\"error\":{\"code\":\"/IWFND/CM_COS/064\",\"message\":{\"value\":\"No alias\"}}} | SAP_NO_SYSTEM_ALIAS",
                "500 | application/json | {\"error\":{\"code\":\"/IWFND/CM_COS/003\",\"message\":{\"value\":\"off\"}}} | SAP_GATEWAY_NOT_ACTIVE",
                "404 | application/json | {\"error\":{\"code\":\"/IWCOR/CX_OD_NOT_FOUND/005056\",\"message\":{\"value\":\"gone\"}}} | SAP_NOT_FOUND",
                "400 | application/xml | <error><code>/IWCOR/CX_OD_URI_SYNTAX_ERROR</code></error> | SAP_REQUEST_REFUSED",
                "405 | text/plain | x | SAP_REQUEST_REFUSED",
                "408 | text/plain | x | SAP_TIMEOUT",
                "429 | text/plain | x | SAP_UNAVAILABLE",
                "500 | application/xml | <error><code>SY/530</code><message>dump | SAP_FAILED",
                "501 | text/plain | '' | SAP_FAILED",
                "502 | text/html | <html>Bad gateway</html> | SAP_UNREACHABLE",
                "503 | text/html | <html>Maintenance</html> | SAP_UNAVAILABLE",
                "504 | text/html | x | SAP_TIMEOUT",
                "300 | text/html | x | SAP_ANSWER_MALFORMED",
                "302 | text/html | x | SAP_REDIRECTED",
                "304 | text/html | '' | SAP_ANSWER_MALFORMED",
                "201 | application/json | {\"d\":{\"results\":[]}} | SAP_ANSWER_MALFORMED",
                "207 | application/xml | <multistatus/> | SAP_ANSWER_MALFORMED",
                "206 | application/json | {\"d\":{\"results\":[]}} | SAP_ANSWER_MALFORMED",
                "200 | text/html | <html><title>Logon</title></html> | SAP_ANSWER_MALFORMED",
                "200 | application/atom+xml | <feed/> | SAP_ANSWER_MALFORMED",
                "200 | '' | <html></html> | SAP_ANSWER_MALFORMED",
                "200 | application/json | <html></html> | SAP_ANSWER_MALFORMED",
                "200 | application/json | '' | SAP_ANSWER_MALFORMED",
                "200 | application/json | {\"error\":{\"code\":\"X\",\"message\":\"y\"}} | SAP_FAILED"
            })
    void tellsEveryRefusal(int status, String type, String body, ODataProblem problem) {
        try (var server = RawServer.of(status, type, body)) {
            assertThat(readFailure(server).code()).isEqualTo(problem);
        }
    }

    @Test
    void quotesSap() {
        try (var server = RawServer.of(403, "application/json", """
                {"error":{"code":"/IWFND/CM_CONSUMER/101","message":{"lang":"en","value":"No authorization to access Service"},
                "innererror":{"transactionid":"5C0E25"}}}""")) {
            assertThat(readFailure(server).detail())
                    .isEqualTo("HTTP 403 to GET ThingSet?$format=json: /IWFND/CM_CONSUMER/101"
                            + " 'No authorization to access Service' (transaction ID 5C0E25)");
        }
    }

    @Test
    void readsOnlyTheBeginningOfAnErrorWithoutEnd() {
        var body = "{\"error\":{\"code\":\"/IWFND/MED/170\",\"message\":\"m\",\"x\":\"" + "y".repeat(3 << 20);
        try (var server = RawServer.of(500, "application/json", body)) {
            assertThat(readFailure(server).code()).isEqualTo(ODataProblem.SAP_SERVICE_NOT_ACTIVE);
        }
    }

    @Test
    void tellsThatNobodyListens() throws IOException {
        URI url;
        try (var closed = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            url = URI.create("http://127.0.0.1:" + closed.getLocalPort() + "/s");
        }
        assertThat(readFailure(url, ODataSettings.Limits.DEFAULT).code()).isEqualTo(ODataProblem.SAP_UNREACHABLE);
        assertThat(readFailure(URI.create("http://no-such-host.invalid/s"), ODataSettings.Limits.DEFAULT)
                        .code())
                .isEqualTo(ODataProblem.SAP_UNREACHABLE);
    }

    @Test
    void tellsThatTheOtherSideSpeaksNoTls() {
        try (var server = RawServer.of(200, "application/json", WHOLE)) {
            var url = URI.create(server.url().toString().replace("http:", "https:"));
            assertThat(readFailure(url, ODataSettings.Limits.DEFAULT).code()).isEqualTo(ODataProblem.SAP_UNREACHABLE);
        }
    }

    @Test
    void tellsAConnectionThatEndsBeforeTheAnswer() {
        try (var server = new RawServer((request, out) -> {
            throw new IOException("hang up");
        })) {
            assertThat(readFailure(server).code()).isEqualTo(ODataProblem.SAP_UNREACHABLE);
            assertThat(server.requests()).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SSH-2.0-OpenSSH\r\n\r\n",
                "HTTP/1.1\r\n\r\n",
                "HTTP/1.1 abc X\r\n\r\n",
                "HTTP/1.1 200 OK\r\nno header\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Encoding: br\r\nContent-Length: 2\r\n\r\n{}",
                "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}"
            })
    void tellsWhatIsNoProperHttp(String bytes) {
        try (var server = new RawServer((request, out) -> {
            out.write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            throw new IOException("hang up");
        })) {
            assertThat(readFailure(server).code())
                    .isIn(ODataProblem.SAP_ANSWER_MALFORMED, ODataProblem.SAP_UNREACHABLE);
        }
    }

    @Test
    void tellsAServerThatNeverAnswers() {
        var done = new CountDownLatch(1);
        try (var server = new RawServer((request, out) -> await(done))) {
            assertThat(failureInSilence(server).code()).isEqualTo(ODataProblem.SAP_TIMEOUT);
            done.countDown();
        }
    }

    @Test
    void tellsAServerThatFallsSilentWithinItsAnswer() {
        var done = new CountDownLatch(1);
        try (var server = new RawServer((request, out) -> {
            out.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{\"d\":"
                    .getBytes(StandardCharsets.US_ASCII));
            out.flush();
            await(done);
        })) {
            assertThat(failureInSilence(server).code()).isEqualTo(ODataProblem.SAP_TIMEOUT);
            done.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // The status line trickles.
                "HTTP/1.1 200 OK\r\nX: ", // A header trickles.
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", // The size of a chunk trickles.
                "HTTP/1.1 200 OK\r\nContent-Length: 99999\r\n\r\n", // The body trickles.
                "HTTP/1.1 500 X\r\nContent-Length: 99999\r\n\r\n" // The body of an error trickles.
            })
    void givesUpAServerThatSendsAByteNowAndThen(String start) {
        var limits = new ODataSettings.Limits(1 << 20, 1 << 20, 1 << 20, Duration.ofMillis(700));
        var done = new CountDownLatch(1);
        try (var server = new RawServer((request, out) -> {
            out.write(start.getBytes(StandardCharsets.US_ASCII));
            while (true) { // Until the client hangs up.
                out.write(start.endsWith("chunked\r\n\r\n") ? '0' : ' ');
                out.flush();
                awaitAtMost20Ms(done);
            }
        })) {
            assertThat(readFailure(server.url(), limits).code())
                    .isIn(ODataProblem.SAP_TIMEOUT, ODataProblem.SAP_FAILED, ODataProblem.SAP_ANSWER_MALFORMED);
            done.countDown();
            Awaitility.await().until(() -> server.connections() == 0);
        }
    }

    @Test
    void theTimeOfTheSinkIsNotTheServers() {
        var limits = new ODataSettings.Limits(1 << 30, 1 << 20, 1 << 20, Duration.ofMinutes(1));
        var nanoTime = new AtomicLong();
        try (var server = RawServer.of(200, "application/json", ODataClientIT.page(20));
                var client = new ODataClient(session(server, limits, nanoTime), Types.settings(server.url()), limits)) {
            var page = client.read(
                    PageRequest.of("ThingSet", Types.THING),
                    row -> nanoTime.addAndGet(Duration.ofMinutes(1).toNanos()));
            assertThat(page.rows()).isEqualTo(20);
        }
    }

    @Test
    void refusesAnswersLargerThanTheLimit() throws IOException {
        var limits = new ODataSettings.Limits(1 << 20, 1 << 16, 16 << 20, Duration.ofSeconds(30));
        var bomb = ODataClientIT.gzip("{\"d\":{\"results\":[" + " ".repeat(300 << 20) + "]}}");
        assertThat(bomb.length).isLessThan(1 << 20);
        try (var server = new RawServer((request, out) ->
                out.write(RawServer.answer(200, "Content-Type: application/json\r\nContent-Encoding: gzip", bomb)))) {
            assertThat(readFailure(server.url(), limits).code()).isEqualTo(ODataProblem.SAP_ANSWER_TOO_LARGE);
        }
        try (var server = RawServer.of(200, "application/xml", "<Edmx>" + " ".repeat(1 << 17) + "</Edmx>");
                var client = new ODataClient(Types.settings(server.url()), limits, InstantSource.system())) {
            assertThat(failure(client::metadata).code()).isEqualTo(ODataProblem.SAP_ANSWER_TOO_LARGE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "200, text/html, <html/>, SAP_ANSWER_MALFORMED",
        "200, application/xml, <Edmx>, SAP_ANSWER_MALFORMED",
        "200, application/xml, <Edmx/>, SAP_METADATA_UNUSABLE",
        "404, application/xml, <error><code>/IWFND/MED/170</code></error>, SAP_SERVICE_NOT_ACTIVE",
        "401, text/html, x, SAP_UNAUTHENTICATED"
    })
    void tellsWhatIsWrongWithMetadata(int status, String type, String body, ODataProblem problem) {
        try (var server = RawServer.of(status, type, body);
                var client = new ODataClient(Types.settings(server.url()))) {
            assertThat(failure(client::metadata).code()).isEqualTo(problem);
            assertThat(server.requests().getFirst().target()).doesNotContain("$format");
        }
    }

    @Test
    void anAnswerCutOffAtAnyByteIsNoPage() throws IOException {
        var length = RawServer.json(WHOLE);
        var zipped = RawServer.answer(
                200, "Content-Type: application/json\r\nContent-Encoding: gzip", ODataClientIT.gzip(WHOLE));
        var chunks = chunked(WHOLE);
        for (var whole : new byte[][] {length, zipped, chunks}) {
            try (var server = new RawServer((request, out) -> out.write(whole));
                    var client = new ODataClient(Types.settings(server.url()))) {
                assertThat(client.read(PageRequest.of("ThingSet", Types.THING), row -> {})
                                .rows())
                        .isEqualTo(2);
            }
            for (int cut = 0; cut < whole.length; cut++) {
                assertCutOff(Arrays.copyOf(whole, cut), cut);
            }
        }
    }

    private static void assertCutOff(byte[] part, int cut) {
        try (var server = new RawServer((request, out) -> {
            out.write(part);
            out.flush();
            throw new IOException("hang up");
        })) {
            assertThat(readFailure(server).code())
                    .as("cut at byte " + cut)
                    .isIn(ODataProblem.SAP_ANSWER_MALFORMED, ODataProblem.SAP_UNREACHABLE);
        }
    }

    @Test
    void everyProblemNamesWhatToDo() {
        for (var problem : ODataProblem.values()) {
            assertThat(problem.status()).isBetween(400, 599);
            assertThat(problem.remedy()).isNotBlank().endsWith(".");
            assertThat(problem.title()).isNotBlank().doesNotEndWith(".");
            assertThat(TRANSACTION.matcher(problem.remedy()).results().map(MatchResult::group))
                    .as(problem.name())
                    .containsExactlyElementsOf(problem.transactions());
        }
    }

    private static byte[] chunked(String body) {
        var head = RawServer.answer(200, "Content-Type: application/json\r\nTransfer-Encoding: chunked", new byte[0]);
        var bytes = new StringBuilder(new String(head, StandardCharsets.US_ASCII).replace("Content-Length: 0\r\n", ""));
        for (int i = 0; i < body.length(); i += 10) {
            var chunk = body.substring(i, Math.min(body.length(), i + 10));
            bytes.append(Integer.toHexString(chunk.length()))
                    .append("\r\n")
                    .append(chunk)
                    .append("\r\n");
        }
        return bytes.append("0\r\n\r\n").toString().getBytes(StandardCharsets.US_ASCII);
    }

    private static ODataSession session(RawServer server, ODataSettings.Limits limits, AtomicLong nanoTime) {
        return new ODataSession(
                Types.settings(server.url()), limits, InstantSource.system(), nanoTime::get, wait -> {});
    }

    private static Failure readFailure(RawServer server) {
        return readFailure(server.url(), ODataSettings.Limits.DEFAULT);
    }

    private static Failure readFailure(URI url, ODataSettings.Limits limits) {
        return readFailure(Types.settings(url), limits);
    }

    /** The failure of a client that soon takes silence for the end. */
    private static Failure failureInSilence(RawServer server) {
        return readFailure(Types.impatient(server.url()), ODataSettings.Limits.DEFAULT);
    }

    private static Failure readFailure(ODataSettings settings, ODataSettings.Limits limits) {
        try (var client = new ODataClient(settings, limits, InstantSource.system())) {
            return failure(() -> client.read(PageRequest.of("ThingSet", Types.THING), row -> {}));
        }
    }

    private static Failure failure(Runnable read) {
        var failure = catchThrowableOfType(Failure.class, read::run);
        assertThat(failure).as("a failure").isNotNull();
        return failure;
    }

    private static void awaitAtMost20Ms(CountDownLatch latch) throws IOException {
        try {
            latch.await(20, TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }

    private static void await(CountDownLatch latch) throws IOException {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            throw new IOException(stopped);
        }
    }
}
