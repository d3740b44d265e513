package io.imaint.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The published description of the tests' routes, against which every answer they give is validated. */
@NullMarked
final class Published {
    private static final List<Route> ROUTES = Stream.of(new Plant(), new Notes())
            .flatMap(service -> service.routes().stream())
            .toList();
    private static final Routes FOUND = new Routes(ROUTES);
    static final JsonNode DOCUMENT = new JsonMapper().readTree(Json.bytes(new OpenApi(ROUTES).document()));
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Map<JsonNode, Schema> SCHEMAS = new ConcurrentHashMap<>();

    private Published() {}

    /** Validates an answer of one of the routes: status, headers and body. */
    static void check(String method, String target, RawClient.Reply reply) {
        var path = target.split("\\?", -1)[0];
        var effective = method.equals("HEAD") ? "GET" : method;
        var route = path.startsWith("/")
                ? FOUND.find(PathTemplate.parts(path))
                        .map(methods -> methods.get(effective))
                        .orElse(null)
                : null;
        if (route == null || reply.status() < 200) {
            return;
        }
        var responses = DOCUMENT.get("paths")
                .get(route.path().text())
                .get(effective.toLowerCase(Locale.ROOT))
                .get("responses");
        var status = Integer.toString(reply.status());
        assertThat(responses.has(status) || reply.status() >= 500 || reply.status() == 431 || reply.status() == 414)
                .as("%s may answer %s", route, status)
                .isTrue();
        var response = resolved(responses.has(status) ? responses.get(status) : responses.get("default"));
        if (response.has("headers")) {
            for (var header : response.get("headers").propertyNames()) {
                if (!header.startsWith("RateLimit")) {
                    assertThat(reply.header(header.toLowerCase(Locale.ROOT)))
                            .as(header)
                            .isNotEmpty();
                }
            }
        }
        var mediaType = reply.header("content-type");
        if (mediaType.contains("json")
                && reply.body().length > 0
                && !reply.headers().containsKey("content-encoding")) {
            assertValid(response.get("content").get(mediaType).get("schema"), reply.json());
        }
    }

    static void assertValid(JsonNode schema, JsonNode instance) {
        var errors = SCHEMAS.computeIfAbsent(schema, Published::compiled)
                .validate(instance, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
        assertThat(errors).as("%s against %s", instance, schema).isEmpty();
    }

    static boolean valid(JsonNode schema, JsonNode instance) {
        return SCHEMAS.computeIfAbsent(schema, Published::compiled)
                .validate(instance, context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)))
                .isEmpty();
    }

    private static Schema compiled(JsonNode schema) {
        var whole = new JsonMapper().createObjectNode();
        whole.set("components", DOCUMENT.get("components"));
        whole.putArray("allOf").add(schema);
        return REGISTRY.getSchema(whole);
    }

    private static JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? DOCUMENT.at(node.get("$ref").asString().substring(1)) : node;
    }
}
