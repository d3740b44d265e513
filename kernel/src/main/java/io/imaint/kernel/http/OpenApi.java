package io.imaint.kernel.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The description of all routes in OpenAPI 3.1, made from their declarations. */
final class OpenApi {
    private static final Map<String, Object> PROBLEM = Map.of("$ref", "#/components/responses/Problem");
    private static final String ETAG = "ETag";
    private static final String LOCATION = "Location";
    private static final String PREFERENCE_APPLIED = "Preference-Applied";

    /** Forms that answer 304 to a client that has the current version. */
    private static final Set<Route.Form> CONDITIONAL =
            Set.of(Route.Form.VERSIONED, Route.Form.REVALIDATED, Route.Form.DOWNLOAD);

    private static final String ENTITY_TAG = "^\"[!#-~]*\"$";
    private static final String IF_MATCH =
            "The ETag of the version that the client changes. Somebody else's change since is "
                    + "not overwritten: 412, with what stands there now.";

    private final Schemas schemas = new Schemas();
    private final List<Route> routes;

    OpenApi(List<Route> routes) {
        this.routes = routes;
    }

    SequencedMap<String, Object> document() {
        var paths = new LinkedHashMap<String, Map<String, Object>>();
        for (var route : routes) {
            paths.computeIfAbsent(route.path().text(), path -> new LinkedHashMap<>())
                    .put(route.method().toLowerCase(Locale.ROOT), operation(route));
        }
        paths.put(
                "/health/live",
                Map.of("get", probe("live", "Reports that the process responds", BuiltInPages.Live.class)));
        paths.put(
                "/health/ready",
                Map.of("get", probe("ready", "Reports whether every target is ready", BuiltInPages.Health.class)));

        var document = new LinkedHashMap<String, Object>();
        document.put("openapi", "3.1.0");
        document.put("info", info());
        document.put("servers", List.of(Map.of("url", "/")));
        document.put("security", List.of(Map.of("token", List.of())));
        document.put("paths", paths);
        document.put("components", components());
        return document;
    }

    private static Map<String, Object> info() {
        var info = new LinkedHashMap<String, Object>();
        info.put("title", "iMaintenance");
        info.put("version", "1");
        info.put(
                "description",
                "The connected worker's view of SAP Plant Maintenance. Failures are RFC 9457 problems. A query"
                        + " parameter with an empty value counts as absent.");
        return info;
    }

    private Map<String, Object> components() {
        var problem = Map.of(
                "description",
                "What failed and what to do about it.",
                "content",
                Map.of(Problem.MEDIA_TYPE, Map.of("schema", schemas.of(Problem.class))));
        var components = new LinkedHashMap<String, Object>();
        components.put("securitySchemes", Map.of("token", Map.of("type", "http", "scheme", "bearer")));
        components.put("responses", Map.of("Problem", problem));
        components.put("headers", describedHeaders());
        components.put("schemas", schemas.components());
        return components;
    }

    private Map<String, Object> operation(Route route) {
        var operation = new LinkedHashMap<String, Object>();
        operation.put("operationId", operationId(route));
        operation.put("tags", List.of(tag(route)));
        operation.put("summary", route.summary());
        switch (route.access()) {
            case Route.Access.Permits permits ->
                operation.put("description", "Needs the permission `" + permits.permission() + "`.");
            case Route.Access.SignedIn signedIn ->
                operation.put("description", "Open to every caller who has signed in: " + signedIn.reason() + ".");
            case Route.Access.Anonymous anonymous -> {
                operation.put("description", "Open to everybody: " + anonymous.reason() + ".");
                operation.put("security", List.of());
            }
        }
        var parameters = parameters(route);
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        var body = route.input().body();
        if (body != null) {
            operation.put("requestBody", requestBody(body));
        }
        operation.put("responses", responses(route));
        return operation;
    }

    private List<Object> parameters(Route route) {
        var all = new ArrayList<Object>();
        route.input().parameters().stream()
                .filter(parameter -> !parameter.name().equalsIgnoreCase("Content-Type")) // Said by the body.
                .forEach(parameter -> all.add(parameter(parameter)));
        var ifMatch = route.input().ifMatchRequired();
        if (ifMatch != null) {
            all.add(header("If-Match", ifMatch, IF_MATCH, Schemas.matching(ENTITY_TAG)));
        }
        if (route.kept() != null) {
            var description = "Makes the request safe to repeat: the same key with the same content is answered as the "
                    + "first time. Kept for " + route.kept() + ".";
            all.add(header(
                    Idempotency.HEADER, false, description, Schemas.matching("^" + Idempotency.KEY.pattern() + "$")));
        }
        if (conditional(route)) {
            all.add(header(
                    "If-None-Match",
                    false,
                    "The ETag of the version that the client has; 304 when it is still the current one.",
                    Map.of("type", "string")));
        }
        return all;
    }

