package io.imaint.gateway.management;

import io.imaint.gateway.flow.Client;
import io.imaint.gateway.flow.Engine;
import io.imaint.gateway.flow.ExchangeHandler;
import io.imaint.gateway.flow.LocalExchange;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.registry.Configuration;
import io.imaint.gateway.registry.Product;
import io.imaint.gateway.registry.RegistryProblem;
import io.imaint.gateway.registry.TestRequestRecord;
import io.imaint.gateway.wire.Refused;
import io.imaint.gateway.wire.RequestTarget;
import io.imaint.kernel.http.Body;
import io.imaint.kernel.http.Default;
import io.imaint.kernel.http.Description;
import io.imaint.kernel.http.Length;
import io.imaint.kernel.http.NewId;
import io.imaint.kernel.http.Path;
import io.imaint.kernel.http.Pattern;
import io.imaint.kernel.http.RateLimits;
import io.imaint.kernel.http.Route;
import io.imaint.kernel.http.Routed;
import io.imaint.kernel.http.Size;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.problem.Finding;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * The console of the developer hub: sends a request to a proxy of a published product and shows the answer. The request enters the gateway
 * behind its listener, so it can reach nothing but a proxy, and meets the perimeter and the policies as one of the caller's own machine would.
 */
public final class TestConsole implements Routed {
    private static final String TEST = Answers.ROOT + "/hub/products/{name}/test";

    /** Requests of one caller in a minute: more than anybody sends by hand. */
    static final int PER_MINUTE_MAX = 30;

    /** Headers of a request. */
    static final int HEADERS_MAX = 50;

    /** Characters of an answer's body that are shown. */
    static final int SHOWN_MAX = 500_000;

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Duration RETENTION = Duration.ofDays(30);

    /** Made by the wire, or believed only of a trusted proxy. */
    private static final java.util.regex.Pattern NOT_THE_CALLERS = java.util.regex.Pattern.compile(
            "host|connection|keep-alive|upgrade|te|trailer|transfer-encoding|content-length|expect|proxy-.*"
                    + "|forwarded|x-forwarded-.*|x-real-ip|true-client-ip");

    private static final java.util.regex.Pattern TYPES_OF_TEXT = java.util.regex.Pattern.compile(
            "text/.*|[^;]*(json|xml|javascript|x-www-form-urlencoded|multipart/mixed)[^;]*(;.*)?");

    private final Configuration configuration;
    private final Engine engine;
    private final ExchangeHandler entrance;
    private final Predicate<String> readsAddressFrom;
    private final URI address;
    private final InstantSource clock;
    private final RateLimits limits;

    /**
     * @param entrance what decides about each request before the proxies do
     * @param readsAddressFrom whether the perimeter takes a client's address from the header of a name
     * @param address at which clients reach the gateway
     */
    public TestConsole(
            Configuration configuration,
            Engine engine,
            ExchangeHandler entrance,
            Predicate<String> readsAddressFrom,
            URI address,
            InstantSource clock) {
        this.configuration = configuration;
        this.engine = engine;
        this.entrance = entrance;
        this.readsAddressFrom = readsAddressFrom;
        this.address = address;
        this.clock = clock;
        this.limits = new RateLimits(PER_MINUTE_MAX, clock);
    }

    @Override
    public List<Route> routes() {
        return List.of(Route.post(TEST, "Sends a request to a proxy of a published product, and shows the answer")
                .permits(Permissions.HUB_USE)
                .answers(TestResponse.class)
                .handles(Send.class, this::send));
    }

    record Send(@NewId String id, @Path String name, @Body TestRequest request) {}

    /** A request as a developer writes it. */
    record TestRequest(
            @Pattern(regexp = "GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS", description = "a method of HTTP")
            String method,

            @Description("The path with the proxy's base path and the query, encoded as on the wire")
            @Length(min = 1, max = 7_000)
            String path,

            @Size(max = HEADERS_MAX) List<HeaderLine> headers,

            @Default("") @Length(max = 500_000) String body) {}

    record HeaderLine(
            @Length(min = 1, max = 200)
            @Pattern(regexp = "[A-Za-z0-9!#$%&'*+.^_`|~-]+", description = "the name of a header")
            String name,

            @Length(max = 16_000) @Pattern(regexp = "[\\t\\x20-\\x7e]*", description = "one line of ASCII")
            String value) {}

