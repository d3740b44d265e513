package io.imaint.gateway.expression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goal: every function gives what Apigee's documents show. Method: their examples, and known answers of standards. */
class TemplateFunctionTest {
    private static final String ORDERS = """
            {"config":{"quota":[
             {"appname":"A","operation":"ManageOrder","value":900},
             {"appname":"B","operation":"ManageOrder","value":1000},
             {"appname":"B","operation":"SubmitOrder","value":800}]}}""";

    private static final Map<String, Object> VALUES = new HashMap<>(Map.ofEntries(
            Map.entry("str", "abc"),
            Map.entry("alpha", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
            Map.entry("seven", 7),
            Map.entry("header", "Bearer ABC-9993"),
            Map.entry("regex1", "^Bearer "),
            Map.entry("replacement", "TOKEN: "),
            Map.entry("broken", "("),
            Map.entry("food", "\"bread\" & 'butter' <x>"),
            Map.entry("lines", "a\"b\\c\n\t\r\b\f\u0001/é"),
            Map.entry("controls", "a\u0000\u0001\u0085\u0086\uFFFE\tb"),
            Map.entry("ms", 1494390266000L),
            Map.entry("seconds", "1494390266"),
            Map.entry("fmt", "yyyy-MM-dd HH:mm:ss"),
            Map.entry("json", ORDERS),
            Map.entry("query", "$.config.quota[?(@.operation==\"ManageOrder\")].appname"),
            Map.entry("xml", "<tag id='7'><tagid>250397</tagid><rssi>74</rssi><rssi>75</rssi></tag>"),
            Map.entry("soap", "<s:Envelope xmlns:s='urn:s'><s:Body><x/></s:Body></s:Envelope>"),
            Map.entry("ns", "soap:urn:s"),
            Map.entry("count", "count(//rssi)"),
            Map.entry("more", "count(//rssi)>1"),
            Map.entry("foo", "foo"),
            Map.entry("nothing", "")));

    private static String rendered(String template) throws ExpressionInvalid, UnresolvedVariable {
        return Template.parse(template).render(VALUES::get, true, new Random(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{md5Hex('abc')}|900150983cd24fb0d6963f7d28e17f72",
                "{sha1Hex('abc')}|a9993e364706816aba3e25717850c26c9cd0d89d",
                "{sha256Hex('abc')}|ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
                "{sha256Base64(str)}|ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=",
                "{md5Base64(str)}|kAFQmDzST7DWlj99KOF/cg==",
                "{sha1Base64(str)}|qZk+NkcGgWq6PiVxeFDCbJzQ2J0=",
                "{encodeBase64(str)}|YWJj",
                "{decodeBase64('aGVsbG8sIHdvcmxk')}|hello, world",
                "{decodeBase64('a-_b')}.|.",
                "{toUpperCase(str)}|ABC",
                "{toLowerCase(alpha)}|abcdefghijklmnopqrstuvwxyz",
                "{substring(alpha,22)}|WXYZ",
                "hello {substring(alpha,22)}|hello WXYZ",
                "{substring(alpha,-4)}|WXYZ",
                "{substring(alpha,-8,-4)}|STUV",
                "{substring(alpha,0,10)}|ABCDEFGHIJ",
                "{substring(alpha, 0, seven)}|ABCDEFG",
                "{substring(alpha,5,2)}.|.",
                "{substring(alpha,20,99)}|UVWXYZ",
                "{substring(alpha,str)}.|.",
                "{replaceAll(header,'9','')}|Bearer ABC-3",
                "{replaceAll(header,regex1,'')}|ABC-9993",
                "{replaceAll(header,regex1,replacement)}|TOKEN: ABC-9993",
                "{replaceFirst(header,'9','x')}|Bearer ABC-x993",
                "{replaceAll(header,'([A-Z])BC','$1-')}|Bearer A--9993",
                "{replaceAll(header,'A','$9')}|Bearer ABC-9993",
                "{replaceAll(header,broken,'x')}|Bearer ABC-9993",
                "{escapeXML(food)}|&quot;bread&quot; &amp; &apos;butter&apos; &lt;x&gt;",
                "{escapeXML11(food)}|&quot;bread&quot; &amp; &apos;butter&apos; &lt;x&gt;",
                "{encodeHTML(food)}|&quot;bread&quot; &amp; &#39;butter&#39; &lt;x&gt;",
                "{escapeJSON(lines)}|a\\\"b\\\\c\\n\\t\\r\\b\\f\\u0001/é",
                "{escapeXML11(controls)}|a&#1;\u0085&#134;\tb",
                "{escapeXML(controls)}|a\u0085\u0086\tb",
                "{timeFormatUTCMs('yyyy-MM-dd',ms)}|2017-05-10",
                "{timeFormatUTC(fmt,seconds)}|2017-05-10 04:24:26",
                "{timeFormat('yyyyMMddHHmmss',seconds)}|20170510042426",
                "{timeFormatMs(fmt,ms)}|2017-05-10 04:24:26",
                "{timeFormatUTCMs(\"EEE, d MMM yyyy HH:mm:ss Z\",ms)}|Wed, 10 May 2017 04:24:26 +0000",
                "{timeFormatUTCMs(fmt,str)}.|.",
                "{timeFormatUTC(fmt,'9223372036854775807')}.|.",
                "{firstnonnull(missing,foo)}|foo",
                "{firstnonnull(foo,str)}|foo",
                "{firstnonnull(nothing,str)}.|.",
                "{firstnonnull(missing,absent,'fallback value')}|fallback value",
                "{firstnonnull(missing)}.|.",
                "{jsonPath('$.config.quota[0].value',json)}|900",
                "{jsonPath(query,json)}|A",
                "{jsonPath(query,json,true)}|[\"A\",\"B\"]",
                "{jsonPath('$.config.quota[2]',json)}|{\"appname\":\"B\",\"operation\":\"SubmitOrder\",\"value\":800}",
                "{jsonPath('$.none',json)}.|.",
                "{jsonPath('$.none[*]',json)}.|.",
                "{jsonPath('$.x',str)}.|.",
                "{jsonPath(broken,json)}.|.",
                "{jsonPath('$.x',missing)}.|.",
                "{xPath('/tag/tagid',xml)}|<tagid>250397</tagid>",
                "{xpath('/tag/rssi',xml)}|<rssi>74</rssi><rssi>75</rssi>",
                "{xPath('/tag/rssi',xml,'node')}|<rssi>74</rssi>",
                "{xPath('/tag/rssi',xml,'string')}|74",
                "{xPath('/tag/tagid/text()',xml)}|250397",
                "{xPath('/tag/@id',xml)}|7",
                "{xPath(count,xml,'number')}|2",
                "{xPath(more,xml,'Boolean')}|true",
                "{xPath('/soap:Envelope/soap:Body/*',soap,ns)}|<x/>",
                "{xPath('/none',xml)}.|.",
                "{xPath('/none',xml,'node')}.|.",
                "{xPath('///',xml)}.|.",
                "{xPath('/a',str)}.|.",
                "{xPath('/a',missing)}.|.",
                "{randomLong(5,5)}|5",
                "{randomLong(9,5)}.|.",
                "{randomLong(str)}.|.",
                "{randomLong(9223372036854775807)}|9223372036854775807",
            })
    void givesWhatIsDocumented(String template, String expected) throws ExpressionInvalid, UnresolvedVariable {
        assertThat(rendered(template)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"sha384, 48", "sha512, 64"})
    void hashesOfAllLengths(String name, int bytes) throws ExpressionInvalid, UnresolvedVariable {
        assertThat(rendered("{" + name + "Hex(str)}")).hasSize(bytes * 2);
        assertThat(rendered("{" + name + "Base64(str)}")).hasSize((bytes + 2) / 3 * 4);
    }

    /** The known answers of RFC 2202 and 4231, test case 2. */
    @ParameterizedTest
    @CsvSource({
        "Md5, 750c783e6ab0b503eaa86e310a5db738",
        "Sha1, effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
        "Sha224, a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44",
        "Sha256, 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "Sha384," + " af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649",
        "Sha512,"
                + " 164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
    })
    void signsWithEveryHash(String hash, String expected) throws ExpressionInvalid, UnresolvedVariable {
        var call = "{hmac" + hash + "(%s,'what do ya want for nothing?',%s)}";
        assertThat(rendered(call.formatted("'Jefe'", "'utf-8','hex'"))).isEqualTo(expected);
        assertThat(rendered(call.formatted("'4a656665'", "'BASE16','base16'"))).isEqualTo(expected);
        assertThat(rendered(call.formatted("'SmVmZQ=='", "'base64','Hex'"))).isEqualTo(expected);
    }

    @Test
    void signsAsBase64ByDefault() throws ExpressionInvalid, UnresolvedVariable {
        assertThat(rendered("{hmacSha256('Jefe','what do ya want for nothing?')}"))
                .isEqualTo("W9zBRr9gdU5qBCQmCJV1x1oAPwidJzmDnexYuWTsOEM=");
        assertThat(rendered("{hmacSha256('xyz',str,'hex')}{hmacSha256(missing,str)}"))
                .isEmpty();
    }

    @Test
    void makesIdentifiersAndNumbersFromTheGivenSource() throws ExpressionInvalid, UnresolvedVariable {
        var uuid = rendered("{createUuid()}");
        assertThat(UUID.fromString(uuid).version()).isEqualTo(4);
        assertThat(UUID.fromString(uuid).variant()).isEqualTo(2);
        assertThat(rendered("{createUuid()}")).isEqualTo(uuid);
        assertThat(Template.parse("{createUuid()}").render(VALUES::get, false)).isNotEqualTo(uuid);
        assertThat(rendered("{randomLong()}")).isEqualTo(Long.toString(new Random(1).nextLong()));
        assertThat(Long.parseLong(rendered("{randomLong(1000,9999)}"))).isBetween(1000L, 9999L);
        assertThat(Long.parseLong(rendered("{randomLong(10)}"))).isGreaterThanOrEqualTo(10);
        assertThat(Long.parseLong(rendered("{randomLong(-9223372036854775808)}")))
                .isNotZero();
    }

    @Test
    void reportsTheFirstOfAlternativesThatAreAllMissing() throws ExpressionInvalid, UnresolvedVariable {
        var template = Template.parse("{firstnonnull(no.a,no.b)}");
        var thrown = catchThrowableOfType(UnresolvedVariable.class, () -> template.render(VALUES::get, false));
        assertThat(thrown.variable()).isEqualTo("no.a");
        assertThat(Template.parse("{firstnonnull(no.a,foo)}").render(VALUES::get, false))
                .isEqualTo("foo");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
                "<!DOCTYPE a [<!ENTITY x 'aaaa'><!ENTITY y '&x;&x;'>]><a>&y;</a>",
                "<!DOCTYPE a SYSTEM 'http://127.0.0.1:1/x.dtd'><a>1</a>",
                "<a>1",
                "<a>\uD800</a>"
            })
    void readsNothingButTheXmlItself(String xml) throws ExpressionInvalid, UnresolvedVariable {
        assertThat(Template.parse("{xPath('/a',xml,'string')}").render(name -> xml, false))
                .isEmpty();
    }

    @Test
    void takesNoDeepDocuments() throws ExpressionInvalid, UnresolvedVariable {
        var xml = "<a>".repeat(100_000) + "</a>".repeat(100_000);
        assertThat(Template.parse("{xPath('/a',xml)}").render(name -> xml, false))
                .isEmpty();
        var json = "[".repeat(100_000) + "]".repeat(100_000);
        assertThat(Template.parse("{jsonPath('$..a',json)}").render(name -> json, false))
                .isEmpty();
    }

    @Test
    void leavesATextWhoseReplacementTakesTooMuch() throws ExpressionInvalid, UnresolvedVariable {
        var hostile = "a".repeat(30_000);
        assertThat(Template.parse("{replaceAll(x,'(a+)+b','c')}").render(name -> hostile, false))
                .isEqualTo(hostile);
        var longText = "a".repeat(100_000);
        var values = Map.of("x", longText, "y", "b".repeat(1000));
        assertThat(Template.parse("{replaceAll(x,'a',y)}").render(values::get, false))
                .isEqualTo(longText);
    }
}
