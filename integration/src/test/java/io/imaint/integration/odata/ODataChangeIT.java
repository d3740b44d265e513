package io.imaint.integration.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.settings.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Goal: each change carries a valid token and all cookies, and its answer is understood. Method: a server that tells what it was asked. */
class ODataChangeIT {
    private record Answer(int status, Map<String, String> headers, String body) {}

    private static final EntityType TYPE = new EntityType(
            "Notification",
            List.of(EdmProperty.of("QMNUM", EdmKind.STRING), EdmProperty.of("QMTXT", EdmKind.STRING)),
            List.of("QMNUM"));

    private static final String ENTITY =
            "{\"d\":{\"__metadata\":{\"etag\":\"W/\\\"1\\\"\"},\"QMNUM\":\"000010000001\",\"QMTXT\":\"Pump\"}}";

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private HttpServer server = server();
    private ODataClient client = client(server);

    /** What a POST is answered with the right token; null closes the connection. */
    private volatile @Nullable Answer answer = new Answer(201, Map.of(), ENTITY);

    private volatile String token = "T1";
    private volatile boolean tokens = true;

    private static HttpServer server() {
        try {
            return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException failed) {
            throw new AssertionError(failed);
        }
    }

    private static ODataClient client(HttpServer server) {
        return new ODataClient(new ODataSettings(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/sap/SRV"),
                "USER",
                new Secret("x"),
                "100",
                "EN",
                Duration.ofSeconds(5),
                Duration.ofSeconds(5)));
    }

    @BeforeEach
    void start() {
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        var headers = exchange.getRequestHeaders();
        var given = String.valueOf(headers.getFirst("X-csrf-token"));
        var cookie = String.valueOf(headers.getFirst("Cookie"));
        var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean get = exchange.getRequestMethod().equals("GET");
        asked.add("%s %s %s".formatted(exchange.getRequestMethod(), given, cookie));
        if (get) {
            if (tokens) {
                exchange.getResponseHeaders().set("x-csrf-token", token);
            }
            exchange.getResponseHeaders().add("Set-Cookie", "SAP_SESSIONID=" + token + "%3d; path=/");
            exchange.getResponseHeaders().add("Set-Cookie", "sap-usercontext=sap-client=100; path=/");
            send(exchange, new Answer(200, Map.of("Content-Type", "application/json"), "{\"d\":{}}"));
        } else if (tokens && !(given.equals(token) && cookie.contains("SAP_SESSIONID=" + token + "%3d"))) {
            send(exchange, new Answer(403, Map.of("x-csrf-token", "Required"), "CSRF token validation failed"));
        } else {
            var usual = answer;
            if (usual == null) {
                exchange.close();
            } else {
                asked.add(exchange.getRequestURI().getPath() + " "
                        + String.valueOf(headers.getFirst("X-http-method")) + " "
                        + String.valueOf(headers.getFirst("If-match")) + " " + body);
                send(exchange, usual);
            }
        }
    }

