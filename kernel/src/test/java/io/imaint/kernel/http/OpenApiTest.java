package io.imaint.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.problem.Failure;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@NullMarked
class OpenApiTest {
    private static final List<Route> ROUTES = Stream.of(new Plant(), new Notes())
            .flatMap(service -> service.routes().stream())
            .toList();
    private static final JsonNode DOCUMENT = Published.DOCUMENT;

    @Test
    void describesEveryRoute() {
        assertThat(DOCUMENT.get("openapi").asString()).isEqualTo("3.1.0");
        for (var route : ROUTES) {
            var operation = operation(route);
            assertThat(operation.get("summary").asString()).isEqualTo(route.summary());
            assertThat(operation.get("tags")).hasSize(1);
            assertThat(operation.get("responses").propertyNames()).anyMatch(status -> status.startsWith("2"));
            assertThat(operation.has("requestBody")).isEqualTo(route.input().body() != null);
            assertThat(operation.get("responses").has("default")).isTrue();
            assertThat(operation.get("responses").has("401"))
                    .isNotEqualTo(route.access() instanceof Route.Access.Anonymous);
            for (var variable : route.path().variables()) {
                assertThat(operation.get("parameters").findValuesAsString("name"))
                        .contains(variable);
            }
        }
    }

    private static JsonNode operation(Route route) {
        return DOCUMENT.get("paths").get(route.path().text()).get(route.method().toLowerCase(Locale.ROOT));
    }

    @Test
    void describesBodiesWithWhatTheyMustHave() {
        var post = DOCUMENT.get("paths").get("/api/work-orders").get("post");
        assertThat(post.at("/requestBody/content/application~1json/schema/$ref").asString())
                .endsWith("/NewOrderBody");
        assertThat(post.get("responses").propertyNames())
                .contains("201", "413", "415")
                .doesNotContain("200");
        var body = DOCUMENT.at("/components/schemas/NewOrderBody");
        assertThat(body.get("required").toString()).isEqualTo("[\"description\"]");
        assertThat(body.get("additionalProperties").asBoolean()).isFalse();
        assertThat(body.at("/properties/steps/items/$ref").asString()).endsWith("/NewStepBody");
        var delete = DOCUMENT.get("paths").get("/api/notes/{id}").get("delete");
        assertThat(delete.at("/responses/204").has("content")).isFalse();
    }

    @Test
    void describesStreamsOfEvents() {
        var follow = DOCUMENT.get("paths").get("/api/work-order-events").get("get");
        assertThat(follow.at("/responses/200/content/text~1event-stream/schema/$ref")
                        .asString())
                .endsWith("/Step");
    }

    @Test
    void givesEveryOperationAnIdOfItsOwn() {
        var ids = DOCUMENT.get("paths").findValuesAsString("operationId");
        assertThat(ids).hasSize(ROUTES.size() + 2).doesNotHaveDuplicates().contains("get-api-work-orders-orderNumber");
    }

    @Test
    void resolvesEveryReference() {
        var references = new HashSet<>(DOCUMENT.findValuesAsString("$ref"));
        assertThat(references).isNotEmpty();
        for (var reference : references) {
            assertThat(reference).startsWith("#/");
            assertThat(DOCUMENT.at(reference.substring(1)).isMissingNode())
                    .as(reference)
                    .isFalse();
        }
    }

