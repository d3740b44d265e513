package io.imaint.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.http.Plant.Importance;
import io.imaint.kernel.http.Plant.NewOrder;
import io.imaint.kernel.http.Plant.NewStep;
import io.imaint.kernel.problem.Finding;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@NullMarked
class BodyTest {
    private static final Body<NewOrder> BODY = Body.of(NewOrder.class);

    private static Reading<NewOrder> reading(String json) {
        return BODY.read(json.getBytes(StandardCharsets.UTF_8));
    }

    private static NewOrder read(String json) {
        return switch (reading(json)) {
            case Reading.Read<NewOrder> read -> read.value();
            case Reading.Refused<NewOrder> refused -> throw new AssertionError(refused.findings());
        };
    }

    private static List<Finding> refused(String json) {
        return switch (reading(json)) {
            case Reading.Read<NewOrder> read -> throw new AssertionError(read);
            case Reading.Refused<NewOrder> refused -> refused.findings();
        };
    }

    @Test
    void readsEveryKindOfField() {
        var json = """
                {"description": "Pump ä", "importance": "high", "dueDate": "2026-03-31",
                 "changedAt": "2026-03-31T08:15:00Z", "steps": [{"number": 10, "text": null}, {"number": 20, "text": "x"}],
                 "counts": {"a": 1}, "urgent": true, "anything": {"b": [1, 2.50]}}""";
        assertThat(read(json))
                .isEqualTo(new NewOrder(
                        "Pump ä",
                        Importance.HIGH,
                        Optional.of(LocalDate.of(2026, 3, 31)),
                        Instant.parse("2026-03-31T08:15:00Z"),
                        List.of(new NewStep(10, null), new NewStep(20, "x")),
                        Map.of("a", 1L),
                        true,
                        new JsonMapper()
                                .readerFor(tools.jackson.databind.JsonNode.class)
                                .with(tools.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                                .readValue("{\"b\": [1, 2.50]}")));
    }

    @Test
    void fillsInWhatIsAbsentOrNull() {
        var absent = new NewOrder("x", Importance.MEDIUM, Optional.empty(), null, List.of(), Map.of(), null, null);
        assertThat(read("{\"description\": \"x\"}")).isEqualTo(absent);
        assertThat(read("{\"description\": \"x\", \"importance\": null, \"dueDate\": null, \"steps\": null}"))
                .isEqualTo(absent);
    }

    @Test
    void findsAllMistakesTogetherEachWithItsPath() {
        var findings = refused("""
                {"importance": "vast", "dueDate": "tomorrow", "changedAt": 7, "colour": "red",
                 "steps": [{"number": 10}, {"number": 0, "colour": 1}, {"number": "10"}, 7, {"number": 1.5}],
                 "counts": {"a": "1"}, "urgent": "true"}""");
        assertThat(findings)
                .extracting(Finding::parameter)
                .containsExactlyInAnyOrder(
                        "description",
                        "importance",
                        "dueDate",
                        "changedAt",
                        "colour",
                        "steps[1].number",
                        "steps[1].colour",
                        "steps[2].number",
                        "steps[3]",
                        "steps[4].number",
                        "counts.a",
                        "urgent");
        assertThat(findings)
                .contains(
                        new Finding("description", "is required"),
                        new Finding("steps[1].colour", "is unknown; known are number, text"),
                        new Finding("steps[1].number", "is 0 but must be a whole number from 1 to 9999"),
                        new Finding("urgent", "is \"true\" but must be true or false"));
    }

    @Test
    void passesOnWhatTheRecordRefuses() {
        assertThat(refused("{\"description\": \"x\", \"urgent\": true}"))
                .containsExactly(new Finding("", "what is urgent needs a dueDate"));
    }

    @Test
    void refusesWhatIsNoJsonObject() {
        assertThat(refused("")).containsExactly(new Finding("", "a body is required"));
        assertThat(refused("[]")).containsExactly(new Finding("", "must be an object"));
        assertThat(refused("null").getFirst().reason()).contains("must be an object");
        assertThat(refused("{\"description\": \"x\",\n \"urgent\": }")
                        .getFirst()
                        .reason())
                .contains("is no JSON at line 2, column");
        assertThat(refused("{\"description\": \"x\"} {}").getFirst().reason()).contains("is no JSON");
        assertThat(refused("{\"description\": \"x\", \"description\": \"y\"}")
                        .getFirst()
                        .reason())
                .contains("is no JSON")
                .contains("description");
        assertThat(refused("{\"anything\": " + "[".repeat(10_000)).getFirst().reason())
                .contains("depth");
    }

    @Test
    void tellsAHundredFindingsAndNoMore() {
        var many = "{\"steps\": [" + "{\"number\": 0},".repeat(500) + "{\"number\": 0}]}";
        assertThat(refused(many)).hasSize(100);
    }

    @Property
    void readsOrRefusesWhateverIsSent(@ForAll byte[] bytes, @ForAll String text) {
        assertThat(BODY.read(bytes)).isNotNull();
        assertThat(reading("{\"description\": \"" + text + "\"}")).isNotNull();
        assertThat(reading(text)).isNotNull();
    }

    @Test
    void refusesDeclarationsThatCannotWork() {
        record BadType(Object thing) {}
        record BadMap(Map<Integer, String> map) {}
        record Deep(List<BadType> list) {}
        assertThatThrownBy(() -> Body.of(BadType.class)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> Body.of(BadMap.class)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> Body.of(Deep.class)).isInstanceOf(AssertionError.class);
    }
}
