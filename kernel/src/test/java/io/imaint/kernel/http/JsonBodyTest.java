package io.imaint.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.http.Plant.Importance;
import io.imaint.kernel.http.Plant.NewOrder;
import io.imaint.kernel.http.Plant.NewStep;
import io.imaint.kernel.problem.Failure;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

@NullMarked
class JsonBodyTest {
    private static NewOrder read(String json) {
        return JsonBody.read(NewOrder.class, JsonBody.tree(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Finding> refused(String json) {
        try {
            throw new AssertionError(read(json));
        } catch (Failure refused) {
            assertThat(refused.code()).isEqualTo(HttpProblem.BODY_INVALID);
            return refused.findings();
        }
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
    void fillsInWhatIsAbsent() {
        var absent = new NewOrder("x", Importance.MEDIUM, Optional.empty(), null, List.of(), Map.of(), null, null);
        assertThat(read("{\"description\": \"x\"}")).isEqualTo(absent);
        assertThat(read("{\"description\": \"x\", \"dueDate\": null, \"changedAt\": null, \"urgent\": null}"))
                .isEqualTo(absent);
    }

    record Booking(@Alias("final") @Nullable Boolean finalConfirmation) {}

    @Test
    void takesAFieldUnderItsOtherNameUnlessItsOwnIsThere() {
        for (var json : List.of(
                "{\"final\": true}",
                "{\"finalConfirmation\": true}",
                "{\"final\": false, \"finalConfirmation\": true}")) {
            var tree = JsonBody.tree(json.getBytes(StandardCharsets.UTF_8));
            assertThat(JsonBody.read(Booking.class, tree)).as(json).isEqualTo(new Booking(true));
        }
    }

    @Test
    void takesNullOnlyForWhatMayBeNull() {
        var findings = refused("""
                {"description": null, "importance": null, "steps": null, "counts": null}""");
        assertThat(findings)
                .containsExactlyInAnyOrder(
                        new Finding("/description", "must not be null"),
                        new Finding("/importance", "must not be null"),
                        new Finding("/steps", "must not be null"),
                        new Finding("/counts", "must not be null"));
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
                        "/description",
                        "/importance",
                        "/dueDate",
                        "/changedAt",
                        "/colour",
                        "/steps/1/number",
                        "/steps/1/colour",
                        "/steps/2/number",
                        "/steps/3",
                        "/steps/4/number",
                        "/counts/a",
                        "/urgent");
        assertThat(findings)
                .contains(
                        new Finding("/description", "is required"),
                        new Finding("/steps/1/colour", "is unknown; known are number, text"),
                        new Finding("/steps/1/number", "is 0 but must be a whole number from 1 to 9999"),
                        new Finding("/urgent", "is \"true\" but must be true or false"));
    }

    @OneOf({"every", "cron"})
    record Choice(@Nullable String every, @Nullable String cron) {}

    @Test
    void requiresExactlyOneOfAChoice() {
        assertThat(choice("{\"every\": \"PT1S\", \"cron\": null}")).isEqualTo(new Choice("PT1S", null));
        for (var wrong : List.of("{}", "{\"every\": null}", "{\"every\": \"x\", \"cron\": \"y\"}")) {
            assertThatThrownBy(() -> choice(wrong)).as(wrong).hasMessageContaining("exactly one of every, cron");
        }
    }

    private static Choice choice(String json) {
        return JsonBody.read(Choice.class, JsonBody.tree(json.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void escapesNamesInPointers() {
        assertThat(refused("{\"description\": \"x\", \"a/b~c\": 1}"))
                .extracting(Finding::parameter)
                .containsExactly("/a~1b~0c");
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
                .isEqualTo("the body is not valid JSON at line 2, column 12: a character is out of place");
        assertThat(refused("{\"description\": \"x\"} {}").getFirst().reason()).contains("not valid JSON");
        assertThat(refused("{\"description\": \"x\", \"description\": \"y\"}")
                        .getFirst()
                        .reason())
                .contains("not valid JSON")
                .contains("given twice");
        assertThat(refused("{\"description\": \"x\"").getFirst().reason())
                .endsWith("it ends too early")
                .doesNotContain("Source");
        assertThat(refused("{\"anything\": " + "[".repeat(10_000)).getFirst().reason())
                .contains("depth");
    }

    @Test
    void namesAHundredFindingsAndNoMore() {
        var many = "{\"steps\": [" + "{\"number\": 0},".repeat(500) + "{\"number\": 0}]}";
        assertThat(refused(many)).hasSize(100);
    }

    @Property
    void readsOrRefusesWhateverIsSent(@ForAll byte[] bytes, @ForAll String text) {
        for (var sent : List.of(
                bytes,
                text.getBytes(StandardCharsets.UTF_8),
                ("{\"description\": \"" + text + "\"}").getBytes(StandardCharsets.UTF_8))) {
            try {
                assertThat(JsonBody.read(NewOrder.class, JsonBody.tree(sent))).isNotNull();
            } catch (Failure refused) {
                assertThat(refused.findings()).isNotEmpty();
            }
        }
    }

    @Test
    void refusesDeclarationsThatCannotWork() {
        record BadType(Object thing) {}
        record BadMap(Map<Integer, String> map) {}
        record Deep(List<BadType> list) {}
        record RangeOfText(@Range(min = 1) String text) {}
        record BadDefault(@Default("0") @Range(min = 1) int number) {}
        assertThatThrownBy(() -> RecordReader.requireReadable(BadType.class)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> RecordReader.requireReadable(BadMap.class)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> RecordReader.requireReadable(RangeOfText.class))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> RecordReader.requireReadable(BadDefault.class)).isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> RecordReader.requireReadable(Deep.class)).isInstanceOf(AssertionError.class);
    }
}
