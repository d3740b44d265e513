package io.imaint.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@NullMarked
class OpenApiTest {
    private static final List<Route> ROUTES = new Plant().routes();
    private static final JsonNode DOCUMENT = new JsonMapper().readTree(Json.bytes(new OpenApi(ROUTES).document()));

    @Test
    void describesEveryRoute() {
        assertThat(DOCUMENT.get("openapi").asString()).isEqualTo("3.1.0");
        for (var route : ROUTES) {
            var operation = operation(route);
            assertThat(operation.get("summary").asString()).isEqualTo(route.summary());
            assertThat(operation.get("tags")).hasSize(1);
            assertThat(operation.get("responses").propertyNames()).anyMatch(status -> status.startsWith("2"));
            assertThat(operation.has("requestBody")).isEqualTo(route.body() != null);
            assertThat(operation.get("responses").has("default")).isTrue();
            assertThat(operation.get("responses").has("401")).isEqualTo(route.access() instanceof Route.Access.Permits);
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
        var delete = DOCUMENT.get("paths").get("/api/work-orders/{orderNumber}").get("delete");
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
}
