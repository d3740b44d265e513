package io.imaint.kernel.http;

import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.service.Readiness;
import io.imaint.kernel.telemetry.Telemetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The pages that every server has: health, metrics, the API's description and its documentation. */
final class BuiltInPages {
    /** Lets the documentation load its own script and style and call this server, and nothing else. */
    private static final String DOCS_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String HARMLESS = "describes the API, holds no data";
    private static final String PROBED =
            "probed by platforms that have no account; holds no business data, and reasons only for metrics.read";

    private static final String METERED = "says how much is used, by which routes";
    private static final Permission METRICS_READ = new Permission("metrics.read");

    record Live(@Description("Always 'live'.") String status) {}

    record TargetHealth(
            String name,
            boolean ready,

            @Description("A description in one line; empty for callers without the permission metrics.read.")
            String detail) {}

    record Health(
            @Description("'ready' when every target is ready, otherwise 'not ready'.")
            String status,

            @Description("The targets in this process.") List<TargetHealth> targets) {}

    private final Supplier<? extends SequencedMap<String, Readiness>> readiness;
    private final Telemetry telemetry;

    BuiltInPages(Supplier<? extends SequencedMap<String, Readiness>> readiness, Telemetry telemetry) {
        this.readiness = readiness;
        this.telemetry = telemetry;
    }

    /**
     * The pages of the API's port by their paths.
     *
     * @param bare whether nothing else answers at the top, so that it leads to the documentation
     */
    SequencedMap<String, BuiltInPage> ofApi(List<Route> routes, boolean bare) {
        var described = Answer.of(200, "application/json", Json.bytes(new OpenApi(routes).document()));
        var pages = byPath(
                live(),
                ready(METRICS_READ),
                metrics(METRICS_READ),
                BuiltInPage.same("/openapi.json", "The API's description in OpenAPI 3.1", HARMLESS, described),
                file("/docs", "docs.html", "text/html; charset=utf-8"),
                file("/docs/docs.css", "docs.css", "text/css; charset=utf-8"),
                file("/docs/docs.js", "docs.js", "text/javascript; charset=utf-8"));
        if (bare) {
            pages.put("/", BuiltInPage.same("/", "Leads to the documentation", HARMLESS, toDocs()));
        }
        return pages;
    }

    /** The pages of the port for health and metrics by their paths; whoever reaches it is trusted to read them. */
    SequencedMap<String, BuiltInPage> ofHealth() {
        return byPath(live(), ready(null), metrics(null));
    }

    private static SequencedMap<String, BuiltInPage> byPath(BuiltInPage... pages) {
        var byPath = new LinkedHashMap<String, BuiltInPage>();
        List.of(pages).forEach(page -> byPath.put(page.path(), page));
        return byPath;
    }

    private static BuiltInPage live() {
        var answer = Answer.json(200, new Live("live"));
        return BuiltInPage.same("/health/live", "Reports that the process responds", PROBED, answer);
    }

    /** @param detailed what a caller needs to see the reasons; null for nothing */
    private BuiltInPage ready(@Nullable Permission detailed) {
        return new BuiltInPage(
                "/health/ready",
                "Reports whether every target is ready",
                null,
                PROBED,
                false,
                rights -> health(readiness.get(), detailed == null || rights.test(detailed)));
    }

    private BuiltInPage metrics(@Nullable Permission permission) {
        return new BuiltInPage("/metrics", "Metrics for Prometheus", permission, METERED, false, rights -> {
            var text = telemetry.scrape().getBytes(StandardCharsets.UTF_8);
            return Answer.of(200, "text/plain; version=0.0.4; charset=utf-8", text);
        });
    }

    private static Answer toDocs() {
        return Answer.of(302, "text/plain; charset=utf-8", "See /docs\n".getBytes(StandardCharsets.UTF_8))
                .with("Location", "/docs");
    }

    private static Answer health(Map<String, Readiness> report, boolean detailed) {
        var targets = report.entrySet().stream()
                .map(entry -> new TargetHealth(
                        entry.getKey(),
                        entry.getValue().ready(),
                        detailed ? entry.getValue().detail() : ""))
                .toList();
        boolean ready = targets.stream().allMatch(TargetHealth::ready);
        var body = Json.bytes(new Health(ready ? "ready" : "not ready", targets));
        return Answer.of(ready ? 200 : 503, "application/json", body);
    }

    private static BuiltInPage file(String path, String name, String mediaType) {
        try (var stream = BuiltInPages.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new AssertionError(name + " is not packed");
            }
            var answer = Answer.of(200, mediaType, stream.readAllBytes()).with("Content-Security-Policy", DOCS_POLICY);
            return BuiltInPage.same(path, "The documentation", HARMLESS, answer);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
