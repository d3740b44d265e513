package io.imaint.gateway.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Goal: conditions mean what SAP's and Apigee's documents say, also as real bundles write them. Method: tables of examples. */
class ConditionTest {
    private static final Map<String, Object> VALUES = Map.ofEntries(
            Map.entry("request.verb", "GET"),
            Map.entry("proxy.pathsuffix", "/orders/4711"),
            Map.entry("response.status.code", 404),
            Map.entry("long.value", 12321421312L),
            Map.entry("float.value", 3.5f),
            Map.entry("double.value", 2.25d),
            Map.entry("flow.cachehit", true),
            Map.entry("failed.text", "true"),
            Map.entry("myVar.x", "b"),
            Map.entry("request.header.help!me", "yes"),
            Map.entry("request.header.x-csrf-token", "Fetch"),
            Map.entry("request.queryparam.$filter", "a"),
            Map.entry("empty", ""),
            Map.entry("list", List.of("a")));

    private static boolean holds(String condition) throws ExpressionInvalid {
        return Condition.parse(condition).test(VALUES::get);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "request.verb = \"GET\"",
                "request.verb=\"GET\"",
                "request.verb==\"GET\"",
                "request.verb Equals \"GET\"",
                "request.verb eQUALS\"GET\"",
                "request.verb is \"GET\"",
                "request.verb IsNot \"POST\"",
                "request.verb is not \"POST\"",
                "request.verb NotEquals \"POST\"",
                "request.verb!=\"POST\"",
                "request.verb := \"get\"",
                "request.verb EqualsCaseInsensitive \"gEt\"",
                "request.verb =| \"G\"",
                "request.verb StartsWith \"GE\"",
                "request.verb ~ \"G*\"",
                "request.verb Like \"*E*\"",
                "request.verb Matches \"GET\"",
                "request.verb !~ \"P*\"",
                "request.verb not matches \"P*\"",
                "request.verb ~~ \"(GET|HEAD)\"",
                "request.verb JavaRegex \"[A-Z]+\"",
                "proxy.pathsuffix ~/ \"/orders/*\"",
                "proxy.pathsuffix MatchesPath \"/orders/{id}\"",
                "proxy.pathsuffix LikePath \"/**\"",
                "response.status.code = 404",
                "response.status.code = \"404\"",
                "response.status.code=404",
                "response.status.code != 200",
                "response.status.code > 403",
                "response.status.code GreaterThanOrEquals 404",
                "response.status.code LesserThan 405L",
                "response.status.code <= 404.5",
                "response.status.code = 404f",
                "response.status.code = 404D",
                "long.value = 12321421312L",
                "long.value = 12321421312",
                "float.value = 3.5F",
                "float.value > 3",
                "double.value = 2.25",
                "double.value > -5",
                "flow.cachehit is true",
                "flow.cachehit = \"true\"",
                "flow.cachehit",
                "failed.text",
                "(failed.text = true)",
                "!missing",
                "request.verb = \"POST\" or request.verb = \"GET\"",
                "response.status.code = 500 or response.status.code = \"404\"",
                "myVar.x = \"a\" or request.verb = \"GET\"",
                "not(request.verb = \"POST\" or request.verb = \"PUT\")",
                "not(missing = \"POST\" or missing = \"PUT\")",
                "missing = \"a\" or missing = null",
                "not(list = \"a\" or list = \"[a]\")",
                "not(request.verb = \"POST\")",
                "NOT request.verb = \"POST\"",
                "missing is null",
                "missing = null",
                "null = missing",
                "request.verb is not null",
                "request.verb IsNot null and request.verb != \"\"",
                "myVar.x=='myVar.x'",
                "'request.header.help!me' = \"yes\"",
                "request.header.x-csrf-token := \"fetch\"",
                "request.queryparam.$filter=\"a\"",
                "(proxy.pathsuffix MatchesPath \"/orders\" OR proxy.pathsuffix MatchesPath \"/orders/**\" OR proxy.pathsuffix"
                        + " MatchesPath \"/orders(**\" )AND(request.verb = \"GET\")",
                "true or missing and false",
                "true||false&&false",
                "(request.verb = \"GET\") = true",
                "flow.cachehit = !missing",
                "request.verb\u00a0= \"GET\"",
                "\n  request.verb\n=\t\"GET\"\n",
                "  ",
                "",
                "empty = \"\"",
                "\"b\" > \"a\"",
                "TRUE",
            })
    void holdsFor(String condition) throws ExpressionInvalid {
        assertThat(holds(condition)).as(condition).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "request.verb = \"get\"",
                "request.verb = GET",
                "request.verb = 'GET'",
                "request.verb := \"post\"",
                "request.verb ~ \"g*\"",
                "request.verb !~ \"G*\"",
                "request.verb ~~ \"GE\"",
                "proxy.pathsuffix MatchesPath \"/orders\"",
                "proxy.pathsuffix MatchesPath \"/*\"",
                "response.status.code = 200",
                "response.status.code = \"4040\"",
                "response.status.code = \"0404\"",
                "response.status.code = \"\"",
                "response.status.code = \"40\"",
                "missing",
                "request.verb",
                "flow.cachehit is false",
                "!flow.cachehit",
                "missing = \"\"",
                "missing = empty",
                "request.verb is null",
                "missing is not null",
                "missing != null",
                "false and true or false",
                "list = \"a\"",
                "list != \"a\"",
                "list ~ \"*\"",
                // Two texts compare as texts.
                "\"10\" > \"9\"",
            })
    void doesNotHoldFor(String condition) throws ExpressionInvalid {
        assertThat(holds(condition)).as(condition).isFalse();
    }

    @ParameterizedTest(name = "{0}: {1} {2} {3}")
    @CsvSource({
        "=, false, false, true",
        "==, false, false, true",
        ":=, false, false, true",
        "=|, false, false, false",
        "!=, true, true, false",
        ">, true, false, false",
        ">=, false, true, true",
        "<, true, false, false",
        "<=, true, false, true",
    })
    void keepsTheTableOfNulls(String operator, boolean left, boolean right, boolean both) throws ExpressionInvalid {
        assertThat(holds("missing " + operator + " \"x\"")).isEqualTo(left);
        assertThat(holds("\"x\" " + operator + " missing")).isEqualTo(right);
        assertThat(holds("missing " + operator + " absent")).isEqualTo(both);
    }

    @ParameterizedTest
    @CsvSource({"~, false", "~~, false", "~/, false", "!~, true"})
    void keepsTheTableOfNullsForPatterns(String operator, boolean left) throws ExpressionInvalid {
        assertThat(holds("missing " + operator + " \"x\"")).isEqualTo(left);
    }

    @ParameterizedTest
    @CsvSource({
        "true, 1, true",
        "1, 1L, true",
        "1L, 1.0f, true",
        "1.5f, 1.5d, true",
        "0.1f, 0.1d, false",
        "16777217, 16777216f, true",
        "true, \"true\", true",
        "1.0d, \"1.0\", true",
        "-5, \"-5\", true",
        "false, 0, true"
    })
    void makesOperandsAlike(String left, String right, boolean equal) throws ExpressionInvalid {
        assertThat(holds(left + " = " + right)).isEqualTo(equal);
        assertThat(holds(right + "=" + left)).isEqualTo(equal);
        assertThat(holds(left + "!=" + right)).isNotEqualTo(equal);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "request.verb =;character 15: expected a variable or a value, found the end",
                "request.verb \"GET\";character 14: expected an operator or the end, found the text \"GET\"",
                "request.verb SeemsLike \"x\";character 14: expected an operator or the end, found 'SeemsLike'",
                "(request.verb = \"GET\";character 22: expected ')', found the end",
                "a = \"b;character 5: the quote has no end",
                "a = b);character 6: expected an operator or the end, found ')'",
                "a = {5};character 5: the character '{' has no meaning",
                "a === 5;character 5: expected a variable or a value, found '='",
                "a + 5;character 3: the character '+' has no meaning",
                "a ~ b;character 5: expected a pattern in double quotes, found 'b'",
                "a ~~ \"(\";character 6: the regular expression '(' is invalid",
                "like = 5;character 1: expected a variable or a value, found 'like'",
                "a and;character 6: expected a variable or a value, found the end",
                "a = 5x;character 5: '5x' is no number",
                "a = 1.5L;character 5: '1.5L' is no number",
                "a = 99999999999999999999;character 5: '99999999999999999999' is no number",
            })
    void saysWhatIsWrongAndWhere(String condition, String message) {
        assertThatThrownBy(() -> Condition.parse(condition))
                .isInstanceOf(ExpressionInvalid.class)
                .hasMessageStartingWith("The condition is wrong at ")
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "!", "not ", "a = (", "a = ! ", "a = ", "a > ", "a ~ \"b\" "})
    void refusesDeepNesting(String part) {
        var hostile = part.repeat(ConditionParser.DEPTH_MAX + 1) + (part.contains("~") ? "~ \"b\"" : "a");
        assertThatThrownBy(() -> Condition.parse(hostile)).isInstanceOf(ExpressionInvalid.class);
        assertThatThrownBy(() -> Condition.parse(part.repeat(ConditionParser.LENGTH_MAX + 1)))
                .isInstanceOf(ExpressionInvalid.class)
                .hasMessage("The condition has more than 16384 characters.");
    }

    @Test
    void takesLongChains() throws ExpressionInvalid {
        assertThat(holds("false or ".repeat(1000) + "true")).isTrue();
        assertThat(holds("true and ".repeat(1000) + "false")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+b", "(a|aa)+b", "(.*a){20}b", "(a|b|ab)*c"})
    void givesUpOnCatastrophicExpressions(String regex) throws ExpressionInvalid {
        var condition = Condition.parse("x ~~ \"" + regex + "\"");
        var hostile = new HashMap<String, Object>();
        hostile.put("x", "a".repeat(30_000));
        assertThat(condition.test(hostile::get)).isFalse();
    }

    @Test
    void matchesLongTextsWithSoundExpressions() throws ExpressionInvalid {
        var body = "ab".repeat(1_000_000);
        assertThat(Condition.parse("x ~~ \"[ab]*\"").test(name -> body)).isTrue();
        assertThat(Condition.parse("x ~~ \".*b\"").test(name -> body)).isTrue();
    }

    @Test
    void printsAsItWasWritten() throws ExpressionInvalid {
        assertThat(Condition.parse(" a=\"b\" ")).hasToString(" a=\"b\" ");
    }

    @Test
    void allocatesNothingForSimpleConditions() throws ExpressionInvalid {
        var condition =
                Condition.parse("(proxy.pathsuffix MatchesPath \"/orders/**\" or proxy.pathsuffix ~/ \"/x/*/y\") and"
                        + " request.verb = \"GET\" and response.status.code = \"404\" and response.status.code >= 400"
                        + " and missing is null and flow.cachehit");
        Variables variables = VALUES::get;
        var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        boolean all = true;
        long before = 0;
        for (int i = 0; i < 20_000; i++) {
            if (i == 10_000) {
                before = threads.getCurrentThreadAllocatedBytes();
            }
            all &= condition.test(variables);
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
        assertThat(all).isTrue();
    }
}
