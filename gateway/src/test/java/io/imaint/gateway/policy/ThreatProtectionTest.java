package io.imaint.gateway.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.PolicyRig;
import io.imaint.gateway.flow.PolicyType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ThreatProtectionTest {
    private final PolicyRig rig = new PolicyRig();

    /** What is wrong with a body; null for nothing. */
    private @Nullable Fault fault(PolicyType type, String contentType, String body, String elements) throws Exception {
        rig.request = Message.request("POST", "/demo/orders", "");
        rig.request.headers().set("Content-Type", contentType);
        rig.request.content(body);
        var context = rig.context();
        context.set("plain", "text");
        var policy = rig.compile(type, "<%s>%s</%s>".formatted(type.element(), elements, type.element()));
        return catchThrowableOfType(Fault.class, () -> policy.execute(context));
    }

    private @Nullable String json(String body, String elements) throws Exception {
        var fault = fault(JSONThreatProtection.TYPE, "application/json", body, elements);
        return fault == null ? null : fault.text();
    }

    private @Nullable String xml(String body, String elements) throws Exception {
        var fault = fault(XMLThreatProtection.TYPE, "application/xml", body, elements);
        return fault == null ? null : fault.text();
    }

    @Test
    @Covers({
        "JSONThreatProtection/ObjectEntryNameLength",
        "JSONThreatProtection/Source",
        "JSONThreatProtection!steps.jsonthreatprotection.ExecutionFailed"
    })
    void answersWithSapsText() throws Exception {
        var fault = java.util.Objects.requireNonNull(fault(
                JSONThreatProtection.TYPE,
                "application/json; charset=utf-8",
                "{\n\n\n\n\"long name\": 1}",
                "<ObjectEntryNameLength>3</ObjectEntryNameLength><Source>request</Source>"));
        assertThat(fault.status()).isEqualTo(500);
        assertThat(fault.code()).isEqualTo("steps.jsonthreatprotection.ExecutionFailed");
        assertThat(fault.text())
                .isEqualTo("JSONThreatProtection[P]: Execution failed. reason: JSONThreatProtection[P]: "
                        + "Exceeded object entry name length at line 5");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<ContainerDepth>2</ContainerDepth> | {\"a\":[]} | {\"a\":[{}]} | container depth",
                "<ObjectEntryCount>2</ObjectEntryCount> | {\"a\":{\"x\":1},\"b\":2} | {\"a\":1,\"b\":2,\"c\":3} | object entry count",
                "<ArrayElementCount>2</ArrayElementCount> | [[1,2],2] | [[],{},3] | array element count",
                "<StringValueLength>2</StringValueLength> | [\"ab\"] | {\"a\":\"abc\"} | string value length",
                "<ObjectEntryNameLength>2</ObjectEntryNameLength> | {\"ab\":1} | {\"abc\":1} | object entry name length"
            })
    @Covers({
        "JSONThreatProtection/ContainerDepth",
        "JSONThreatProtection/ObjectEntryCount",
        "JSONThreatProtection/ArrayElementCount",
        "JSONThreatProtection/StringValueLength",
        "JSONThreatProtection/ObjectEntryNameLength"
    })
    void refusesJsonBeyondALimit(String limit, String good, String bad, String what) throws Exception {
        assertThat(json(good, limit)).isNull();
        assertThat(json(bad, limit)).endsWith("Exceeded " + what + " at line 1");
        assertThat(json(bad, "")).as("no limit").isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{", "{\"a\":}", "[1,]", "{} {}", "{'a':1}", "\"abc", "nul"})
    void refusesWhatIsNoJson(String body) throws Exception {
        assertThat(json(body, "")).contains("Invalid JSON at line 1");
    }

    @Test
    void refusesJsonNestedWithoutEnd() throws Exception {
        assertThat(json("[".repeat(1_000_000), "")).contains("Invalid JSON");
    }

    @Test
    void looksOnlyAtBodiesOfItsFormat() throws Exception {
        assertThat(fault(JSONThreatProtection.TYPE, "text/plain", "{", "")).isNull();
        assertThat(fault(XMLThreatProtection.TYPE, "text/plain", "<a", "")).isNull();
        assertThat(json("", "")).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "JSONThreatProtection, nothing, steps.jsonthreatprotection.SourceUnavailable",
        "JSONThreatProtection, plain, steps.jsonthreatprotection.NonMessageVariable",
        "XMLThreatProtection, nothing, steps.xmlthreatprotection.SourceUnavailable",
        "XMLThreatProtection, plain, steps.xmlthreatprotection.NonMessageVariable"
    })
    @Covers({
        "JSONThreatProtection!steps.jsonthreatprotection.SourceUnavailable",
        "JSONThreatProtection!steps.jsonthreatprotection.NonMessageVariable",
        "XMLThreatProtection/Source",
        "XMLThreatProtection!steps.xmlthreatprotection.SourceUnavailable",
        "XMLThreatProtection!steps.xmlthreatprotection.NonMessageVariable"
    })
    void failsWithoutAMessage(String element, String source, String code) throws Exception {
        var type = element.startsWith("J") ? JSONThreatProtection.TYPE : XMLThreatProtection.TYPE;
        var fault = fault(type, "text/plain", "", "<Source>" + source + "</Source>");
        assertThat(java.util.Objects.requireNonNull(fault).code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<NameLimits><Element>2</Element></NameLimits> | <ab/> | <abc/> | element name length",
                "<NameLimits><Attribute>2</Attribute></NameLimits> | <a ab=''/> | <a abc=''/> | attribute name length",
                "<NameLimits><NamespacePrefix>2</NamespacePrefix></NameLimits> | <a xmlns:ab='u'/> | <abc:a xmlns:abc='u'/> | namespace prefix length",
                "<NameLimits><ProcessingInstructionTarget>2</ProcessingInstructionTarget></NameLimits> | <a><?ab?></a> | <a><?abc?></a> | processing instruction target length",
                "<StructureLimits><NodeDepth>2</NodeDepth></StructureLimits> | <a><b/></a> | <a><b><c/></b></a> | node depth",
                "<StructureLimits><AttributeCountPerElement>1</AttributeCountPerElement></StructureLimits> | <a x=''/> | <a x='' y=''/> | attribute count",
                "<StructureLimits><NamespaceCountPerElement>1</NamespaceCountPerElement></StructureLimits> | <a xmlns='u'/> | <a xmlns='u' xmlns:v='v'/> | namespace count",
                "<StructureLimits><ChildCount>2</ChildCount></StructureLimits> | <a>x<!--c--></a> | <a>x<b/><?p?></a> | child count",
                "<StructureLimits><ChildCount includeComment='false' includeText='false' includeProcessingInstruction='false'>1</ChildCount></StructureLimits> | <a>x<!--c--><?p?><b/></a> | <a><b/><b/></a> | child count",
                "<StructureLimits><ChildCount includeElement='false'>1</ChildCount></StructureLimits> | <a><b/><b/>x</a> | <a>x<b/>y</a> | child count",
                "<ValueLimits><Text>2</Text></ValueLimits> | <a>xy</a> | <a>x<![CDATA[yz]]></a> | text length",
                "<ValueLimits><Attribute>2</Attribute></ValueLimits> | <a x='12'/> | <a x='123'/> | attribute value length",
                "<ValueLimits><NamespaceURI>2</NamespaceURI></ValueLimits> | <a xmlns='ab'/> | <a xmlns='abc'/> | namespace URI length",
                "<ValueLimits><Comment>2</Comment></ValueLimits> | <a><!--ab--></a> | <a><!--abc--></a> | comment length",
                "<ValueLimits><ProcessingInstructionData>2</ProcessingInstructionData></ValueLimits> | <a><?p ab?></a> | <a><?p abc?></a> | processing instruction data length"
            })
    @Covers({
        "XMLThreatProtection/NameLimits/Element",
        "XMLThreatProtection/NameLimits/Attribute",
        "XMLThreatProtection/NameLimits/NamespacePrefix",
        "XMLThreatProtection/NameLimits/ProcessingInstructionTarget",
        "XMLThreatProtection/StructureLimits/NodeDepth",
        "XMLThreatProtection/StructureLimits/AttributeCountPerElement",
        "XMLThreatProtection/StructureLimits/NamespaceCountPerElement",
        "XMLThreatProtection/StructureLimits/ChildCount",
        "XMLThreatProtection/StructureLimits/ChildCount@includeComment",
        "XMLThreatProtection/StructureLimits/ChildCount@includeElement",
        "XMLThreatProtection/StructureLimits/ChildCount@includeProcessingInstruction",
        "XMLThreatProtection/StructureLimits/ChildCount@includeText",
        "XMLThreatProtection/ValueLimits/Text",
        "XMLThreatProtection/ValueLimits/Attribute",
        "XMLThreatProtection/ValueLimits/NamespaceURI",
        "XMLThreatProtection/ValueLimits/Comment",
        "XMLThreatProtection/ValueLimits/ProcessingInstructionData",
        "XMLThreatProtection!steps.xmlthreatprotection.ExecutionFailed"
    })
    void refusesXmlBeyondALimit(String limit, String good, String bad, String what) throws Exception {
        assertThat(xml(good, limit)).isNull();
        assertThat(xml(bad, limit))
                .isEqualTo(
                        "XMLThreatProtection[P]: Execution failed. reason: XMLThreatProtection[P]: Exceeded %s at line 1"
                                .formatted(what));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<a>",
                "<a></b>",
                "plain",
                "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
                "<!DOCTYPE a [<!ENTITY x 'lol'><!ENTITY y '&x;&x;&x;&x;'>]><a>&y;</a>",
                "<a>&unknown;</a>"
            })
    void refusesWhatIsNoXmlOrHasADocumentType(String body) throws Exception {
        assertThat(xml(body, "")).contains("Execution failed");
    }
}