    /** True for a route that answers 304 to a client that has the current version. */
    private static boolean conditional(Route route) {
        return route.method().equals("GET")
                && route.work() instanceof Route.Work.Answers answers
                && CONDITIONAL.contains(answers.form());
    }

    private static Map<String, Object> header(
            String name, boolean required, String description, Map<String, Object> schema) {
        var header = new LinkedHashMap<String, Object>();
        header.put("name", name);
        header.put("in", "header");
        header.put("required", required);
        header.put("description", description);
        header.put("schema", schema);
        return header;
    }

    private Map<String, Object> requestBody(InputBody body) {
        var content = new LinkedHashMap<String, Object>();
        switch (body.form()) {
            case JSON -> content.put(JsonBody.MEDIA_TYPE, Map.of("schema", schemas.sent(body.type())));
            case PATCH -> {
                var schema = Map.of("schema", schemas.patch(body.type()));
                body.mediaTypes().forEach(type -> content.put(type, schema));
            }
            case BYTES -> {
                var types = body.mediaTypes().isEmpty() ? List.of("*/*") : body.mediaTypes();
                types.forEach(type -> content.put(type, Map.of("schema", Schemas.bytes())));
            }
        }
        var described = new LinkedHashMap<String, Object>();
        if (body.sizeMax() > 0) {
            described.put("description", "At most %,d bytes.".formatted(body.sizeMax()));
        }
        described.put("required", body.required());
        described.put("content", content);
        return described;
    }

    private Map<String, Object> responses(Route route) {
        var responses = new TreeMap<String, Object>(); // In the order of the numbers, "default" last.
        switch (route.work()) {
            case Route.Work.Answers answers -> {
                responses.put(Integer.toString(answers.form().status()), success(answers));
                if (answers.form() == Route.Form.COMMANDED) {
                    responses.put("200", success(answers));
                    responses.put("201", success(answers));
                }
                if (answers.form() == Route.Form.DOWNLOAD) {
                    responses.put("206", success(answers));
                    responses.put("416", PROBLEM);
                }
            }
            case Route.Work.Streams streams ->
                responses.put("200", success(Opening.MEDIA_TYPE, schemas.of(streams.type()), List.of()));
        }
        if (conditional(route)) {
            responses.put(
                    "304", Map.of("description", "The client has the current version.", "headers", headers(ETAG)));
        }
        problems(route).forEach(status -> responses.put(status, PROBLEM));
        return responses;
    }

    /** The statuses with which a route may refuse a request. */
    private static List<String> problems(Route route) {
        var problems = new ArrayList<>(List.of("400", "406", "429", "default"));
        if (!(route.access() instanceof Route.Access.Anonymous)) {
            problems.addAll(List.of("401", "403"));
        }
        if (!route.path().variables().isEmpty()) {
            problems.add("404");
        }
        if (!route.method().equals("GET")) {
            problems.add("409");
        }
        if (route.input().ifMatchRequired() != null) {
            problems.add("412");
        }
        if (Boolean.TRUE.equals(route.input().ifMatchRequired())) {
            problems.add("428");
        }
        if (route.input().body() != null) {
            problems.addAll(List.of("408", "413"));
        }
        if (route.kept() != null || commands(route)) {
            problems.add("422");
        }
        problems.add("415"); // Also for a body that the route does not take.
        return problems;
    }

    private static boolean commands(Route route) {
        return route.work() instanceof Route.Work.Answers answers && answers.form() == Route.Form.COMMANDED;
    }

    private Map<String, Object> probe(String name, String summary, Class<?> type) {
        var operation = new LinkedHashMap<String, Object>();
        operation.put("operationId", "health-" + name);
        operation.put("tags", List.of("health"));
        operation.put("summary", summary);
        operation.put("security", List.of());
        operation.put(
                "responses",
                Map.of("200", success("application/json", schemas.of(type), List.of()), "default", PROBLEM));
        if (type == BuiltInPages.Health.class) {
            operation.put(
                    "responses",
                    Map.of(
                            "200",
                            success("application/json", schemas.of(type), List.of()),
                            "503",
                            success("application/json", schemas.of(type), List.of())));
        }
        return operation;
    }

