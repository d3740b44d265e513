package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.PolicyRig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegularExpressionProtectionTest {
    private final PolicyRig rig = new PolicyRig();

    RegularExpressionProtectionTest() {
        rig.request = Message.request("POST", "/demo/%64rop", "q=select%20*");
    }

    private @Nullable Fault fault(String elements) throws Exception {
        var context = rig.context();
        context.set("plain", "drop it");
        var policy = rig.compile(
                RegularExpressionProtection.TYPE,
                "<RegularExpressionProtection>" + elements + "</RegularExpressionProtection>");
        return catchThrowableOfType(Fault.class, () -> policy.execute(context));
    }

    private @Nullable String input(String elements) throws Exception {
        var fault = fault(elements);
        if (fault == null) {
            return null;
        }
        assertThat(fault.code()).isEqualTo("steps.regexprotection.ThreatDetected");
        assertThat(fault.status()).isEqualTo(500);
        return fault.text();
    }

    @Test
    @Covers({
        "RegularExpressionProtection/QueryParam@name",
        "RegularExpressionProtection/QueryParam/Pattern",
        "RegularExpressionProtection/Source",
        "RegularExpressionProtection!steps.regexprotection.ThreatDetected"
    })
    void answersWithSapsText() throws Exception {
        assertThat(input("<Source>request</Source><QueryParam name='q'><Pattern>sel.ct</Pattern></QueryParam>"))
                .isEqualTo("Regular Expression Threat Detected in P: regex: sel.ct input: select *");
    }

    @Test
    @Covers({"RegularExpressionProtection/URIPath/Pattern", "RegularExpressionProtection/URIPath/Pattern@ignoreCase"})
    void looksAtThePathAsItCameAndDecoded() throws Exception {
        assertThat(input("<URIPath><Pattern>drop</Pattern></URIPath>")).endsWith("input: /demo/drop");
        assertThat(input("<URIPath><Pattern>%64</Pattern></URIPath>")).endsWith("input: /demo/%64rop");
        assertThat(input("<URIPath><Pattern>DROP</Pattern></URIPath>")).isNull();
        assertThat(input("<URIPath><Pattern ignoreCase='true'>DROP</Pattern></URIPath>"))
                .isNotNull();
    }

    @Test
    @Covers({
        "RegularExpressionProtection/Header@name",
        "RegularExpressionProtection/Header/Pattern",
        "RegularExpressionProtection/FormParam@name",
        "RegularExpressionProtection/FormParam/Pattern"
    })
    void looksAtEveryValueOfHeadersAndForms() throws Exception {
        rig.request.headers().add("x-a", "fine");
        rig.request.headers().add("x-a", "fine, drop");
        assertThat(input("<Header name='X-A'><Pattern>drop</Pattern></Header>")).isNotNull();
        rig.request.headers().set("Content-Type", "application/x-www-form-urlencoded");
        rig.request.content("a=1&a=dr%6Fp");
        assertThat(input("<FormParam name='a'><Pattern>drop</Pattern></FormParam>"))
                .isNotNull();
        assertThat(input("<FormParam name='b'><Pattern>drop</Pattern></FormParam>"))
                .isNull();
    }

    @Test
    @Covers({
        "RegularExpressionProtection/Variable@name",
        "RegularExpressionProtection/Variable/Pattern",
        "RegularExpressionProtection/IgnoreUnresolvedVariables",
        "RegularExpressionProtection!steps.regexprotection.VariableResolutionFailed"
    })
    void looksAtVariables() throws Exception {
        assertThat(input("<Variable name='plain'><Pattern>drop</Pattern></Variable>"))
                .isNotNull();
        var missing = "<Variable name='none'><Pattern>drop</Pattern></Variable>";
        assertThat(java.util.Objects.requireNonNull(fault(missing)).code())
                .isEqualTo("steps.regexprotection.VariableResolutionFailed");
        assertThat(fault("<IgnoreUnresolvedVariables>true</IgnoreUnresolvedVariables>" + missing))
                .isNull();
    }

    @Test
    @Covers({
        "RegularExpressionProtection/JSONPayload/JSONPath/Expression",
        "RegularExpressionProtection/JSONPayload/JSONPath/Pattern",
        "RegularExpressionProtection/JSONPayload@escapeSlashCharacter"
    })
    void looksIntoJson() throws Exception {
        rig.request.content("{\"a\":[{\"b\":\"x\"},{\"b\":\"dr\\u006fp\"}]}");
        var path =
                "<JSONPayload escapeSlashCharacter='true'><JSONPath><Expression>%s</Expression><Pattern>drop</Pattern></JSONPath></JSONPayload>";
        assertThat(input(path.formatted("$.a[*].b"))).endsWith("input: drop");
        assertThat(input(path.formatted("$.a"))).isNotNull();
        assertThat(input(path.formatted("$.a[0].b"))).isNull();
        assertThat(input(path.formatted("$.none"))).isNull();
    }

    @Test
    @Covers({
        "RegularExpressionProtection/XMLPayload/Namespaces/Namespace@prefix",
        "RegularExpressionProtection/XMLPayload/XPath/Expression",
        "RegularExpressionProtection/XMLPayload/XPath/Type",
        "RegularExpressionProtection/XMLPayload/XPath/Pattern"
    })
    void looksIntoXml() throws Exception {
        rig.request.content("<a xmlns='urn:a'><b>x</b><b>drop</b></a>");
        var path = "<XMLPayload><Namespaces><Namespace prefix='n'>urn:a</Namespace></Namespaces><XPath>"
                + "<Expression>%s</Expression><Type>%s</Type><Pattern>drop</Pattern></XPath></XMLPayload>";
        assertThat(input(path.formatted("/n:a/n:b", "nodeset"))).endsWith("input: drop");
        assertThat(input(path.formatted("/n:a/n:b", "string"))).as("the first").isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "<JSONPayload><JSONPath><Expression>$.a</Expression><Pattern>x</Pattern></JSONPath></JSONPayload>, {",
        "<XMLPayload><XPath><Expression>/a</Expression><Pattern>x</Pattern></XPath></XMLPayload>, <a>",
        "<XMLPayload><XPath><Expression>/a</Expression><Pattern>x</Pattern></XPath></XMLPayload>, <!DOCTYPE a><a/>"
    })
    @Covers("RegularExpressionProtection!steps.regexprotection.ExecutionFailed")
    void refusesPayloadsThatItCanNotRead(String elements, String body) throws Exception {
        rig.request.content(body);
        assertThat(java.util.Objects.requireNonNull(fault(elements)).code())
                .isEqualTo("steps.regexprotection.ExecutionFailed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a+)+b", "(a|a)*b", "(a|b|ab)*c", "(.*)*x"})
    @Covers("RegularExpressionProtection!steps.regexprotection.ExecutionFailed")
    void givesUpExpressionsThatTryEveryWay(String pattern) throws Exception {
        rig.request.headers().set("x-a", "a".repeat(5_000));
        var fault = fault("<Header name='x-a'><Pattern>" + pattern + "</Pattern></Header>");
        assertThat(java.util.Objects.requireNonNull(fault).code()).isEqualTo("steps.regexprotection.ExecutionFailed");
    }

    @ParameterizedTest
    @CsvSource({
        "none, steps.regexprotection.SourceMessageNotAvailable",
        "plain, steps.regexprotection.NonMessageVariable"
    })
    @Covers({
        "RegularExpressionProtection!steps.regexprotection.SourceMessageNotAvailable",
        "RegularExpressionProtection!steps.regexprotection.NonMessageVariable"
    })
    void failsWithoutAMessage(String source, String code) throws Exception {
        var fault = fault("<Source>%s</Source><URIPath><Pattern>x</Pattern></URIPath>".formatted(source));
        assertThat(java.util.Objects.requireNonNull(fault).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<URIPath><Pattern>(</Pattern></URIPath>",
                "<URIPath/>",
                "<Header><Pattern>x</Pattern></Header>",
                "<JSONPayload><JSONPath><Expression>$.[</Expression><Pattern>x</Pattern></JSONPath></JSONPayload>",
                "<XMLPayload><XPath><Expression>/[</Expression><Pattern>x</Pattern></XPath></XMLPayload>"
            })
    void reportsWhatCanNotWork(String elements) {
        assertThat(rig.findings(
                        RegularExpressionProtection.TYPE,
                        "<RegularExpressionProtection>" + elements + "</RegularExpressionProtection>"))
                .anyMatch(one -> !one.deployable());
    }
}
