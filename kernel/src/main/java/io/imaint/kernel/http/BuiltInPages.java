package io.imaint.kernel.http;

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

/** The pages that every server has: health, metrics, the API's description and its documentation. */
final class BuiltInPages {
    /** Lets the documentation load its own script and style and call this server, and nothing else. */
    private static final String DOCS_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; "
            + "connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final String HARMLESS = "describes the API, holds no data";
    private static final String PROBED = "probed by platforms that have no account; holds no business data";

    record Live(@Description("Always 'live'.") String status) {}

    record TargetHealth(
            String name,
            boolean ready,
            @Description("A description in one line.") String detail) {}

    record Health(
            @Description("'ready' when every target is ready, otherwise 'not ready'.")
            String status,

            @Description("The targets in this process.") List<TargetHealth> targets) {}

    private BuiltInPages() {}

    /** The pages by their paths. */
    static SequencedMap<String, BuiltInPage> of(
            Supplier<? extends SequencedMap<String, Readiness>> readiness, Telemetry telemetry, List<Route> routes) {
        var pages = new LinkedHashMap<String, BuiltInPage>();
        var described = Json.bytes(new OpenApi(routes).document());
        List.of(
                        new BuiltInPage("/", "Leads to the documentation", HARMLESS, BuiltInPages::toDocs),
                        new BuiltInPage(
                                "/health/live", "Reports that the process responds", PROBED, BuiltInPages::live),
                        new BuiltInPage(
                                "/health/ready",
                                "Reports whether every target is ready",
                                PROBED,
                                () -> health(readiness.get())),
                        new BuiltInPage("/metrics", "Metrics for Prometheus", PROBED, () -> metrics(telemetry)),
                        new BuiltInPage(
                                "/openapi.json",
                                "The API's description in OpenAPI 3.1",
                                HARMLESS,
                                () -> Answer.of(200, "application/json", described)),
                        file("/docs", "docs.html", "text/html; charset=utf-8"),
                        file("/docs/docs.css", "docs.css", "text/css; charset=utf-8"),
                        file("/docs/docs.js", "docs.js", "text/javascript; charset=utf-8"))
                .forEach(page -> pages.put(page.path(), page));
        return pages;
    }

    private static Answer toDocs() {
        return Answer.of(302, "text/plain; charset=utf-8", "See /docs\n".getBytes(StandardCharsets.UTF_8))
                .with("Location", "/docs");
    }

    private static Answer live() {
        return Answer.json(200, new Live("live"));
    }

    private static Answer health(Map<String, Readiness> report) {
        var targets = report.entrySet().stream()
                .map(entry -> new TargetHealth(
                        entry.getKey(),
                        entry.getValue().ready(),
                        entry.getValue().detail()))
                .toList();
        boolean ready = targets.stream().allMatch(TargetHealth::ready);
        var body = Json.bytes(new Health(ready ? "ready" : "not ready", targets));
        return Answer.of(ready ? 200 : 503, "application/json", body);
    }

    private static Answer metrics(Telemetry telemetry) {
        var text = telemetry.scrape().getBytes(StandardCharsets.UTF_8);
        return Answer.of(200, "text/plain; version=0.0.4; charset=utf-8", text);
    }

    private static BuiltInPage file(String path, String name, String mediaType) {
        try (var stream = BuiltInPages.class.getResourceAsStream(name)) {
            if (stream == null) {
                throw new AssertionError(name + " is not packed");
            }
            var answer = Answer.of(200, mediaType, stream.readAllBytes()).with("Content-Security-Policy", DOCS_POLICY);
            return new BuiltInPage(path, "The documentation", HARMLESS, () -> answer);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
