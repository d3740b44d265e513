package io.imaint.integration.odata;

import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.encoding.ContentEncodingContext;
import io.helidon.webclient.api.HttpClientRequest;
import io.helidon.webclient.api.WebClient;
import io.imaint.kernel.problem.Failure;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
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

    private static final Header GZIP = HeaderValues.create(HeaderNames.ACCEPT_ENCODING, "gzip");
    private static final Header MAX_VERSION = HeaderValues.create(HeaderNames.create("MaxDataServiceVersion"), "2.0");
    private static final Header JSON = HeaderValues.create(HeaderNames.ACCEPT, "application/json");
    private static final Header XML = HeaderValues.create(HeaderNames.ACCEPT, "application/xml");

    private final ODataSettings settings;
    private final Limits limits;
    private final Cookies cookies;
    private final JsonFactory json;
    private final WebClient http;
    private final String servicePath;
    private final @Nullable Header authorization;
    private final AtomicReference<@Nullable String> userRefused = new AtomicReference<>();

    public ODataClient(ODataSettings settings) {
        this(settings, Limits.DEFAULT, InstantSource.system());
    }

    ODataClient(ODataSettings settings, Limits limits, InstantSource clock) {
        this.settings = settings;
        this.limits = limits;
        this.cookies = new Cookies(clock);
        this.json = PageReader.factory(limits);
        var path = Optional.ofNullable(settings.serviceUrl().getRawPath()).orElse("");
        this.servicePath = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
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
        try (var answer = open(target, 0, XML, timeout)) {
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
     * @param target relative to the service, such as {@code WorkOrderSet?$select=AUFNR}, or the {@code next} or
     *     {@code delta} of the page before; of an absolute URL only the part below the service counts. Client, language
     *     and format are added.
     * @param pageSizeMax how many rows to ask for; the server may send fewer, and some send more; 0 asks for nothing
     * @param type of the entities, from the metadata
     * @param sink called in this thread, once for each row
     */
    public PageRead read(String target, int pageSizeMax, EntityType type, RowSink sink) {
        var page = target(target);
        try (var answer = open(page.with("$format", "json"), pageSizeMax, JSON, settings.readTimeout())) {
            verifyContent(answer, "json", page);
            var body = decoded(answer, limits.pageBytesMax());
            var content = PageReader.read(json, body, type, sink);
            drain(answer);
            return pageRead(content, page, answer.received());
        } catch (IOException broken) {
            throw cutOff(page, broken);
        }
    }

    @Override
    public void close() {
        http.closeResource();
    }

    private PageRead pageRead(PageReader.Content content, Target page, long bytes) {
        var next = link(content.next(), page);
        var delta = link(content.delta(), page);
        if (next.isPresent() && next.get().asksForChanges()) {
            delta = delta.isPresent() ? delta : next;
            next = Optional.empty();
        }
        return new PageRead(
                content.rows(), next.map(Target::toString), delta.map(Target::toString), count(content.count()), bytes);
    }

    private Optional<Target> link(@Nullable String link, Target page) {
        return link == null || link.isBlank()
                ? Optional.empty()
                : Optional.of(Target.of(link, servicePath, page.path()));
    }

    private static OptionalLong count(@Nullable String count) {
        if (count == null || count.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Literals.longOf(count));
        } catch (IllegalArgumentException | ArithmeticException unreadable) {
            throw ODataProblem.SAP_ANSWER_MALFORMED.because(
                    "__count is '%s'".formatted(Told.oneLine(count, 60)), unreadable);
        }
    }

    private Target target(String text) {
        return Target.of(text, servicePath, "");
    }

    private Transfer open(Target target, int pageSizeMax, Header accept, Duration readTimeout) {
        var refused = userRefused.get();
        if (refused != null) {
            throw ODataProblem.SAP_UNAUTHENTICATED.because("not asked again after: " + refused);
        }
        var answer = answered(target, pageSizeMax, accept, readTimeout);
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

    private Transfer answered(Target target, int pageSizeMax, Header accept, Duration readTimeout) {
        try {
            return Transfer.start(request(target, pageSizeMax, accept, readTimeout), limits.answerWaitMax());
        } catch (Transfer.ConnectionLost idle) {
            try {
                return Transfer.start(request(target, pageSizeMax, accept, readTimeout), limits.answerWaitMax());
            } catch (Transfer.ConnectionLost again) {
                throw ODataProblem.SAP_UNREACHABLE.because(
                        "the connection ended before an answer: " + again.getMessage(), again);
            }
        }
    }

    private HttpClientRequest request(Target target, int pageSizeMax, Header accept, Duration readTimeout) {
        var full = target.with("sap-client", settings.client()).with("sap-language", settings.language());
        var url = settings.serviceUrl();
        var request = http.get()
                .skipUriEncoding(true)
                .uri(url.getScheme() + "://" + url.getRawAuthority() + servicePath + "/" + full)
                .readTimeout(readTimeout)
                .header(accept)
                .header(GZIP)
                .header(MAX_VERSION);
        if (authorization != null) {
            request.header(authorization);
        }
        if (pageSizeMax > 0) {
            request.header(HeaderNames.create("Prefer"), "odata.maxpagesize=" + pageSizeMax);
        }
        var cookie = cookies.header();
        if (!cookie.isEmpty()) {
            request.header(HeaderNames.COOKIE, cookie);
        }
        return request;
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
            throw ODataProblem.SAP_ANSWER_MALFORMED.because("GET %s was answered with %s instead of %s: %s"
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
                "the answer to GET %s is cut off or damaged: %s".formatted(Refusals.shown(target), broken.getMessage()),
                broken);
    }
}
