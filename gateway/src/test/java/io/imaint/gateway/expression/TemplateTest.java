package io.imaint.gateway.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: variables are found and everything else in a payload survives. Method: tables of examples. */
class TemplateTest {
    private static final Map<String, Object> VALUES = Map.of(
            "a", "A",
            "a.b", "AB",
            "user.name", "jdoe",
            "status", 404,
            "empty", "",
            "list", List.of("x", "y"),
            "callOutResponse.header.Set-Cookie.1", "s=1",
            "request.queryparam.$filter", "f",
            "braces", "{a}");

    private static String rendered(String template) throws ExpressionInvalid, UnresolvedVariable {
        return Template.parse(template).render(VALUES::get, true);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{a};A",
                "{a}b;Ab",
                "{a}{a.b};AAB",
                "{a}.{a.b};A.AB",
                "Hello, {user.name}!;Hello, jdoe!",
                "{status};404",
                "Cookie {callOutResponse.header.Set-Cookie.1};Cookie s=1",
                "{request.queryparam.$filter};f",
                "x{missing}y;xy",
                "{missing:Unknown};Unknown",
                "{protocol:https}://{site:google.com}/path;https://google.com/path",
                "{a:Unknown};A",
                "{empty:Unknown}.;.",
                "{missing:}.;.",
                "{{a}};{A}",
                "{braces};{a}",
                "{};{}",
                "{ a };{ a }",
                "{3};{3}",
                "{[]};{[]}",
                "{a[]};{a[]}",
                "{a;{a",
                "}a;}a",
                "{a}};A}",
                "}a{;}a{",
                "{a {a};{a A",
                "{missing:x{a};{missing:xA",
                "{\"k\":\"{a}\"};{\"k\":\"A\"}",
                "{ \"k\" : \"{user.name}\", \"o\": {\"n\": {status}} };{ \"k\" : \"jdoe\", \"o\": {\"n\": 404} }",
                "{\"environment\": \"{environment.{a}}\"};{\"environment\": \"{environment.A}\"}",
                "function(){return(a)};function(){return(a)}",
                "{toUpperCase(a).b};{toUpperCase(a).b}",
                "{timeFormatUTCMs(a,a) };{timeFormatUTCMs(a,a) }",
                "{ createUuid() };{ createUuid() }",
                "{notAFunction(a)};{notAFunction(a)}",
            })
    void rendersAsWritten(String template, String expected) throws ExpressionInvalid, UnresolvedVariable {
        assertThat(rendered(template)).isEqualTo(expected);
    }

    @Test
    void namesTheVariableThatIsUnresolved() throws ExpressionInvalid {
        var template = Template.parse("x{a}{foo.bar}{other}");
        var thrown = catchThrowableOfType(UnresolvedVariable.class, () -> template.render(VALUES::get, false));
        assertThat(thrown.variable()).isEqualTo("foo.bar");
        var argument = Template.parse("{toUpperCase(no.such)}");
        thrown = catchThrowableOfType(UnresolvedVariable.class, () -> argument.render(VALUES::get, false));
        assertThat(thrown.variable()).isEqualTo("no.such");
    }

    @Test
    void takesDefaultsWhereUnresolvedVariablesFail() throws ExpressionInvalid, UnresolvedVariable {
        assertThat(Template.parse("{foo:bar}-{toLowerCase(foo.bar:FOO)}").render(VALUES::get, false))
                .isEqualTo("bar-foo");
    }

    @Test
    void takesOtherMarks() throws ExpressionInvalid, UnresolvedVariable {
        var saml = "{\"name\":\"{a}\",\"type\":\"@a.b#\",\"up\":\"@toUpperCase(user.name)#\",\"d\":\"@no:x#\"}";
        assertThat(Template.parse(saml, "@", "#").render(VALUES::get, false))
                .isEqualTo("{\"name\":\"{a}\",\"type\":\"AB\",\"up\":\"JDOE\",\"d\":\"x\"}");
        assertThat(Template.parse("50% %a% %", "%", "%").render(VALUES::get, false))
                .isEqualTo("50% A %");
        assertThat(Template.parse("<<a>>", "<<", ">>").render(VALUES::get, false))
                .isEqualTo("A");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "{\"a\":1}", "{ }", "{x(y)}"})
    void findsConstants(String text) throws ExpressionInvalid, UnresolvedVariable {
        var template = Template.parse(text);
        assertThat(template.isConstant()).isTrue();
        assertThat(template.render(name -> null, false)).isEqualTo(text);
        assertThat(Template.parse(text + "{a}").isConstant()).isFalse();
    }

    @Test
    void keepsConstantsAndWhatWasWritten() throws ExpressionInvalid, UnresolvedVariable {
        assertThat(Template.constant("{a}").render(VALUES::get, false)).isEqualTo("{a}");
        assertThat(Template.constant("{a}").isConstant()).isTrue();
        assertThat(Template.parse("x{a}")).hasToString("x{a}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{jsonPath('$.a,json)};character 11: the quote has no end",
                "{timeFormatUTCMs()};character 2: timeFormatUTCMs takes 2 arguments, not 0",
                "{substring(a)};character 2: substring takes 2 to 3 arguments, not 1",
                "x {toUpperCase(substring(a,0,1))};character 16: a function within toUpperCase is not possible",
                "{replaceAll(a,'(','')};character 2: the regular expression '(' is invalid",
                "{timeFormat('bbb',a)};character 2: 'bbb' is no format of a time",
                "{jsonPath('$[',a)};character 2: the JSONPath '$[' is invalid",
            })
    void saysWhichCallIsWrong(String template, String message) {
        assertThatThrownBy(() -> Template.parse(template))
                .isInstanceOf(ExpressionInvalid.class)
                .hasMessageStartingWith("The template is wrong at ")
                .hasMessageContaining(message);
    }

    @Test
    void refusesEmptyMarksAndHugeTemplates() {
        assertThatThrownBy(() -> Template.parse("a", "", "}")).isInstanceOf(ExpressionInvalid.class);
        assertThatThrownBy(() -> Template.parse("a", "{", "")).isInstanceOf(ExpressionInvalid.class);
        assertThatThrownBy(() -> Template.parse("a".repeat(TemplateParser.LENGTH_MAX + 1)))
                .isInstanceOf(ExpressionInvalid.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{a", "{a:", "{md5Hex(x", "{firstnonnull(a,", "{a:b{", "{firstnonnull(\"\","})
    void readsHostileTemplatesInOneGo(String part) throws ExpressionInvalid, UnresolvedVariable {
        var hostile = part.repeat(TemplateParser.LENGTH_MAX / 4 / part.length());
        assertThat(Template.parse(hostile).render(name -> null, true)).isEqualTo(hostile);
    }

    @Test
    void takesMarksThatAreLetters() throws ExpressionInvalid, UnresolvedVariable {
        assertThat(Template.parse("a".repeat(10_000), "a", "b").isConstant()).isTrue();
        assertThat(Template.parse("xayb", "x", "b").render(name -> name, false)).isEqualTo("ay");
    }
}
