package io.imaint.integration.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.problem.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
    private static final String SERVICE = "/icwp/PM_SRV";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Orders?$skiptoken=97 | Orders?$skiptoken=97",
                "/icwp/PM_SRV/Orders?$skiptoken=97 | Orders?$skiptoken=97",
                "https://sap.internal:44300/icwp/PM_SRV/Orders?a=b | Orders?a=b",
                "//sap.internal/icwp/PM_SRV/Orders?a=b | Orders?a=b",
                "https://sap.internal/sap/opu/odata/sap/PM_SRV/Orders('1')/Ops?a=b | Orders('1')/Ops?a=b",
                "https://sap.internal/other/path/Orders?a=b | Orders?a=b",
                "https://sap.internal/other/path/Orders('1')/Ops?a=b | Orders('1')/Ops?a=b",
                "https://sap.internal?a=b | ?a=b",
                "?$skiptoken=5 | Current?$skiptoken=5",
                "Orders?$skiptoken='a b\"{ü}'&x=%41%zz | Orders?$skiptoken='a%20b%22%7B%C3%BC%7D'&x=%41%25zz",
                "Orders?x=a#b | Orders?x=a%23b",
                "Orders?$filter=U eq 'https://x/y' | Orders?$filter=U%20eq%20'https://x/y'"
            })
    void keepsWhatIsBelowTheService(String link, String target) {
        assertThat(Target.of(link, SERVICE, "Current").toString()).isEqualTo(target);
    }

    @Test
    void findsTheCurrentResourceInAForeignPath() {
        assertThat(Target.of("https://h/x/y/A/B?n=1", SERVICE, "A/B").toString())
                .isEqualTo("A/B?n=1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../x", "a/../../x", "%2e%2E/x", "/icwp/PM_SRV/../admin", "./x"})
    void neverLeavesTheService(String link) {
        assertThatThrownBy(() -> Target.of(link, SERVICE, ""))
                .isInstanceOf(Failure.class)
                .extracting(failure -> ((Failure) failure).code())
                .isEqualTo(ODataProblem.SAP_REQUEST_REFUSED);
    }

    @Test
    void cannotBreakOutOfTheRequestLine() {
        assertThat(Target.of("A?x=1\r\nHost: evil\r\n\r\n", SERVICE, "").toString())
                .doesNotContain("\r", "\n", " ");
    }

    @Test
    void addsAParameterOnce() {
        var target = Target.of("A?$skiptoken=1&sap-client=200", SERVICE, "");
        assertThat(target.with("sap-client", "100")).isSameAs(target);
        assertThat(target.with("sap-language", "EN").toString())
                .isEqualTo("A?$skiptoken=1&sap-client=200&sap-language=EN");
        assertThat(target.with("sap-language", "")).isSameAs(target);
    }

    @ParameterizedTest
    @ValueSource(strings = {"A?!deltatoken='x'", "A?%21deltatoken=x", "A?b=c&$deltatoken=x", "A?%24DeltaToken=x"})
    void tellsLinksToChangesFromLinksToPages(String link) {
        assertThat(Target.of(link, SERVICE, "").asksForChanges()).isTrue();
        assertThat(Target.of(link.replace("delta", "skip").replace("Delta", "skip"), SERVICE, "")
                        .asksForChanges())
                .isFalse();
    }
}
