package io.imaint.integration.odata;

import io.helidon.common.parameters.Parameters;
import io.helidon.common.uri.UriInfo;
import io.helidon.common.uri.UriPath;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webclient.api.ClientUri;
import io.helidon.webclient.api.HttpClientRequest;
import io.helidon.webclient.api.WebClient;
import io.imaint.kernel.problem.Failure;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one user to one host: logon, cookies, and what the status of an answer means.
 *
 * <pre>
 *   200, 203   the answer                            202   asked again after Retry-After, within the deadline
 *   204, 205   an empty page                         301, 302, 303, 307, 308   followed on the same host only
 *   all others: a failure, see {@link SapErrorMessage}
 * </pre>
 */
final class ODataSession implements AutoCloseable {
    /** Some systems send unusable metadata unless both are accepted. */
    private static final Header GZIP = HeaderValues.create(HeaderNames.ACCEPT_ENCODING, "gzip,deflate");

    private static final Header MAX_VERSION = HeaderValues.create(HeaderNames.create("MaxDataServiceVersion"), "2.0");
    private static final HeaderName PREFER = HeaderNames.create("Prefer");

    /** Where an answer that is not ready does not say when it will be. */
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    /** A load balancer redirects once or twice; more is a circle. */
    private static final int REDIRECTS_MAX = 5;

    /** The headers Accept and Prefer of a request (empty for none), and its read timeout. */
    record Manner(Header accept, String preference, Duration readTimeout) {}

    private final ODataSettings settings;
    private final ODataSettings.Limits limits;
    private final LongSupplier nanoTime;
    private final InstantSource clock;
    private final Consumer<Duration> pause;
    private final Cookies cookies;
    private final WebClient http;
    private final Authorization authorization;
    private final ODataChanges changes;
    private final AtomicReference<@Nullable String> userRefused = new AtomicReference<>();

    ODataSession(ODataSettings settings, ODataSettings.Limits limits, InstantSource clock) {
        this(settings, limits, clock, System::nanoTime, ODataSession::pause);
    }

    /**
     * @param nanoTime measures how long answers are waited for
     * @param pause waits before an answer that was not ready is asked for again
     */
    ODataSession(
            ODataSettings settings,
            ODataSettings.Limits limits,
            InstantSource clock,
            LongSupplier nanoTime,
            Consumer<Duration> pause) {
        this.settings = settings;
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.clock = clock;
        this.pause = pause;
        this.cookies = new Cookies(clock);
        this.http = WebClient.builder()
                .connectTimeout(settings.connectTimeout())
                .readTimeout(settings.readTimeout())
                .followRedirects(false)
                .shareConnectionCache(false)
                .servicesDiscoverServices(false)
                .contentEncoding(ContentEncodingContext.builder()
                        .contentEncodingsDiscoverServices(false)
                        .build())
                .build();
        this.authorization = new Authorization(settings.credentials(), http, clock);
        this.changes = new ODataChanges(this, settings.readTimeout(), clock);
    }

    /**
     * Asks for a target of a service and returns with the head of an answer whose content is the one asked for.
     *
     * @throws Failure with an {@link ODataProblem} for any other answer
     */
    Transfer open(String servicePath, Target target, Manner manner) {
        requireUser();
        var address = address(servicePath, target);
        var waited = Duration.ZERO;
        for (int redirects = 0; ; ) {
            var answer = answered(address, manner, List.of(), cookies);
            try {
                cookies.keep(answer.headers().all(HeaderNames.SET_COOKIE, List::of));
                switch (answer.status()) {
                    case 200, 203, 204, 205 -> {
                        return answer;
                    }
                    case 202 -> {
                        var wait = retryAfter(answer.header(HeaderNames.RETRY_AFTER));
                        waited = waited.plus(wait);
                        if (waited.compareTo(limits.answerWaitMax()) > 0) {
                            throw ODataProblem.SAP_TIMEOUT.because("HTTP 202 to GET %s: not ready within %s"
                                    .formatted(SapErrorMessage.shown(target), limits.answerWaitMax()));
                        }
                        answer.close();
                        pause.accept(wait);
                    }
                    case 301, 302, 303, 307, 308 -> {
                        address = redirected(answer, target, address);
                        if (++redirects > REDIRECTS_MAX) {
                            throw ODataProblem.SAP_REDIRECTED.because("GET %s was redirected %d times, at last to %s"
                                    .formatted(
                                            SapErrorMessage.shown(target),
                                            redirects,
                                            SapErrorMessage.withoutQuery(address)));
                        }
                        answer.close();
                    }
                    default -> throw refusal(answer, target);
                }
            } catch (RuntimeException failed) {
                answer.close();
                throw failed;
            }
        }
    }

    void requireUser() {
        var refused = userRefused.get();
        if (refused != null) {
            throw ODataProblem.SAP_UNAUTHENTICATED.because("not sent again after: " + refused);
        }
    }

    String address(String servicePath, Target target) {
        return servicePath + "/"
                + target.with("sap-client", settings.client()).with("sap-language", settings.language());
    }

    Failure refusal(Transfer answer, Target target) {
        var failure = SapErrorMessage.failure(answer, target);
        refuseUser(failure);
        return failure;
    }

    /** Sends nothing more where a failure is the refusal of the logon. */
    void refuseUser(Failure failure) {
        if (failure.code() == ODataProblem.SAP_UNAUTHENTICATED) {
            userRefused.set(failure.detail());
        }
    }

    ODataChanges changes() {
        return changes;
    }

    ODataSettings.Limits limits() {
        return limits;
    }