    @Test
    void describesFieldsWithTheirFormsAndNulls() {
        var order = DOCUMENT.at("/components/schemas/Order");
        assertThat(order.at("/properties/orderNumber/description").asString()).startsWith("The order's number");
        assertThat(order.at("/properties/dueDate/type").toString()).isEqualTo("[\"string\",\"null\"]");
        assertThat(order.at("/properties/dueDate/format").asString()).isEqualTo("date");
        assertThat(order.at("/properties/changedAt/format").asString()).isEqualTo("date-time");
        assertThat(order.at("/properties/hours/type").asString()).isEqualTo("number");
        assertThat(order.at("/properties/priority/anyOf/0/enum").toString()).isEqualTo("[\"LOW\",\"VERY_HIGH\"]");
        assertThat(order.at("/properties/steps/items/$ref").asString()).endsWith("/Step");
        assertThat(order.get("required")).hasSize(6);
        var step = DOCUMENT.at("/components/schemas/Step/properties/following/anyOf");
        assertThat(step.toString()).contains("Step").contains("null");
        assertThat(DOCUMENT.at("/components/schemas/OrderListing/properties/items/items/$ref")
                        .asString())
                .endsWith("/Order");
    }

    @Test
    void describesParametersWithTheirRangesAndDefaults() {
        var parameters = DOCUMENT.at("/paths").get("/api/work-orders").at("/get/parameters");
        var size = StreamSupport.stream(parameters.spliterator(), false)
                .filter(parameter -> parameter.get("name").asString().equals("pageSize"))
                .findFirst()
                .orElseThrow();
        assertThat(size.get("in").asString()).isEqualTo("query");
        assertThat(size.get("required").asBoolean()).isFalse();
        assertThat(size.get("schema").toString())
                .isEqualTo("{\"type\":\"integer\",\"format\":\"int32\",\"minimum\":1,\"maximum\":1000,\"default\":20}");
    }

    @Test
    void opensOnlyWhatIsAnonymous() {
        assertThat(DOCUMENT.at("/components/securitySchemes/token/scheme").asString())
                .isEqualTo("bearer");
        assertThat(DOCUMENT.at("/security/0").has("token")).isTrue();
        assertThat(DOCUMENT.get("paths").get("/api/hello").at("/get/security")).isEmpty();
        assertThat(DOCUMENT.get("paths").get("/api/work-orders").get("get").has("security"))
                .isFalse();
    }

    private static JsonNode operation(String path, String method) {
        return DOCUMENT.get("paths").get(path).get(method);
    }

    private static List<String> parameterNames(JsonNode operation) {
        return operation.get("parameters").findValuesAsString("name");
    }

    @Test
    void describesWhatMakesWritesSafe() {
        var post = operation("/api/notes", "post");
        assertThat(parameterNames(post)).containsExactly("Idempotency-Key");
        assertThat(post.at("/responses/201/headers").propertyNames()).contains("ETag", "Location", "RateLimit");
        assertThat(post.get("responses").propertyNames())
                .contains("409", "422", "429")
                .doesNotContain("412", "428");
        var put = operation("/api/notes/{id}", "put");
        assertThat(parameterNames(put)).containsExactly("id", "If-Match");
        assertThat(put.at("/parameters/1/required").asBoolean()).isTrue();
        assertThat(put.get("responses").propertyNames()).contains("404", "412", "428");
        var get = operation("/api/notes/{id}", "get");
        assertThat(parameterNames(get)).containsExactly("id", "If-None-Match");
        assertThat(get.get("responses").propertyNames()).contains("304");
        var mark = operation("/api/notes/{id}/mark", "post");
        assertThat(mark.get("responses").propertyNames()).contains("412").doesNotContain("428");
        assertThat(parameterNames(mark)).containsExactly("id", "X-Mark", "If-Match");
    }

    @Test
    void describesPatchesAndFiles() {
        var patch = operation("/api/notes/{id}", "patch").at("/requestBody/content");
        assertThat(patch.propertyNames()).containsExactly("application/merge-patch+json", "application/json");
        var schema = DOCUMENT.at("/components/schemas/NoteInputPatch");
        assertThat(schema.has("required")).isFalse();
        assertThat(schema.at("/properties/title/type").asString()).isEqualTo("string");
        assertThat(schema.at("/properties/importance").toString()).contains("null");
        var upload = operation("/api/notes/{id}/file", "put").get("requestBody");
        assertThat(upload.get("content").propertyNames()).containsExactly("image/png", "application/octet-stream");
        assertThat(upload.get("description").asString()).contains("3,145,728 bytes");
        assertThat(operation("/api/notes/{id}/file", "get").get("responses").propertyNames())
                .contains("200", "206", "304", "416");
    }

