package io.imaint.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.http.Notes.NoteInput;
import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.Finding;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@NullMarked
class MergePatchTest {
    private static final JsonMapper JSON = new JsonMapper();

    /** The examples of RFC 7396, appendix A. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '\'', textBlock = """
            {"a":"b"}           | {"a":"c"}                    | {"a":"c"}
            {"a":"b"}           | {"b":"c"}                    | {"a":"b","b":"c"}
            {"a":"b"}           | {"a":null}                   | {}
            {"a":"b","b":"c"}   | {"a":null}                   | {"b":"c"}
            {"a":["b"]}         | {"a":"c"}                    | {"a":"c"}
            {"a":"c"}           | {"a":["b"]}                  | {"a":["b"]}
            {"a":{"b":"c"}}     | {"a":{"b":"d","c":null}}     | {"a":{"b":"d"}}
            {"a":[{"b":"c"}]}   | {"a":[1]}                    | {"a":[1]}
            ["a","b"]           | ["c","d"]                    | ["c","d"]
            {"a":"b"}           | ["c"]                        | ["c"]
            {"a":"foo"}         | null                         | null
            {"a":"foo"}         | "bar"                        | "bar"
            {"e":null}          | {"a":1}                      | {"e":null,"a":1}
            [1,2]               | {"a":"b","c":null}           | {"a":"b"}
            {}                  | {"a":{"bb":{"ccc":null}}}    | {"a":{"bb":{}}}
            """)
    void followsTheExamplesOfItsStandard(String target, String patch, String result) {
        assertThat(MergePatch.merged(JSON.readTree(target), JSON.readTree(patch)))
                .isEqualTo(JSON.readTree(result));
    }

    @Provide
    Arbitrary<JsonNode> documents() {
        return objects(2).map(text -> JSON.readTree(text));
    }

    private static Arbitrary<String> objects(int depth) {
        var leaves = Arbitraries.of("1", "\"x\"", "true", "null", "[]", "[null,{\"a\":null}]");
        var values = depth == 0 ? leaves : Arbitraries.oneOf(leaves, Arbitraries.lazy(() -> objects(depth - 1)));
        return Arbitraries.maps(Arbitraries.of("a", "b", "c"), values)
                .ofMaxSize(3)
                .map(fields -> fields.entrySet().stream()
                        .map(field -> "\"%s\":%s".formatted(field.getKey(), field.getValue()))
                        .toList())
                .map(fields -> "{" + String.join(",", fields) + "}");
    }

    @Property
    void aPatchAppliedTwiceIsThePatchAppliedOnce(
            @ForAll("documents") JsonNode target, @ForAll("documents") JsonNode patch) {
        var once = MergePatch.merged(target, patch);
        assertThat(MergePatch.merged(once, patch)).isEqualTo(once);
    }

    @Property
    void anEmptyPatchChangesNothingAndNoPatchChangesItsTarget(
            @ForAll("documents") JsonNode target, @ForAll("documents") JsonNode patch) {
        var before = target.deepCopy();
        assertThat(MergePatch.merged(target, JSON.createObjectNode())).isEqualTo(target);
        MergePatch.merged(target, patch);
        assertThat(target).isEqualTo(before);
    }

    @Property
    void leavesNoFieldThatThePatchRemoves(@ForAll("documents") JsonNode target, @ForAll("documents") JsonNode patch) {
        var merged = MergePatch.merged(target, patch);
        patch.properties().forEach(change -> {
            if (change.getValue().isNull()) {
                assertThat(merged.has(change.getKey())).isFalse();
            } else if (!change.getValue().isObject()) {
                assertThat(merged.get(change.getKey())).isEqualTo(change.getValue());
            }
        });
        target.properties().stream()
                .filter(field -> !patch.has(field.getKey()))
                .forEach(field -> assertThat(merged.get(field.getKey())).isEqualTo(field.getValue()));
    }

    private static NoteInput note(String json) {
        return JsonBody.read(NoteInput.class, JsonBody.tree(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static NoteInput patched(NoteInput note, String patch) {
        return new MergePatch<>(NoteInput.class, JSON.readTree(patch)).apply(note);
    }

    private static final NoteInput NOTE = note("""
            {"title": "Pump", "text": "leaks", "importance": "HIGH", "hours": 7.50, "dueOn": "2026-03-31", "at": "07:30",
             "changedAt": "2026-03-31T08:15:00Z", "every": "PT5M", "equipment": "4711", "codes": ["A", "B"],
             "counts": {"x": 1}, "urgent": true, "place": {"plant": "1000", "room": "7"}}""");

    @Test
    void changesWhatItNamesAndKeepsTheRest() {
        assertThat(patched(NOTE, "{}")).isEqualTo(NOTE);
        var changed = patched(NOTE, """
                {"text": null, "importance": null, "dueOn": null, "codes": ["C"], "counts": {"x": null, "y": 2},
                 "place": {"room": null}, "urgent": null}""");
        assertThat(changed).isEqualTo(note("""
                {"title": "Pump", "hours": 7.50, "at": "07:30", "changedAt": "2026-03-31T08:15:00Z", "every": "PT5M",
                 "equipment": "4711", "codes": ["C"], "counts": {"y": 2}, "place": {"plant": "1000"}}"""));
        assertThat(changed.dueOn()).isEqualTo(Optional.empty());
    }

    @Test
    void refusesWhatThePatchedRecordMayNotBe() {
        assertThatThrownBy(() -> patched(NOTE, "{\"title\": null, \"hours\": 25, \"colour\": 1, \"codes\": [null]}"))
                .isInstanceOfSatisfying(Failure.class, refused -> {
                    assertThat(refused.code()).isEqualTo(HttpProblem.BODY_INVALID);
                    assertThat(refused.findings())
                            .extracting(Finding::parameter)
                            .containsExactlyInAnyOrder("/title", "/hours", "/colour", "/codes/0");
                });
        for (var noObject : List.of("[]", "null", "7")) {
            assertThatThrownBy(() -> patched(NOTE, noObject)).isInstanceOf(Failure.class);
        }
    }
}
