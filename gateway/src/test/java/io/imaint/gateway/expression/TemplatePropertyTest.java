package io.imaint.gateway.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.minidev.json.JSONValue;
import org.jspecify.annotations.Nullable;

/** Goal: a template changes nothing but its variables, whatever is around them. */
class TemplatePropertyTest {
    private static final Map<String, Object> VALUES = Map.of("x", "value of x", "request.header.x-id", 42, "y", "{x}");

    @Property(tries = 1000)
    void textWithoutBracesRendersItself(@ForAll String text) throws ExpressionInvalid, UnresolvedVariable {
        var plain = text.replace("{", "");
        assertThat(Template.parse(plain).render(name -> null, false)).isEqualTo(plain);
        assertThat(Template.parse(plain).isConstant()).isTrue();
    }

    @Property(tries = 500)
    void valuesAreNotReadAgain(@ForAll String before, @ForAll String value, @ForAll String after)
            throws ExpressionInvalid, UnresolvedVariable {
        var start = before.replace("{", "");
        var end = after.replace("{", "");
        assertThat(Template.parse(start + "{x}" + end).render(name -> value, false))
                .isEqualTo(start + value + end);
    }

    @Provide
    Arbitrary<Object> documents() {
        Arbitrary<Object> leaves = Arbitraries.oneOf(
                Arbitraries.of("{x}", "a{x}b", "{request.header.x-id}", "{y}", "{missing:none}", "plain", ""),
                Arbitraries.strings().withChars("a: ,\"\\\n'()é").ofMaxLength(8),
                Arbitraries.integers(),
                Arbitraries.of(true, false));
        return Arbitraries.recursive(
                () -> leaves,
                inner -> {
                    Arbitrary<Object> arrays = inner.list().ofMaxSize(3).map(list -> (Object) list);
                    Arbitrary<Object> objects = Arbitraries.maps(
                                    Arbitraries.strings().alpha().ofMinLength(1).ofMaxLength(4), inner)
                            .ofMaxSize(3)
                            .map(map -> (Object) map);
                    return Arbitraries.oneOf(arrays, objects);
                },
                1,
                4);
    }

    @Property(tries = 1000)
    void jsonWithVariablesSurvives(@ForAll("documents") Object document) throws ExpressionInvalid, UnresolvedVariable {
        var rendered = Template.parse(JSONValue.toJSONString(document)).render(VALUES::get, false);
        assertThat(JSONValue.parse(rendered)).as(rendered).isEqualTo(replaced(document));
    }

    /** The document with all values in it. */
    private static @Nullable Object replaced(@Nullable Object document) {
        if (document instanceof Map<?, ?> map) {
            var copy = new LinkedHashMap<Object, @Nullable Object>();
            map.forEach((key, value) -> copy.put(key, replaced(value)));
            return copy;
        }
        if (document instanceof List<?> list) {
            var copy = new ArrayList<@Nullable Object>();
            list.forEach(value -> copy.add(replaced(value)));
            return copy;
        }
        return document instanceof String text
                ? text.equals("{y}")
                        ? "{x}"
                        : text.replace("{x}", "value of x")
                                .replace("{request.header.x-id}", "42")
                                .replace("{missing:none}", "none")
                : document;
    }

    @Provide
    Arbitrary<String> noise() {
        var parts = Arbitraries.of(
                "{",
                "}",
                "{{",
                "}}",
                "a",
                "x",
                ":",
                ".",
                "(",
                ")",
                ",",
                "'",
                "\"",
                " ",
                "\n",
                "-1",
                "5",
                "$",
                "@",
                "#",
                "{x}",
                "{substring(",
                "{replaceAll(x,",
                "{jsonPath(",
                "{xPath(",
                "{timeFormat(",
                "{md5Hex(",
                "{createUuid()}",
                "{randomLong(",
                "{firstnonnull(",
                "'(a+)+'",
                "'$..*'",
                "'//*'",
                "\uD800",
                "é");
        return Arbitraries.oneOf(
                parts.list().ofMaxSize(25).map(all -> String.join("", all)),
                Arbitraries.strings().ofMaxLength(60));
    }

    @Property(tries = 1000)
    void neverFailsOtherwiseThanAsInvalid(@ForAll("noise") String text) {
        assertThatCode(() -> {
                    try {
                        Template.parse(text).render(VALUES::get, true);
                        Template.parse(text, "@", "#").render(VALUES::get, true);
                    } catch (ExpressionInvalid expected) {
                        assertThat(expected).hasMessageStartingWith("The template is wrong at character ");
                    }
                })
                .doesNotThrowAnyException();
    }

    @Property(tries = 400)
    void functionsTakeAnyText(@ForAll("calls") String call, @ForAll String first, @ForAll String second) {
        var values = Map.of("p", first, "q", second);
        assertThatCode(() -> Template.parse(call).render(values::get, true))
                .as(call)
                .doesNotThrowAnyException();
    }

    @Provide
    Arbitrary<String> calls() {
        return Arbitraries.of(
                "{substring(p,q)}",
                "{replaceAll(p,q,p)}",
                "{replaceFirst(p,q,q)}",
                "{jsonPath(p,q)}",
                "{jsonPath('$.a',q)}",
                "{xPath(p,q)}",
                "{xPath('//a',q,p)}",
                "{timeFormat(p,q)}",
                "{timeFormatUTCMs(p,1)}",
                "{md5Hex(p)}",
                "{hmacSha256(p,q,q,p)}",
                "{hmacSha1(p,q,'hex')}",
                "{decodeBase64(p)}",
                "{randomLong(p,q)}",
                "{escapeJSON(p)}",
                "{escapeXML(p)}",
                "{escapeXML11(p)}",
                "{encodeHTML(p)}",
                "{toUpperCase(p)}",
                "{firstnonnull(p,q)}");
    }

    @Property(tries = 500)
    void escapedJsonIsReadBack(@ForAll String text) throws ExpressionInvalid, UnresolvedVariable {
        var json = Template.parse("[\"{escapeJSON(t)}\"]").render(name -> text, false);
        assertThat(JSONValue.parse(json)).isEqualTo(List.of(text));
    }
}
