package io.imaint.checks;

import static io.imaint.checks.ScopeTable.EVERYWHERE;
import static io.imaint.checks.ScopeTable.PERSONAL;
import static io.imaint.checks.ScopeTable.unscoped;

import io.imaint.checks.ScopeRow.Unscoped;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.PlantScope;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The rows of the management of the gateway, which serves all plants. Proxies come as bundles; here there is none. */
final class GatewayRows {
    private static final String ALL_PLANTS = "the gateway serves all plants";
    private static final String API = "/api/api-management";
    private static final String ABSENT = "api-entity-not-found";
    private static final String NO_VERSION = "precondition-required";
    private static final String PROVIDER = """
            {"type": "internet", "host": "127.0.0.1", "port": 1}""";

    private final ServedCatalogue program;
    private final Caller owner = new Caller(EVERYWHERE, permission -> true, PlantScope.ALL);
    private final AtomicInteger made = new AtomicInteger();

    GatewayRows(ServedCatalogue program) {
        this.program = program;
    }

    List<ScopeRow> rows() {
        return Stream.of(
                        providers(),
                        maps(),
                        stores(),
                        proxies(),
                        products(),
                        applications("/applications"),
                        hub(),
                        figures())
                .flatMap(List::stream)
                .toList();
    }

    private List<ScopeRow> providers() {
        var one = "/providers/{name}";
        return List.of(
                shared("GET /providers"),
                made("POST /providers", () -> named("settings", PROVIDER)),
                of("GET " + one, this::newProvider, null),
                of("PUT " + one, this::newProvider, PROVIDER),
                of("DELETE " + one, this::newProvider, null),
                of("POST " + one + "/test-connection", () -> newProvider() + "/test-connection", null),
                absent("GET " + one + "/services", null));
    }

    private List<ScopeRow> maps() {
        var one = "/key-value-maps/{scope}/{name}";
        return List.of(
                shared("GET /key-value-maps"),
                made("POST /key-value-maps", this::map),
                of("GET " + one, this::newMap, null),
                of("PUT " + one, this::newMap, "{\"entries\": []}"),
                of("DELETE " + one, this::newMap, null));
    }

    private List<ScopeRow> stores() {
        var one = "/certificate-stores/{name}";
        var entry = one + "/entries/{alias}";
        return List.of(
                shared("GET /certificate-stores"),
                made("POST /certificate-stores", () -> "{\"name\": \"%s\"}".formatted(name())),
                of("GET " + one, this::newCertificates, null),
                of("DELETE " + one, this::newCertificates, null),
                refused(
                        "PUT " + entry,
                        NO_VERSION,
                        () -> newCertificates() + "/entries/a",
                        "{\"certificates\": \"none\"}"),
                refused("DELETE " + entry, NO_VERSION, () -> newCertificates() + "/entries/a", null));
    }

    private List<ScopeRow> proxies() {
        var one = "/proxies/{name}";
        var text = "{\"text\": \"none\"}";
        return List.of(
                shared("GET /proxies"),
                refused("POST /proxies", ABSENT, () -> API + "/proxies", """
                        {"name": "New", "provider": "None", "service": "NONE", "basePath": "/new"}"""),
                refused("POST /import", "body-unsupported", () -> API + "/import", "{}"),
                absent("GET " + one, null),
                refused("DELETE " + one, NO_VERSION, () -> API + "/proxies/None", null),
                absent("GET " + one + "/bundle", null),
                absent("GET " + one + "/revisions", null),
                absent("POST " + one + "/deploy", null),
                absent("POST " + one + "/undeploy", null),
                absent("POST " + one + "/rollback", null),
                absent("POST " + one + "/synchronize", null),
                refused("GET " + one + "/diff", ABSENT, () -> API + "/proxies/None/diff?from=1", null),
                absent("GET " + one + "/files", null),
                refused("GET " + one + "/file", ABSENT, () -> API + "/proxies/None/file?path=a.xml", null),
                refused("PUT " + one + "/file", NO_VERSION, () -> API + "/proxies/None/file?path=a.xml", text),
                refused("DELETE " + one + "/file", NO_VERSION, () -> API + "/proxies/None/file?path=a.xml", null),
                refused("POST " + one + "/file/check", ABSENT, () -> API + "/proxies/None/file/check?path=a.xml", text),
                of("GET " + one + "/policy-times", () -> API + "/proxies/None/policy-times", null));
    }

    private List<ScopeRow> products() {
        var one = "/products/{name}";
        return List.of(
                shared("GET /products"),
                made("POST /products", () -> named("settings", "{}")),
                of("GET " + one, this::newProduct, null),
                of("PUT " + one, this::newProduct, "{\"title\": \"Changed\"}"),
                of("DELETE " + one, this::newProduct, null),
                refused("POST " + one + "/publish", NO_VERSION, () -> newProduct() + "/publish", null),
                refused("POST " + one + "/unpublish", NO_VERSION, () -> newProduct() + "/unpublish", null));
    }