    private Map<String, Object> success(Route.Work.Answers answers) {
        return switch (answers.form()) {
            case NOTHING -> Map.of("description", "It is done.", "headers", headers());
            case REPLY -> success("*/*", Map.of("type", "object"), List.of(ETAG, LOCATION));
            case DOWNLOAD -> success("*/*", Schemas.bytes(), List.of(ETAG));
            case LISTING -> success(JsonBody.MEDIA_TYPE, schemas.listing(answers.type()), List.of());
            case REVALIDATED -> success(JsonBody.MEDIA_TYPE, schemas.listing(answers.type()), List.of(ETAG));
            case REDIRECT -> Map.of("description", "The browser goes elsewhere.", "headers", headers(LOCATION));
            case RECORD, COOKIES -> success(JsonBody.MEDIA_TYPE, schemas.of(answers.type()), List.of());
            case VERSIONED -> success(JsonBody.MEDIA_TYPE, schemas.of(answers.type()), List.of(ETAG));
            case CREATED -> success(JsonBody.MEDIA_TYPE, schemas.of(answers.type()), List.of(ETAG, LOCATION));
            case ACCEPTED -> success(JsonBody.MEDIA_TYPE, schemas.of(answers.type()), List.of(LOCATION));
            case COMMANDED ->
                success(JsonBody.MEDIA_TYPE, schemas.of(answers.type()), List.of(LOCATION, PREFERENCE_APPLIED));
        };
    }

    private static Map<String, Object> success(String mediaType, Map<String, Object> schema, List<String> headers) {
        var response = new LinkedHashMap<String, Object>();
        response.put("description", mediaType.equals(Opening.MEDIA_TYPE) ? "The events' data." : "The answer.");
        response.put("headers", headers(headers.toArray(String[]::new)));
        response.put("content", Map.of(mediaType, Map.of("schema", schema)));
        return response;
    }

    /** The headers of an answer: these, and those that say how the caller stands. */
    private static Map<String, Object> headers(String... names) {
        return Stream.concat(Stream.of(names), Stream.of("RateLimit", "RateLimit-Policy"))
                .collect(Collectors.toMap(Function.identity(), name -> Map.of("$ref", "#/components/headers/" + name)));
    }

    private static Map<String, Object> describedHeaders() {
        var headers = new LinkedHashMap<String, Object>();
        headers.put(ETAG, header("The version of what is answered, to be sent back as If-Match.", ENTITY_TAG));
        headers.put(LOCATION, header("The path of what was made, or at which progress can be read.", "^/"));
        headers.put(
                PREFERENCE_APPLIED,
                header(
                        "The seconds that the server waited at most, where the client preferred to wait.",
                        "^wait=\\d+$"));
        headers.put(
                "RateLimit",
                header("How many requests remain (r) for how many seconds (t).", "^\"caller\";r=\\d+;t=\\d+$"));
        headers.put(
                "RateLimit-Policy",
                header("How many requests (q) are allowed in how many seconds (w).", "^\"caller\";q=\\d+;w=\\d+$"));
        return headers;
    }

    private static Map<String, Object> header(String description, String pattern) {
        return Map.of("description", description, "schema", Schemas.matching(pattern));
    }

    private Map<String, Object> parameter(Parameter parameter) {
        var described = new LinkedHashMap<String, Object>();
        described.put("name", parameter.name());
        described.put("in", parameter.place().word());
        described.put("required", parameter.required());
        var description = parameter.declared().getAnnotation(Description.class);
        if (description != null) {
            described.put("description", description.value());
        }
        if (parameter.place() == Parameter.Place.QUERY && !parameter.required()) {
            described.put("allowEmptyValue", true);
        }
        described.put("schema", schemas.of(parameter));
        if (parameter.isList()) { // Values parted by commas; repeating the parameter works as well.
            described.put("style", parameter.place() == Parameter.Place.QUERY ? "form" : "simple");
            described.put("explode", false);
        }
        return described;
    }

    /** Method and path in one word, so it is as unique as the route. */
    private static String operationId(Route route) {
        var path = route.path().text().replaceAll("[{}]", "").replaceAll("[^A-Za-z0-9]+", "-");
        return (route.method().toLowerCase(Locale.ROOT) + path).replaceAll("-$", "");
    }

    /** The first segment of the path after {@code /api}: the service's word. */
    private static String tag(Route route) {
        return PathTemplate.parts(route.path().text()).stream()
                .filter(part -> !part.equals("api"))
                .findFirst()
                .orElse("api");
    }
}
