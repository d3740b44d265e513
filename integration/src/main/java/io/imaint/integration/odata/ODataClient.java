package io.imaint.integration.odata;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.imaint.kernel.problem.Failure;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads and changes one OData V2 service of a SAP Gateway. Safe for concurrent use; reads share the session's cookies.
 *
 * <p>Every failure is a {@link Failure} with an {@link ODataProblem}. Nothing is retried but a read over a connection that
 * SAP had closed while it was idle. After SAP refused the user once, this client refuses everything itself: SAP locks a user
 * after a few wrong passwords.
 */
public final class ODataClient implements ODataService {
    /** SAP generates a service's metadata at the first request after a transport, which has taken 90 s. */
    private static final Duration METADATA_TIMEOUT = Duration.ofSeconds(90);

    private static final Header JSON = HeaderValues.create(HeaderNames.ACCEPT, "application/json");
    private static final Header XML = HeaderValues.create(HeaderNames.ACCEPT, "application/xml");
    private static final Header TEXT = HeaderValues.create(HeaderNames.ACCEPT, "text/plain");
    private static final HeaderName PREFERENCE_APPLIED = HeaderNames.create("Preference-Applied");

    private static final String TRACK_CHANGES = "odata.track-changes";

    /** A number of rows has at most 19 digits. */
    private static final int COUNT_BYTES_MAX = 64;

    private final ODataSession session;
    private final ODataSettings.Limits limits;
    private final URI serviceUrl;
    private final Duration readTimeout;
    private final JsonFactory json;
    private final String servicePath;

    public ODataClient(ODataSettings settings) {
        this(settings, ODataSettings.Limits.DEFAULT, InstantSource.system());
    }

    ODataClient(ODataSettings settings, ODataSettings.Limits limits, InstantSource clock) {
        this(new ODataSession(settings, limits, clock), settings, limits);
    }

    ODataClient(ODataSession session, ODataSettings settings, ODataSettings.Limits limits) {
        this(session, limits, settings.serviceUrl(), settings.readTimeout());
    }

    private ODataClient(ODataSession session, ODataSettings.Limits limits, URI serviceUrl, Duration readTimeout) {
        this.session = session;
        this.limits = limits;
        this.serviceUrl = serviceUrl;
        this.readTimeout = readTimeout;
        this.json = PageReader.factory(limits);
        this.servicePath = path(serviceUrl);
    }

