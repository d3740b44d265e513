package io.imaint.integration.odata;

import io.helidon.common.uri.UriInfo;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webclient.api.ClientUri;
import io.helidon.webclient.api.HttpClientRequest;
import io.helidon.webclient.api.WebClient;
import io.imaint.kernel.problem.Failure;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads one OData V2 service of a SAP Gateway. Safe for concurrent reads, which share the session's cookies.
 *
 * <p>Every failure is a {@link Failure} with an {@link ODataProblem}. Nothing is retried but a connection that SAP had
 * closed while it was idle. After SAP refused the user once, this client refuses everything itself: SAP locks a user
 * after a few wrong passwords.
 */
public final class ODataClient implements AutoCloseable {
    /** SAP generates a service's metadata at the first request after a transport, which has taken 90 s. */
    private static final Duration METADATA_TIMEOUT = Duration.ofSeconds(90);

    /** Both, because some systems send metadata that cannot be used unless both are asked for. */
    private static final Header GZIP = HeaderValues.create(HeaderNames.ACCEPT_ENCODING, "gzip,deflate");

    private static final Header MAX_VERSION = HeaderValues.create(HeaderNames.create("MaxDataServiceVersion"), "2.0");
    private static final Header JSON = HeaderValues.create(HeaderNames.ACCEPT, "application/json");
    private static final Header XML = HeaderValues.create(HeaderNames.ACCEPT, "application/xml");
    private static final Header TEXT = HeaderValues.create(HeaderNames.ACCEPT, "text/plain");
    private static final HeaderName PREFER = HeaderNames.create("Prefer");
    private static final HeaderName PREFERENCE_APPLIED = HeaderNames.create("Preference-Applied");

    private static final String TRACK_CHANGES = "odata.track-changes";

    /** A number of rows has at most 19 digits. */
    private static final int COUNT_BYTES_MAX = 64;

    /** How to ask: what is accepted, what is preferred (empty for nothing), and how long a silence is borne. */
    private record Manner(Header accept, String preference, Duration readTimeout) {}

    private final ODataSettings settings;
    private final Limits limits;
    private final LongSupplier nanoTime;
    private final Cookies cookies;
    private final JsonFactory json;
    private final WebClient http;
    private final String servicePath;
    private final @Nullable Header authorization;
    private final AtomicReference<@Nullable String> userRefused;

    public ODataClient(ODataSettings settings) {
        this(settings, Limits.DEFAULT, InstantSource.system());
    }

    ODataClient(ODataSettings settings, Limits limits, InstantSource clock) {
        this(settings, limits, clock, System::nanoTime);
    }

    /** A client that measures how long it waits for answers by a clock of the caller's. */
    ODataClient(ODataSettings settings, Limits limits, InstantSource clock, LongSupplier nanoTime) {
        this.settings = settings;
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.cookies = new Cookies(clock);
        this.json = PageReader.factory(limits);
        this.servicePath = path(settings.serviceUrl());
        this.userRefused = new AtomicReference<>();
        this.authorization = settings.user().isEmpty() ? null : authorization(settings);
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
    }

    private ODataClient(ODataClient session, ODataSettings settings) {
        this.settings = settings;
        this.limits = session.limits;
        this.nanoTime = session.nanoTime;
        this.cookies = session.cookies;
        this.json = session.json;
        this.servicePath = path(settings.serviceUrl());
        this.authorization = session.authorization;
        this.http = session.http;
        this.userRefused = session.userRefused;
    }