    /** The answer. */
    record TestResponse(
            int status,
            String reason,
            List<HeaderLine> headers,

            @Description("Empty where it is no text") String body,

            @Description("The length of the whole body") int bytes,

            @Description("Whether the body is shown in part, or not at all")
            boolean cut,

            double millis) {}

    private TestResponse send(Send input) {
        var product = Answers.found(
                        configuration
                                .products()
                                .find(input.name)
                                .filter(kept -> kept.value().published()),
                        "published product '%s'".formatted(input.name))
                .value();
        var request = message(input.request);
        var proxy = engine.proxyAt(request.path())
                .filter(product.proxies()::contains)
                .orElseThrow(() -> RegistryProblem.API_ENTITY_NOT_FOUND.because(
                        "no deployed proxy of the product '%s' serves %s".formatted(product.name(), request.path())));
        var caller = Caller.current();
        limits.count(caller.id()).require();
        record(input.id, caller, product, proxy, request);
        return response(new LocalExchange(request, client(caller)));
    }

    /** The request as the wire would have read it. */
    private Message message(TestRequest sent) {
        var findings = new ArrayList<Finding>();
        for (int i = 0; i < sent.headers.size(); i++) {
            var name = sent.headers.get(i).name;
            if (NOT_THE_CALLERS.matcher(name.toLowerCase(Locale.ROOT)).matches() || readsAddressFrom.test(name)) {
                findings.add(new Finding("/headers/" + i, "is %s, which the gateway sets itself".formatted(name)));
            }
        }
        Answers.requireNone(findings);
        try {
            var request = RequestTarget.request(sent.method, sent.path);
            request.headers().set("Host", address.getAuthority());
            sent.headers.forEach(line -> request.headers().add(line.name, line.value));
            if (!sent.body.isEmpty()) {
                var bytes = sent.body.getBytes(StandardCharsets.UTF_8);
                request.headers().set("Content-Length", Integer.toString(bytes.length));
                request.body(new io.imaint.gateway.flow.Body.Bytes(bytes));
            }
            return request;
        } catch (Refused refused) {
            throw RegistryProblem.API_ENTITY_INVALID.because(
                    List.of(new Finding("/path", String.valueOf(refused.getMessage()))));
        }
    }

    /** In the audit trail before it is sent. */
    private void record(String id, Caller caller, Product product, String proxy, Message request) {
        var now = clock.instant();
        var unused = configuration
                .as(caller)
                .testRequests()
                .insert(new TestRequestRecord(
                        id,
                        caller.id(),
                        product.name(),
                        proxy,
                        request.verb(),
                        request.path(),
                        now,
                        now.plus(RETENTION)));
    }

    private Client client(Caller caller) {
        var from =
                caller.address().isEmpty() ? InetAddress.getLoopbackAddress() : InetAddress.ofLiteral(caller.address());
        return new Client(from, from, 0, address.getScheme(), address.getHost(), address.getPort(), Optional.empty());
    }

    private TestResponse response(LocalExchange exchange) {
        long began = System.nanoTime();
        var refusal = entrance.refusal(exchange.request(), exchange.client());
        if (refusal.isPresent()) {
            return shown(refusal.get(), (System.nanoTime() - began) / 1e6);
        }
        entrance.handle(exchange);
        try {
            var answer = exchange.await(TIMEOUT);
            return shown(answer, (System.nanoTime() - began) / 1e6);
        } catch (TimeoutException late) {
            throw RegistryProblem.API_TEST_TIMED_OUT.because(
                    "the proxy did not answer within %d seconds".formatted(TIMEOUT.toSeconds()), late);
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            throw RegistryProblem.API_TEST_TIMED_OUT.because("the server stops", ended);
        }
    }

    private static TestResponse shown(Message answer, double millis) {
        var headers = answer.headers().lines().entries().stream()
                .map(line -> new HeaderLine(line.getKey(), line.getValue()))
                .toList();
        var type = answer.headers().line("content-type");
        boolean text = type == null
                || TYPES_OF_TEXT.matcher(type.toLowerCase(Locale.ROOT)).matches();
        int bytes = answer.bytes().length;
        var body = text ? answer.content() : "";
        boolean cut = body.length() > SHOWN_MAX || (bytes > 0 && !text);
        return new TestResponse(
                answer.status(),
                answer.reason(),
                headers,
                body.length() > SHOWN_MAX ? body.substring(0, SHOWN_MAX) : body,
                bytes,
                cut,
                millis);
    }
}