    /** Posts once, and once more with another access token when API Management refuses the one that was used. */
    Transfer posted(String address, List<Header> headers, byte[] body) throws Transfer.ConnectionLost {
        var who = authorization.header();
        var answer = postedAs(address, headers, body, who);
        if (answer.status() == 401
                && who.isPresent()
                && authorization.refused(who.get(), answer.header(HeaderNames.WWW_AUTHENTICATE))) {
            answer.close();
            return postedAs(address, headers, body, authorization.header());
        }
        return answer;
    }

    private Transfer postedAs(String address, List<Header> headers, byte[] body, Optional<Header> who)
            throws Transfer.ConnectionLost {
        var request = http.post()
                .uri(address(address))
                .readTimeout(settings.readTimeout())
                .header(GZIP)
                .header(MAX_VERSION);
        headers.forEach(request::header);
        who.ifPresent(request::header);
        return Transfer.start(() -> request.submit(body), limits.answerWaitMax(), nanoTime);
    }

    /** The path and query to which an answer redirects. The user's password goes to no other host and into no plain text. */
    private String redirected(Transfer answer, Target target, String address) {
        var location = answer.header(HeaderNames.LOCATION);
        var own = settings.serviceUrl();
        try {
            var to = own.resolve(address).resolve(location.strip());
            boolean here = own.getScheme().equalsIgnoreCase(to.getScheme())
                    && own.getHost().equalsIgnoreCase(to.getHost())
                    && port(own) == port(to);
            if (here && !location.isBlank()) {
                var path = to.getRawPath().isEmpty() ? "/" : to.getRawPath();
                return path + (to.getRawQuery() == null ? "" : "?" + to.getRawQuery());
            }
        } catch (IllegalArgumentException unreadable) {
            // The message shows it.
        }
        throw ODataProblem.SAP_REDIRECTED.because("HTTP %d to GET %s: redirected to '%s'"
                .formatted(answer.status(), SapErrorMessage.shown(target), SapErrorMessage.withoutQuery(location)));
    }

    private static int port(URI url) {
        int standard = "https".equalsIgnoreCase(url.getScheme()) ? 443 : 80;
        return url.getPort() < 0 ? standard : url.getPort();
    }

    /** Seconds or a date; a second at least, so that no server is asked without end. */
    private Duration retryAfter(String header) {
        var wait = header.matches("[0-9]{1,6}")
                ? Duration.ofSeconds(Long.parseLong(header))
                : instant(header)
                        .map(until -> Duration.between(clock.instant(), until))
                        .orElse(RETRY_AFTER);
        return wait.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : wait;
    }

    private static void pause(Duration wait) {
        try {
            boolean never = new CountDownLatch(1).await(wait.toNanos(), TimeUnit.NANOSECONDS);
            assert !never : "nobody counts it down";
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw ODataProblem.SAP_UNREACHABLE.because("the read was interrupted", interrupted);
        }
    }

    /** Asks, and once more with another token when API Management refuses the one that was used. */
    Transfer answered(String address, Manner manner, List<Header> more, Cookies with) {
        var who = authorization.header();
        var headers = new ArrayList<>(more);
        who.ifPresent(headers::add);
        var answer = answeredAs(address, manner, headers, with);
        if (answer.status() == 401
                && who.isPresent()
                && authorization.refused(who.get(), answer.header(HeaderNames.WWW_AUTHENTICATE))) {
            answer.close();
            headers = new ArrayList<>(more);
            authorization.header().ifPresent(headers::add);
            return answeredAs(address, manner, headers, with);
        }
        return answer;
    }

    private Transfer answeredAs(String address, Manner manner, List<Header> headers, Cookies with) {
        try {
            return Transfer.start(
                    () -> request(address, manner, headers, with).request(), limits.answerWaitMax(), nanoTime);
        } catch (Transfer.ConnectionLost idle) {
            try {
                return Transfer.start(
                        () -> request(address, manner, headers, with).request(), limits.answerWaitMax(), nanoTime);
            } catch (Transfer.ConnectionLost again) {
                throw ODataProblem.SAP_UNREACHABLE.because(
                        "the connection closed before a response: " + again.getMessage(), again);
            }
        }
    }

    private HttpClientRequest request(String address, Manner manner, List<Header> headers, Cookies with) {
        var request = http.get()
                .uri(address(address))
                .readTimeout(manner.readTimeout())
                .header(manner.accept())
                .header(GZIP)
                .header(MAX_VERSION);
        headers.forEach(request::header);
        if (!manner.preference().isEmpty()) {
            request.header(PREFER, manner.preference());
        }
        var cookie = with.header();
        if (!cookie.isEmpty()) {
            request.header(HeaderNames.COOKIE, cookie);
        }
        return request;
    }

    private ClientUri address(String path) {
        var url = settings.serviceUrl();
        var address =
                UriInfo.builder().scheme(url.getScheme()).host(url.getHost()).path(new ExactPath(path));
        return ClientUri.create(
                url.getPort() < 0
                        ? address.build()
                        : address.port(url.getPort()).build());
    }

    /** The time in a header; empty when it has none. */
    static Optional<Instant> instant(String date) {
        try {
            return date.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        http.closeResource();
    }

    /**
     * A path with its query that goes into the request line character by character. The HTTP client would read it as it
     * reads any other: it cuts off what follows a semicolon, which is a service's version in SAP's paths and may stand in
     * any token, and it decodes and encodes anew what SAP has encoded.
     *
     * @param rawPath beginning with a slash, all of it encoded already
     */
    private record ExactPath(String rawPath) implements UriPath {
        @Override
        public String rawPathNoParams() {
            return rawPath;
        }

        @Override
        public String path() {
            return rawPath;
        }

        @Override
        public Parameters matrixParameters() {
            return Parameters.empty("path");
        }

        @Override
        public UriPath absolute() {
            return this;
        }

        @Override
        public void validate() {
            // Target has seen to it.
        }
    }
}