    private static String path(URI serviceUrl) {
        var path = Optional.ofNullable(serviceUrl.getRawPath()).orElse("");
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    /**
     * A client of another service of the same host, in the same session: cookies, connections and the refusal of the
     * user are shared, and it ends with this one.
     *
     * @param path from the host's root, such as {@code /sap/opu/odata/sap/API_MAINTENANCEORDER}, or a technical name with
     *     its namespace, such as {@code /UI2/INTEROP}
     */
    @Override
    public ODataClient at(String path) {
        var origin = serviceUrl.getScheme() + "://" + serviceUrl.getRawAuthority();
        return new ODataClient(session, limits, URI.create(origin + pathOf(path, servicePath)), readTimeout);
    }

    public URI serviceUrl() {
        return serviceUrl;
    }

    /**
     * Fetches and parses the service's metadata document. Waits at least 90 seconds for it. Success does not mean that
     * the user may read the sets: SAP serves metadata to users who may not read the data.
     */
    @Override
    public Metadata metadata() {
        var target = target("$metadata");
        var timeout = readTimeout.compareTo(METADATA_TIMEOUT) > 0 ? readTimeout : METADATA_TIMEOUT;
        try (var answer = open(target, new ODataSession.Manner(XML, "", timeout))) {
            verifyContent(answer, "xml", target);
            var body = decoded(answer, limits.metadataBytesMax()).readAllBytes();
            drain(answer);
            return Metadata.read(body);
        } catch (IOException broken) {
            throw cutOff(target, broken);
        }
    }

    /**
     * Reads one page into a sink and returns its links and counts. When this throws, the sink may have taken rows already:
     * only a page that returned was complete.
     *
     * @param sink called in this thread, once for each row
     */
    @Override
    public PageRead read(PageRequest request, Row.Sink sink) {
        var page = target(request.target());
        var manner = new ODataSession.Manner(JSON, preference(request), readTimeout);
        try (var answer = open(page.with("$format", "json"), manner)) {
            PageReader.Content content;
            if (answer.status() == 204 || answer.status() == 205) {
                content = PageReader.Content.EMPTY;
            } else {
                verifyContent(answer, "json", page);
                var body = decoded(answer, limits.pageBytesMax());
                content = PageReader.read(json, body, request.type(), sink);
            }
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
    @Override
    public long count(String target) {
        var counted = target(target);
        try (var answer = open(counted, new ODataSession.Manner(TEXT, "", readTimeout))) {
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
    @Override
    public List<DeltaLink.Open> deltaLinks(String entitySet) {
        return DeltaLink.Open.of(this, entitySet);
    }

    @Override
    public Optional<Entity> entity(String target, EntityType type) {
        var asked = target(target);
        try (var answer = open(asked.with("$format", "json"), new ODataSession.Manner(JSON, "", readTimeout))) {
            verifyContent(answer, "json", asked);
            var body = decoded(answer, limits.pageBytesMax()).readAllBytes();
            return EntityBody.read(body, type, answer.header(HeaderNames.ETAG));
        } catch (IOException broken) {
            throw cutOff(asked, broken);
        } catch (Failure failed) {
            if (failed.code() == ODataProblem.SAP_NOT_FOUND) {
                return Optional.empty();
            }
            throw failed;
        }
    }

    @Override
    public ODataAnswer change(ODataChange change) {
        return session.changes().change(servicePath, target(change.target()), change);
    }

    @Override
    public void ping() {
        session.changes().ping(servicePath);
    }

    @Override
    public void close() {
        session.close();
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
                ODataSession.instant(answer.header(HeaderNames.DATE)));
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
                    "%s is '%s'".formatted(what, SapErrorMessage.oneLine(text, 60)), unreadable);
        }
    }

    private Target target(String text) {
        return Target.of(text, servicePath, "");
    }

    private Transfer open(Target target, ODataSession.Manner manner) {
        return session.open(servicePath, target, manner);
    }

    /** Refuses other content with status 200, such as a logon page or the error page of a proxy. */
    private static void verifyContent(Transfer answer, String format, Target target) throws IOException {
        var type = answer.header(HeaderNames.CONTENT_TYPE);
        if (!type.isEmpty() && !type.contains(format)) {
            var message = SapErrorMessage.of(
                    new Transfer.Decoded(answer, answer.header(HeaderNames.CONTENT_ENCODING), Long.MAX_VALUE)
                            .readNBytes(SapErrorMessage.BODY_BYTES_MAX));
            throw ODataProblem.SAP_ANSWER_MALFORMED.because("GET %s returned %s instead of %s: %s"
                    .formatted(
                            SapErrorMessage.shown(target), SapErrorMessage.oneLine(type, 60), format, message.text()));
        }
    }

    private static Transfer.Decoded decoded(Transfer answer, long bytesMax) throws IOException {
        return new Transfer.Decoded(answer, answer.header(HeaderNames.CONTENT_ENCODING), bytesMax);
    }

    /** Reads to the end of the response, which shows that it is complete and releases the connection. */
    private static void drain(Transfer answer) throws IOException {
        if (answer.read() >= 0) {
            throw new IOException("something follows its end");
        }
    }

    private static Failure cutOff(Target target, IOException broken) {
        return ODataProblem.SAP_ANSWER_MALFORMED.because(
                "the response to GET %s is truncated or damaged: %s"
                        .formatted(SapErrorMessage.shown(target), broken.getMessage()),
                broken);
    }

    private static final String ROOT = "/sap/opu/odata";

    /** A namespace has at most ten characters, its slashes included; the version may follow the name. */
    private static final Pattern NAMESPACED = Pattern.compile("/[A-Z0-9_]{1,8}/[A-Z0-9_]+(;v=[0-9]+)?");

    /** Whether a text is a technical name with its namespace. */
    public static boolean isNamespaced(String service) {
        return NAMESPACED.matcher(service).matches();
    }

    /**
     * The path of a service.
     *
     * @param service its path, which is returned as it is, or its technical name with a namespace
     * @param sibling the path of a service on the same host. If a proxy publishes it elsewhere than SAP does, every text
     *     is a path, since a proxy's paths may look like names
     */
    public static String pathOf(String service, String sibling) {
        boolean atSap = sibling.toLowerCase(Locale.ROOT).startsWith(ROOT + "/");
        return atSap && isNamespaced(service) ? ROOT + service : service;
    }
}