    /** What administrators do with everybody's applications, and owners with their own. */
    private List<ScopeRow> applications(String root) {
        var one = root + "/{id}";
        var subscription = one + "/subscriptions/{product}";
        var key = one + "/keys/{key}";
        Supplier<String> made = () -> newApplication(root);
        var rows = List.<ScopeRow>of(
                shared("GET " + root),
                made("POST " + root, this::application),
                of("GET " + one, made, null),
                of("PUT " + one, made, "{\"title\": \"Changed\"}"),
                of("DELETE " + one, made, null),
                refused("PUT " + subscription, ABSENT, () -> made.get() + "/subscriptions/None", null),
                of("DELETE " + subscription, () -> made.get() + "/subscriptions/None", null),
                of("POST " + one + "/keys", () -> made.get() + "/keys", null),
                refused("POST " + key + "/rotate", ABSENT, () -> made.get() + "/keys/none/rotate", null),
                refused("POST " + key + "/revoke", ABSENT, () -> made.get() + "/keys/none/revoke", null));
        var decisions = List.<ScopeRow>of(
                of("POST " + one + "/approve", () -> made.get() + "/approve", null),
                of("POST " + one + "/revoke", () -> made.get() + "/revoke", null),
                refused(
                        "POST " + subscription + "/approve",
                        ABSENT,
                        () -> made.get() + "/subscriptions/None/approve",
                        null),
                refused(
                        "POST " + subscription + "/revoke",
                        ABSENT,
                        () -> made.get() + "/subscriptions/None/revoke",
                        null));
        return root.startsWith("/hub")
                ? rows
                : Stream.of(rows, decisions).flatMap(List::stream).toList();
    }

    private List<ScopeRow> hub() {
        return Stream.of(
                        List.<ScopeRow>of(
                                shared("GET /hub/products"),
                                absent("POST /hub/products/{name}/test", "{\"method\": \"GET\", \"path\": \"/none\"}")),
                        applications("/hub/applications"))
                .flatMap(List::stream)
                .toList();
    }

    private List<ScopeRow> figures() {
        return List.of(
                shared("POST /reseal"),
                shared("GET /analytics"),
                shared("GET /analytics/time-series"),
                shared("GET /perimeter"),
                shared("GET /perimeter/decisions"),
                shared("GET /traces"),
                new Unscoped(route("POST /traces"), ALL_PLANTS, () -> API + "/traces", () -> "{\"seconds\": 1}", ""),
                refused("GET /traces/{id}", "trace-not-found", () -> API + "/traces/none", null),
                of("DELETE /traces/{id}", () -> API + "/traces/none", null));
    }

    private static String route(String route) {
        return route.replaceFirst(" ", " " + API);
    }

    private static ScopeRow shared(String route) {
        return unscoped(route(route), route.contains("/hub/") ? PERSONAL : ALL_PLANTS);
    }

    private static ScopeRow made(String route, Supplier<@Nullable String> body) {
        return new Unscoped(route(route), ALL_PLANTS, () -> API + route.substring(route.indexOf(' ') + 1), body, "");
    }

    private static ScopeRow of(String route, Supplier<String> target, @Nullable String body) {
        return unscoped(route(route), ALL_PLANTS, target, body);
    }

    private static ScopeRow absent(String route, @Nullable String body) {
        return refused(
                route,
                ABSENT,
                () -> API + route.substring(route.indexOf(' ') + 1).replace("{name}", "None"),
                body);
    }

    private static ScopeRow refused(String route, String code, Supplier<String> target, @Nullable String body) {
        return new Unscoped(route(route), ALL_PLANTS, target, () -> body, code);
    }

    private String name() {
        return "Matrix" + made.incrementAndGet();
    }

    private String named(String field, String value) {
        return "{\"name\": \"%s\", \"%s\": %s}".formatted(name(), field, value);
    }

    private String map() {
        return "{\"scope\": \"ENVIRONMENT\", \"name\": \"%s\"}".formatted(name());
    }

    private String newProvider() {
        return program.make(owner, API + "/providers", named("settings", PROVIDER));
    }

    private String newMap() {
        return program.make(owner, API + "/key-value-maps", map());
    }

    private String newCertificates() {
        return program.make(owner, API + "/certificate-stores", "{\"name\": \"%s\"}".formatted(name()));
    }

    private String newProduct() {
        return program.make(owner, API + "/products", named("settings", "{}"));
    }

    private String newApplication(String root) {
        return program.make(owner, API + root, application());
    }

    /** The application to be made next; those before go, since nobody has many. */
    private String application() {
        var own = API + "/hub/applications";
        for (var old : program.send(owner, "GET", own, null).json().get("items")) {
            var path = own + '/' + old.get("id").asString();
            program.send(
                    owner,
                    "DELETE",
                    path,
                    null,
                    "If-Match",
                    program.send(owner, "GET", path, null).header("etag"));
        }
        return "{\"name\": \"%s\"}".formatted(name());
    }
}
