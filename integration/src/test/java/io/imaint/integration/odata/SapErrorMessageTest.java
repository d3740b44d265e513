package io.imaint.integration.odata;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SapErrorMessageTest {
    private static final String JSON = """
            {"error":{"innererror":{"transactionid":"5C0E","errordetails":[{"code":"X/1","message":"detail"}]},
            "code":"/IWFND/CM_CONSUMER/101","message":{"lang":"en","value":"No authorization"}}}""";

    private static final String XML = """
            <?xml version="1.0" encoding="utf-8"?><error xmlns="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">
            <code>/IWFND/MED/170</code><message xml:lang="en">No service found</message><innererror>
            <transactionid>5C0F</transactionid><errordetails><errordetail><code>Y</code><message>inner</message>
            </errordetail></errordetails></innererror></error>""";

    @Test
    void readsJson() {
        assertThat(told(JSON)).isEqualTo(new SapErrorMessage("/IWFND/CM_CONSUMER/101", "No authorization", "5C0E"));
    }

    @Test
    void readsXml() {
        assertThat(told(XML)).isEqualTo(new SapErrorMessage("/IWFND/MED/170", "No service found", "5C0F"));
    }

    @Test
    void readsAMessageThatIsAPlainText() {
        assertThat(told("{\"error\":{\"code\":\"C\",\"message\":\"plain\"}}"))
                .isEqualTo(new SapErrorMessage("C", "plain", ""));
    }

    @Test
    void takesTheTitleOfAPage() {
        assertThat(told("<!DOCTYPE html><html><head><TITLE>Logon\n Error</TITLE></head>")
                        .message())
                .isEqualTo("Logon Error");
    }

    @Test
    void makesForeignTextSafe() {
        assertThat(told("bad\u001b[31m\r\nline\u0000" + "x".repeat(1000)).message())
                .doesNotContain("\u001b", "\n", "\u0000")
                .hasSize(301);
    }

    @Test
    void usesWhatIsThereOfABodyCutOffAnywhere() {
        for (var whole : new String[] {JSON, XML}) {
            for (int length = 0; length < whole.length(); length++) {
                assertThat(told(whole.substring(0, length)).text()).isNotEmpty();
            }
        }
        assertThat(told(XML.substring(0, XML.indexOf("<innererror>"))).code()).isEqualTo("/IWFND/MED/170");
    }

    @Test
    void readsNoForeignEntities() {
        var attack = """
                <!DOCTYPE e [<!ENTITY x SYSTEM "file:///etc/hostname"><!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>
                <error><code>&x;</code><message>&b;</message></error>""";
        assertThat(told(attack).code()).isEmpty();
        assertThat(told(attack).message()).doesNotContain("aaaa");
    }

    private static SapErrorMessage told(String body) {
        return SapErrorMessage.of(body.getBytes(StandardCharsets.UTF_8));
    }
}