    @Test
    void publishesWhatIsDemandedOfEachField() {
        var note = DOCUMENT.at("/components/schemas/NoteInputBody");
        assertThat(note.get("required").toString()).isEqualTo("[\"title\"]");
        assertThat(note.at("/properties/title/maxLength").asInt()).isEqualTo(40);
        assertThat(note.at("/properties/hours/maximum").asInt()).isEqualTo(24);
        assertThat(note.at("/properties/at/format").asString()).isEqualTo("time-local");
        assertThat(note.at("/properties/at/pattern").asString()).startsWith("^");
        assertThat(note.at("/properties/equipment/maxLength").asInt()).isEqualTo(18);
        assertThat(note.at("/properties/codes/maxItems").asInt()).isEqualTo(3);
        assertThat(note.at("/properties/codes/items/pattern").asString()).isEqualTo("^(?:[A-Z]{1,4})$");
        assertThat(note.at("/properties/importance/default").asString()).isEqualTo("MEDIUM");
        assertThat(note.at("/properties/urgent/default").isBoolean()).isTrue();
    }

    /** What the schema lets through is read, and what it stops is refused, as far as a schema can say it. */
    @Test
    void demandsExactlyWhatItPublishes() {
        var schema = DOCUMENT.at("/components/schemas/NoteInputBody");
        var mapper = new JsonMapper();
        var fields = Map.ofEntries(
                Map.entry("title", List.of("\"x\"", "\"\"", "null", "7", "\"" + "x".repeat(41) + "\"")),
                Map.entry("text", List.of("\"x\"", "null", "7", "\"" + "x".repeat(1001) + "\"")),
                Map.entry("importance", List.of("\"HIGH\"", "null", "\"NONE\"")),
                Map.entry("hours", List.of("0", "24", "7.25", "24.01", "-0.5", "\"7\"", "null")),
                Map.entry("dueOn", List.of("\"2026-03-31\"", "null", "\"31.03.2026\"", "\"2026-02-30\"")),
                Map.entry("at", List.of("\"07:30\"", "\"07:30:15.5\"", "\"07:30:00Z\"", "\"24:00\"", "null")),
                Map.entry("changedAt", List.of("\"2026-03-31T08:15:00Z\"", "\"2026-03-31\"", "null")),
                Map.entry("every", List.of("\"PT5M\"", "\"P1DT2H\"", "\"P\"", "\"P1Y\"", "\"soon\"", "null")),
                Map.entry("equipment", List.of("\"4711\"", "\" \"", "\"" + "9".repeat(19) + "\"", "null", "4711")),
                Map.entry(
                        "codes", List.of("[]", "[\"AB\"]", "[\"ab\"]", "[null]", "null", "[\"A\",\"B\",\"C\",\"D\"]")),
                Map.entry("counts", List.of("{}", "{\"a\": 1}", "{\"a\": \"1\"}", "null")),
                Map.entry("urgent", List.of("true", "null", "\"true\"")),
                Map.entry("place", List.of("{\"plant\": \"1000\"}", "{}", "{\"plant\": \"10000\"}", "null")),
                Map.entry("colour", List.of("1")));
        fields.forEach((name, values) -> values.forEach(value -> {
            var title = name.equals("title") ? "" : "\"title\": \"x\", ";
            var json = "{%s\"%s\": %s}".formatted(title, name, value);
            assertThat(reads(json)).as(json).isEqualTo(Published.valid(schema, mapper.readTree(json)));
        }));
    }

    private static boolean reads(String json) {
        try {
            JsonBody.read(Notes.NoteInput.class, JsonBody.tree(json.getBytes(StandardCharsets.UTF_8)));
            return true;
        } catch (Failure refused) {
            return false;
        }
    }
}
