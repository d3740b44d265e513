package io.imaint.services.seed;

import static io.imaint.services.seed.SeedRulesTest.all;
import static io.imaint.services.seed.SeedRulesTest.each;
import static io.imaint.services.seed.SeedRulesTest.fields;
import static io.imaint.services.seed.SeedRulesTest.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.store.Document;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Goal: delivered forms are whole, and their expressions name what exists. */
final class SeedFormRulesTest {
    private static final String EXPRESSION = "Expression";

    private static String formOfSection(String section) {
        return one(
                        "MasterFormPage",
                        one("MasterFormPageSection", section).get("page").asString())
                .get("form")
                .asString();
    }

    private static String formOfField(JsonNode field) {
        return formOfSection(field.get("section").asString());
    }

    private static Map<String, JsonNode> fieldsOf(String form) {
        return all("MasterFormPageSectionField").values().stream()
                .filter(field -> formOfField(field).equals(form))
                .collect(Collectors.toMap(field -> field.get("key").asString(), Function.identity()));
    }

    private static Set<String> sectionsOf(String form) {
        return all("MasterFormPageSection").entrySet().stream()
                .filter(section -> formOfSection(section.getKey()).equals(form))
                .map(section -> section.getValue().get("key").asString())
                .collect(Collectors.toSet());
    }

    @Test
    void keysOfFieldsAndSectionsAreUniqueInAForm() {
        assertThat(all("MasterFormPageSectionField").values())
                .extracting(field -> formOfField(field) + " " + field.get("key").asString())
                .doesNotHaveDuplicates();
        assertThat(all("MasterFormPageSection").entrySet())
                .extracting(section -> formOfSection(section.getKey()) + " "
                        + section.getValue().get("key").asString())
                .doesNotHaveDuplicates();
    }

    @Test
    void propertiesAreFieldsOfTheObjectOfTheForm() {
        for (var field : all("MasterFormPageSectionField").values()) {
            if (field.has("property")) {
                var object = one("MasterForm", formOfField(field)).get("object").asString();
                assertThat(fields(one("MasterBo", object)))
                        .as(field.toString())
                        .contains(field.get("property").asString());
            }
        }
    }

    @Test
    void expressionsNameFieldsSectionsAndCodesThatExist() {
        int seen = 0;
        for (var form : all("MasterForm").keySet()) {
            for (var field : fieldsOf(form).values()) {
                seen += verify("MasterFormPageSectionField", form, field, field);
            }
        }
        for (var section : all("MasterFormPageSection").entrySet()) {
            seen += verify("MasterFormPageSection", formOfSection(section.getKey()), section.getValue(), null);
        }
        for (var logic : all("MasterFormPageSectionFieldLogic").values()) {
            var field = one("MasterFormPageSectionField", logic.get("field").asString());
            seen += verify("MasterFormPageSectionFieldLogic", formOfField(field), logic, field);
        }
        assertThat(seen).isGreaterThan(100);
    }

    /** Verifies all expressions of a document and counts them. */
    private static int verify(String collection, String form, JsonNode document, @Nullable JsonNode self) {
        var expressions = new ArrayList<String>();
        markedAsReferences(collection)
                .references((Document) Objects.requireNonNull(SeedJson.kept(document)), (pointer, to, text) -> {
                    if (to.equals(EXPRESSION)) {
                        expressions.add(text);
                    }
                });
        var fields = fieldsOf(form);
        for (var text : expressions) {
            var expression = new Expression(text);
            assertThat(fields.keySet()).as(document.toString()).containsAll(expression.fields);
            assertThat(sectionsOf(form)).as(document.toString()).containsAll(expression.sections);
            for (var code : expression.codes) {
                var of = code.field().equals("this") ? self : fields.get(code.field());
                codes(Objects.requireNonNull(of))
                        .ifPresent(codes -> assertThat(codes).as(text).contains(code.code()));
            }
        }
        return expressions.size();
    }

    /** The schema with its expressions as references, so that they are found as those are. */
    private static SeedSchema markedAsReferences(String collection) {
        try (var schema = SeedSource.Program.resource("schema/" + collection + ".schema.json")) {
            var text = new String(schema.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("\"x-expression\": true", "\"x-references\": \"%s\"".formatted(EXPRESSION));
            return new SeedSchema(SeedJson.read(text.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        } catch (SeedJson.Broken broken) {
            throw new AssertionError(broken);
        }
    }

    /** The codes that an answer may have; empty where it is no code of the form. */
    private static Optional<Set<String>> codes(JsonNode field) {
        if (field.has("options")) {
            return Optional.of(each(field.get("options"), "key"));
        }
        return switch (field.get("type").asString()) {
            case "inspection" -> Optional.of(Set.of("pass", "flag", "fail"));
            case "yes-no-na" -> Optional.of(Set.of("yes", "no", "na"));
            case "risk" ->
                Optional.of(
                        each(one("RiskMatrix", field.get("matrix").asString()).get("levels"), "key"));
            default -> Optional.empty();
        };
    }

    @Test
    void aBranchLeadsToALaterPage() {
        for (var logic : all("MasterFormPageSectionFieldLogic").values()) {
            var section = one("MasterFormPageSectionField", logic.get("field").asString())
                    .get("section")
                    .asString();
            var page = one(
                    "MasterFormPage",
                    one("MasterFormPageSection", section).get("page").asString());
            for (var action : logic.get("do")) {
                if (action.has("branch") && !action.get("branch").asString().equals("end")) {
                    var to = one("MasterFormPage", action.get("branch").asString());
                    assertThat(to.get("form")).isEqualTo(page.get("form"));
                    assertThat(to.get("order").asInt())
                            .isGreaterThan(page.get("order").asInt());
                }
            }
        }
    }

    @Test
    void logicActsOnFieldsAndSectionsOfItsForm() {
        for (var logic : all("MasterFormPageSectionFieldLogic").values()) {
            var form = formOfField(
                    one("MasterFormPageSectionField", logic.get("field").asString()));
            var known = new HashSet<>(fieldsOf(form).keySet());
            known.addAll(sectionsOf(form));
            for (var action : logic.get("do")) {
                Stream.of(
                                action.path("show"),
                                action.path("require"),
                                action.path("set").path("field"))
                        .filter(JsonNode::isString)
                        .forEach(named -> assertThat(known).as(logic.toString()).contains(named.asString()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a >", "a = 'x", "sum(", "a b", "unknown(a)", "@nobody", "(a", "a in b", "a is full"})
    void whatIsNoExpressionIsFound(String text) {
        assertThatThrownBy(() -> new Expression(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void anExpressionSaysWhatItNames() {
        var read = new Expression(
                "count(points) > 0 and (state = 'it''s' or kinds includes 'b') and not this in ('c', 'd')");

        assertThat(read.fields).isEqualTo(Set.of("state", "kinds"));
        assertThat(read.sections).isEqualTo(new HashSet<>(Set.of("points")));
        assertThat(read.codes)
                .contains(
                        new Expression.Code("state", "it's"),
                        new Expression.Code("kinds", "b"),
                        new Expression.Code("this", "d"));
    }
}
