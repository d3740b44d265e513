package io.imaint.kernel.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SequencedMap;

/** The description of all routes in OpenAPI 3.1, made from their declarations. */
final class OpenApi {
    private static final String PROBLEM = "#/components/responses/Problem";

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
                "description", "The connected worker's view of SAP Plant Maintenance. Failures are RFC 9457 problems.");
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
            case Route.Access.Anonymous anonymous -> {
                operation.put("description", "Open to everybody: " + anonymous.reason() + ".");
                operation.put("security", List.of());
            }
        }
        var parameters = route.parameters();
        if (parameters != null) {
            operation.put(
                    "parameters", parameters.all().stream().map(this::parameter).toList());
        }
        var body = route.body();
        if (body != null) {
            var content = Map.of(Body.MEDIA_TYPE, Map.of("schema", schemas.sent(body.type())));
            operation.put("requestBody", Map.of("required", true, "content", content));
        }
        operation.put("responses", responses(route));
        return operation;
    }

    private Map<String, Object> responses(Route route) {
        var responses = new LinkedHashMap<String, Object>();
        switch (route.work()) {
            case Route.Work.Answers answers -> responses.put(Integer.toString(answers.status()), success(answers));
            case Route.Work.Streams streams ->
                responses.put("200", success(Opening.MEDIA_TYPE, schemas.of(streams.type())));
        }
        responses.put("400", Map.of("$ref", PROBLEM));
        if (route.access() instanceof Route.Access.Permits) {
            responses.put("401", Map.of("$ref", PROBLEM));
            responses.put("403", Map.of("$ref", PROBLEM));
        }
        if (!route.path().variables().isEmpty()) {
            responses.put("404", Map.of("$ref", PROBLEM));
        }
        if (route.body() != null) {
            responses.put("413", Map.of("$ref", PROBLEM));
            responses.put("415", Map.of("$ref", PROBLEM));
        }
        responses.put("default", Map.of("$ref", PROBLEM));
        return responses;
    }

    private Map<String, Object> probe(String name, String summary, Class<?> type) {
        var operation = new LinkedHashMap<String, Object>();
        operation.put("operationId", "health-" + name);
        operation.put("tags", List.of("health"));
        operation.put("summary", summary);
        operation.put("security", List.of());
        operation.put(
                "responses",
                Map.of("200", success("application/json", schemas.of(type)), "default", Map.of("$ref", PROBLEM)));
        if (type == BuiltInPages.Health.class) {
            operation.put(
                    "responses",
                    Map.of(
                            "200",
                            success("application/json", schemas.of(type)),
                            "503",
                            success("application/json", schemas.of(type))));
        }
        return operation;
    }

    private Map<String, Object> success(Route.Work.Answers answers) {
        if (answers.type() == NoContent.class) {
            return Map.of("description", "It is done.");
        }
        return success(
                "application/json", answers.listing() ? schemas.listing(answers.type()) : schemas.of(answers.type()));
    }

    private static Map<String, Object> success(String mediaType, Map<String, Object> schema) {
        var response = new LinkedHashMap<String, Object>();
        response.put("description", mediaType.equals(Opening.MEDIA_TYPE) ? "The events' data." : "The answer.");
        response.put("content", Map.of(mediaType, Map.of("schema", schema)));
        return response;
    }

    private Map<String, Object> parameter(Parameter parameter) {
        var described = new LinkedHashMap<String, Object>();
        described.put("name", parameter.name());
        described.put("in", parameter.inPath() ? "path" : "query");
        described.put("required", parameter.required());
        var description = parameter.declared().getAnnotation(Description.class);
        if (description != null) {
            described.put("description", description.value());
        }
        described.put("schema", schemas.of(parameter));
        if (parameter.isList()) { // Values parted by commas; repeating the parameter works as well.
            described.put("style", "form");
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