    private static String path(URI serviceUrl) {
        var path = Optional.ofNullable(serviceUrl.getRawPath()).orElse("");
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /**
     * A client of another service of the same host, in the same session: cookies, connections and the refusal of the
     * user are shared, and it ends with this one.
     *
     * @param path from the host's root, such as {@code /sap/opu/odata/sap/API_MAINTENANCEORDER}
     */
    public ODataClient at(String path) {
        var url = settings.serviceUrl();
        return new ODataClient(
                this,
                new ODataSettings(
                        URI.create(url.getScheme() + "://" + url.getRawAuthority() + path),
                        settings.user(),
                        settings.password(),
                        settings.client(),
                        settings.language(),
                        settings.connectTimeout(),
                        settings.readTimeout()));
    }

    public URI serviceUrl() {
        return settings.serviceUrl();
    }

    /**
     * Fetches and parses the service's metadata document. Waits at least 90 seconds for it. Success does not tell that
     * the user may read the sets: SAP serves metadata to users whom it refuses the data.
     */
    public Metadata metadata() {
        var target = target("$metadata");
        var timeout =
                settings.readTimeout().compareTo(METADATA_TIMEOUT) > 0 ? settings.readTimeout() : METADATA_TIMEOUT;
        try (var answer = open(target, new Manner(XML, "", timeout))) {
            verifyContent(answer, "xml", target);
            var body = decoded(answer, limits.metadataBytesMax()).readAllBytes();
            drain(answer);
            return MetadataReader.read(body);
        } catch (IOException broken) {
            throw cutOff(target, broken);
        }
    }

    /**
     * Reads one page into a sink and returns what else it told. When this throws, the sink may have taken rows already:
     * only a page that returned was complete.
     *
     * @param sink called in this thread, once for each row
     */
    public PageRead read(PageRequest request, RowSink sink) {
        var page = target(request.target());
        var manner = new Manner(JSON, preference(request), settings.readTimeout());
        try (var answer = open(page.with("$format", "json"), manner)) {
            verifyContent(answer, "json", page);
            var body = decoded(answer, limits.pageBytesMax());
            var content = PageReader.read(json, body, request.type(), sink);
            drain(answer);
            return pageRead(content, page, answer);
        } catch (IOException broken) {
            throw cutOff(page, broken);
        }
    }

    /**
     * How many rows there are.
     *
     * @param target relative to the service, such as {@code WorkOrderSet/$count?$filter=…}
     */
    public long count(String target) {
        var counted = target(target);
        try (var answer = open(counted, new Manner(TEXT, "", settings.readTimeout()))) {
            verifyContent(answer, "text/plain", counted);
            var body = decoded(answer, COUNT_BYTES_MAX).readAllBytes();
            drain(answer);
            return number(
                    "$count",
                    new String(body, StandardCharsets.UTF_8)
                            .replace("\uFEFF", "")
                            .strip());
        } catch (IOException broken) {
            throw cutOff(counted, broken);
        }
    }

    /**
     * The delta tokens that SAP holds open for the user and a set, the newest first; empty also when the service does
     * not list them.
     */
    public List<OpenDelta> deltaLinks(String entitySet) {
        return OpenDelta.of(this, entitySet);
    }

    @Override
    public void close() {
        http.closeResource();
    }

    private PageRead pageRead(PageReader.Content content, Target page, Transfer answer) {
        var next = link(content.next(), page);
        var delta = link(content.delta(), page);
        if (next.isPresent() && next.get().asksForChanges()) {
            delta = delta.isPresent() ? delta : next;
            next = Optional.empty();
        }
        return new PageRead(
                content.rows(),
                content.deleted(),
                content.unreadable(),
                next.map(Target::toString),
                delta.map(Target::toString),
                announced(content.count()),
                answer.received(),
                answer.headers().all(PREFERENCE_APPLIED, List::of).stream()
                        .anyMatch(applied -> applied.toLowerCase(Locale.ROOT).contains("track-changes")),
                servedAt(answer.header(HeaderNames.DATE)));
    }

    private static Optional<Instant> servedAt(String date) {
        try {
            return date.isEmpty()
                    ? Optional.empty()
                    : Optional.of(Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date)));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private static String preference(PageRequest request) {
        var pageSize = request.pageSizeMax() > 0 ? "odata.maxpagesize=" + request.pageSizeMax() : "";
        if (!request.trackChanges()) {
            return pageSize;
        }
        return pageSize.isEmpty() ? TRACK_CHANGES : TRACK_CHANGES + "," + pageSize;
    }

    private Optional<Target> link(@Nullable String link, Target page) {
        return link == null || link.isBlank()
                ? Optional.empty()
                : Optional.of(Target.of(link, servicePath, page.path()));
    }

    private static OptionalLong announced(@Nullable String count) {
        return count == null || count.isEmpty() ? OptionalLong.empty() : OptionalLong.of(number("__count", count));
    }

    private static long number(String what, String text) {
        try {
            return Literals.longOf(text);
        } catch (IllegalArgumentException | ArithmeticException unreadable) {
            throw ODataProblem.SAP_ANSWER_MALFORMED.because(
                    "%s is '%s'".formatted(what, Told.oneLine(text, 60)), unreadable);
        }
    }

    private Target target(String text) {
        return Target.of(text, servicePath, "");
    }

    private Transfer open(Target target, Manner manner) {
        var refused = userRefused.get();
        if (refused != null) {
            throw ODataProblem.SAP_UNAUTHENTICATED.because("not sent again after: " + refused);
        }
        var answer = answered(target, manner);
        try {
            cookies.keep(answer.headers().all(HeaderNames.SET_COOKIE, List::of));
            if (answer.status() == 200) {
                return answer;
            }
            var failure = Refusals.of(answer, target);
            if (failure.code() == ODataProblem.SAP_UNAUTHENTICATED) {
                userRefused.set(failure.detail());
            }
            throw failure;
        } catch (RuntimeException failed) {
            answer.close();
            throw failed;
        }
    }

    private Transfer answered(Target target, Manner manner) {
        try {
            return Transfer.start(request(target, manner), limits.answerWaitMax(), nanoTime);
        } catch (Transfer.ConnectionLost idle) {
            try {
                return Transfer.start(request(target, manner), limits.answerWaitMax(), nanoTime);
            } catch (Transfer.ConnectionLost again) {
                throw ODataProblem.SAP_UNREACHABLE.because(
                        "the connection closed before a response: " + again.getMessage(), again);
            }
        }
    }

    private HttpClientRequest request(Target target, Manner manner) {
        var full = target.with("sap-client", settings.client()).with("sap-language", settings.language());
        var request = http.get()
                .uri(address(servicePath + "/" + full))
                .readTimeout(manner.readTimeout())
                .header(manner.accept())
                .header(GZIP)
                .header(MAX_VERSION);
        if (authorization != null) {
            request.header(authorization);
        }
        if (!manner.preference().isEmpty()) {
            request.header(PREFER, manner.preference());
        }
        var cookie = cookies.header();
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

    private static Header authorization(ODataSettings settings) {
        var pair = settings.user() + ":" + settings.password().reveal();
        var token = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return HeaderValues.create(HeaderNames.AUTHORIZATION, false, true, "Basic " + token);
    }

    /** A logon page or a proxy's excuse comes with status 200 too. */
    private static void verifyContent(Transfer answer, String format, Target target) throws IOException {
        var type = answer.header(HeaderNames.CONTENT_TYPE);
        if (!type.isEmpty() && !type.contains(format)) {
            var told = Told.of(new Decoded(answer, answer.header(HeaderNames.CONTENT_ENCODING), Long.MAX_VALUE)
                    .readNBytes(Refusals.BODY_BYTES_MAX));
            throw ODataProblem.SAP_ANSWER_MALFORMED.because("GET %s returned %s instead of %s: %s"
                    .formatted(Refusals.shown(target), Told.oneLine(type, 60), format, told.text()));
        }
    }

    private static Decoded decoded(Transfer answer, long bytesMax) throws IOException {
        return new Decoded(answer, answer.header(HeaderNames.CONTENT_ENCODING), bytesMax);
    }

    /** Meets the end of the answer, which shows that it is whole and frees the connection for the next request. */
    private static void drain(Transfer answer) throws IOException {
        if (answer.read() >= 0) {
            throw new IOException("something follows its end");
        }
    }

    private static Failure cutOff(Target target, IOException broken) {
        return ODataProblem.SAP_ANSWER_MALFORMED.because(
                "the response to GET %s is truncated or damaged: %s"
                        .formatted(Refusals.shown(target), broken.getMessage()),
                broken);
    }
}
