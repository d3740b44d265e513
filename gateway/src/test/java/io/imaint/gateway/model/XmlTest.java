package io.imaint.gateway.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlTest {
    private static final String SAMPLE = """
            <?xml version="1.0" encoding="UTF-8" standalone="yes"?>
            <!-- first -->
            <Quota async="true" xmlns="http://www.sap.com/apimgmt">
                <Allow count='10'/>
                <Payload a="x &gt; y"><b:c xmlns:b="urn:b">{1 &lt; 2}</b:c><![CDATA[<d>]]></Payload>
            </Quota>
            """;

    @Test
    void readsNamesNamespacesTextAndLines() throws XmlInvalid {
        var root = Xml.read(SAMPLE);
        assertThat(root.name()).isEqualTo("Quota");
        assertThat(root.namespace()).isEqualTo("http://www.sap.com/apimgmt");
        assertThat(root.line()).isEqualTo(3);
        assertThat(root.attribute("async")).contains("true");
        var payload = root.child("Payload").orElseThrow();
        assertThat(payload.line()).isEqualTo(5);
        assertThat(payload.text()).isEqualTo("<d>");
        assertThat(payload.inner()).isEqualTo("<b:c xmlns:b=\"urn:b\">{1 &lt; 2}</b:c><![CDATA[<d>]]>");
        assertThat(payload.children().getFirst().namespaces()).containsEntry("b", "urn:b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\uFEFF", "\n\n", "\uFEFF \r\n\n", ""})
    void passesOverWhatStandsBeforeTheDeclaration(String before) throws XmlInvalid {
        int lines = (int) before.chars().filter(c -> c == '\n').count();
        assertThat(Xml.read((before + SAMPLE).getBytes(UTF_8)).line()).isEqualTo(3 + lines);
    }

    @Test
    void findsTheInnerTextInFilesWithOtherLineEnds() throws XmlInvalid {
        for (var end : java.util.List.of("\r\n", "\r", "\n")) {
            var root = Xml.read("<a>%1$s<!-- 𝒳ä -->%1$s<b>𝒳<c/>ü</b></a>".formatted(end));
            assertThat(root.child("b").orElseThrow().inner()).isEqualTo("𝒳<c/>ü");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>\n<a>&x;</a>",
                "<!DOCTYPE a [<!ENTITY x \"1\"><!ENTITY y \"&x;&x;\">]>\n<a>&y;</a>",
                "<!DOCTYPE a SYSTEM \"http://evil.example/a.dtd\">\n<a/>",
                "<!DOCTYPE a [<!ATTLIST a b CDATA \"c\">]>\n<a/>",
                "<!DOCTYPE a PUBLIC \"-//x//y\" \"http://evil.example/a.dtd\"><a/>"
            })
    void refusesDocumentTypes(String xml) {
        var invalid = catchThrowableOfType(XmlInvalid.class, () -> Xml.read("<!-- one -->\n" + xml));
        assertThat(invalid).isNotNull();
        assertThat(invalid.line()).isEqualTo(2);
    }

    @Test
    void refusesEntitiesThatNobodyDeclared() {
        assertThatThrownBy(() -> Xml.read("<a>\n&x;</a>"))
                .isInstanceOfSatisfying(
                        XmlInvalid.class, invalid -> assertThat(invalid.line()).isEqualTo(2));
    }

    @Test
    void refusesWhatIsNestedTooDeeply() {
        var deep = "<a>".repeat(Xml.DEPTH_MAX + 1) + "</a>".repeat(Xml.DEPTH_MAX + 1);
        assertThatThrownBy(() -> Xml.read(deep)).isInstanceOf(XmlInvalid.class).hasMessageContaining("100");
    }

    @Test
    void refusesTooManyElements() {
        var wide = "<a>" + "<b/>".repeat(Xml.ELEMENTS_MAX) + "</a>";
        assertThatThrownBy(() -> Xml.read(wide)).isInstanceOf(XmlInvalid.class).hasMessageContaining("elements");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "text", "<a>", "<a></b>", "<a/><b/>", "<a b=c/>", "<a:b/>", "<a>\u0000</a>"})
    void refusesWhatIsNotWellFormed(String xml) {
        assertThatThrownBy(() -> Xml.read(xml)).isInstanceOf(XmlInvalid.class).hasMessageMatching("(?s).{3,}");
    }

    @Property(tries = 1000)
    void refusesOrReadsDamagedXmlButNeverFails(@ForAll long seed) {
        var random = new Random(seed);
        var text = new StringBuilder(SAMPLE);
        for (int i = 0; i <= random.nextInt(8); i++) {
            int at = random.nextInt(Math.max(1, text.length() - 1));
            switch (random.nextInt(4)) {
                case 0 -> text.delete(at, at + 1);
                case 1 ->
                    text.insert(Math.min(at, text.length()), "<>&\"'/!?[]-=\u0000\uFFFF\r".charAt(random.nextInt(15)));
                case 2 -> text.setLength(Math.max(1, at));
                default -> text.append(text.substring(Math.min(at, text.length())));
            }
        }
        try {
            assertThat(Xml.read(text.toString()).line()).isPositive();
        } catch (XmlInvalid refused) {
            assertThat(refused.line()).isPositive();
        }
    }
}