    private static void send(HttpExchange exchange, Answer answer) throws IOException {
        answer.headers().forEach((name, value) -> exchange.getResponseHeaders().set(name, value));
        var body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private ODataAnswer create() {
        return client.change(ODataChange.create("NotificationSet", "{\"QMTXT\":\"Pump\"}", TYPE));
    }

    private ODataAnswer.Refused refused(int status, String code, String message) {
        answer = new Answer(
                status,
                Map.of("Content-Type", "application/json"),
                "{\"error\":{\"code\":\"%s\",\"message\":{\"lang\":\"en\",\"value\":\"%s\"}}}"
                        .formatted(code, message));
        return (ODataAnswer.Refused) create();
    }

    private static Entity entity(ODataAnswer answer) {
        var entity = ((ODataAnswer.Done) answer).entity();
        if (entity == null) {
            throw new AssertionError("without an entity");
        }
        return entity;
    }

    @Test
    void oneTokenWithAllItsCookiesServesManyChanges() {
        var entity = entity(create());
        assertThat(entity.row().value("QMNUM")).isEqualTo("000010000001");
        assertThat(entity.etag()).isEqualTo("W/\"1\"");
        create();
        var cookies = "SAP_SESSIONID=T1%3d; sap-usercontext=sap-client=100";
        assertThat(asked)
                .filteredOn(line -> !line.startsWith("/"))
                .containsExactly("GET Fetch null", "POST T1 " + cookies, "POST T1 " + cookies);
    }

    @Test
    void anExpiredTokenIsFetchedAnewOnce() {
        create();
        token = "T2";
        asked.clear();
        assertThat(create()).isInstanceOf(ODataAnswer.Done.class);
        assertThat(asked)
                .filteredOn(line -> !line.startsWith("/"))
                .extracting(line -> line.substring(0, 9))
                .containsExactly("POST T1 S", "GET Fetch", "POST T2 S");
    }

    @Test
    void aTokenThatIsRefusedTwiceIsNotSentForEver() {
        create();
        asked.clear();
        tokens = true;
        server.removeContext("/");
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestMethod());
            exchange.getResponseHeaders()
                    .set("x-csrf-token", exchange.getRequestMethod().equals("GET") ? "T" : "Required");
            send(exchange, new Answer(exchange.getRequestMethod().equals("GET") ? 200 : 403, Map.of(), "{}"));
        });
        assertThat(create())
                .isInstanceOfSatisfying(
                        ODataAnswer.Refused.class,
                        refused -> assertThat(refused.failure().code()).isEqualTo(ODataProblem.SAP_TOKEN_REFUSED));
        assertThat(asked).containsExactly("POST", "GET", "POST");
    }

    @Test
    void a403WithoutTheWordRequiredIsAMissingAuthorization() {
        var refused = refused(403, "S#/077", "You are not authorized to use transaction IW21");
        assertThat(refused.failure().code()).isEqualTo(ODataProblem.SAP_UNAUTHORIZED);
        assertThat(refused.message()).contains("IW21");
        assertThat(asked).filteredOn(line -> line.startsWith("GET")).hasSize(1);
    }

    @Test
    void theGatewaysPolicyMaySeeToTheToken() {
        tokens = false;
        assertThat(create()).isInstanceOf(ODataAnswer.Done.class);
        assertThat(asked).filteredOn(line -> line.startsWith("POST null")).hasSize(1);
    }

    @Test
    void aMergeGoesAsPostWithTheVersionThatWasRead() {
        answer = new Answer(204, Map.of(), "");
        var done = (ODataAnswer.Done)
                client.change(ODataChange.merge("NotificationSet('1')", "{\"QMTXT\":\"x\"}", "W/\"7\"", TYPE));
        assertThat(done.entity()).isNull();
        assertThat(asked).contains("/sap/SRV/NotificationSet('1') MERGE W/\"7\" {\"QMTXT\":\"x\"}");
    }

    @Test
    void whatSapSaysBesideTheResultIsKept() {
        answer = new Answer(
                201,
                Map.of(
                        "sap-message",
                        "{\"code\":\"IM/300\",\"message\":\"Saved\",\"severity\":\"warning\",\"target\":\"\",\"details\":[{\"code\":\"IR/1\",\"message\":\"Above the limit\",\"severity\":\"warning\"}]}"),
                ENTITY);
        assertThat(((ODataAnswer.Done) create()).words())
                .isEqualTo(new SapWords("IM/300", "Saved; Above the limit", "warning"));
    }

    @Test
    void theResultOfAFunctionMayBeWrapped() {
        answer = new Answer(200, Map.of(), "{\"d\":{\"ReleaseOrder\":{\"QMNUM\":\"7\",\"QMTXT\":\"x\"}}}");
        assertThat(entity(create()).row().value("QMNUM")).isEqualTo("7");
        answer = new Answer(200, Map.of(), "{\"d\":{\"results\":[{\"QMNUM\":\"8\",\"QMTXT\":\"x\"}]}}");
        assertThat(entity(create()).row().value("QMNUM")).isEqualTo("8");
    }

    @Test
    void refusalsAreToldApart() {
        assertThat(refused(400, "BS/007", "Release is not allowed").failure().code())
                .isEqualTo(ODataProblem.SAP_CHANGE_REFUSED);
        for (var words : List.of(
                "Order 4000001 is already being processed by SMITH",
                "Object is currently locked by user SMITH",
                "The material is being edited by SMITH")) {
            assertThat(refused(400, "XX/001", words).failure().code())
                    .as(words)
                    .isEqualTo(ODataProblem.SAP_OBJECT_LOCKED);
        }
        assertThat(refused(400, "MC/601", "Objekt gesperrt").failure().code())
                .isEqualTo(ODataProblem.SAP_OBJECT_LOCKED);
        assertThat(refused(400, "M7/021", "Stock is blocked").failure().code())
                .isEqualTo(ODataProblem.SAP_CHANGE_REFUSED);
        assertThat(refused(412, "", "Precondition failed").failure().code()).isEqualTo(ODataProblem.SAP_OBJECT_CHANGED);
        assertThat(refused(429, "", "").failure().code()).isEqualTo(ODataProblem.SAP_UNAVAILABLE);
        assertThat(refused(408, "", "").failure().code()).isEqualTo(ODataProblem.SAP_TIMEOUT);
        assertThat(refused(500, "", "").failure().code()).isEqualTo(ODataProblem.SAP_FAILED);
        assertThat(refused(404, "", "").failure().code()).isEqualTo(ODataProblem.SAP_NOT_FOUND);
    }

    @Test
    void aLostAnswerIsNotARefusalAndIsNotSentAgain() {
        create();
        asked.clear();
        answer = null;
        assertThat(create())
                .isInstanceOfSatisfying(
                        ODataAnswer.Unanswered.class,
                        lost -> assertThat(lost.failure().code()).isEqualTo(ODataProblem.SAP_CONNECTION_LOST));
        assertThat(asked).hasSize(1);
    }

    @Test
    void whatNeverReachedSapIsSaidToBeSo() {
        // A connection kept open could take the request and lose it, which is another case.
        answer = new Answer(201, Map.of("Connection", "close"), ENTITY);
        create();
        server.stop(0);
        assertThatThrownBy(this::create)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.code()).isEqualTo(ODataProblem.SAP_UNREACHABLE));
    }

    @Test
    void aRefusedUserIsNotSentAgain() {
        answer = new Answer(401, Map.of("WWW-Authenticate", "Basic realm=\"SAP\""), "");
        assertThatThrownBy(this::create)
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.code()).isEqualTo(ODataProblem.SAP_UNAUTHENTICATED));
        asked.clear();
        assertThatThrownBy(this::create).isInstanceOf(Failure.class);
        assertThat(asked).isEmpty();
    }
}
