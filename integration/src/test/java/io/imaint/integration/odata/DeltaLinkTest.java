package io.imaint.integration.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeltaLinkTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "OrderSet?!deltatoken='D2025_1'|D2025_1",
                "OrderSet?$select=A,B&!deltatoken='D2025_1'&sap-client=100|D2025_1",
                "OrderSet?%21deltatoken=%27a%2Fb+c%27%27d%27|a/b+c'd",
                "OrderSet?$deltatoken=D1|D1",
                "https://h:1/sap/opu/odata/sap/X_SRV/OrderSet?!deltatoken='D1'|D1",
                "OrderSet?!deltatoken='100%'|100%"
            })
    void readsTheTokenOfADelta(String target, String token) {
        assertThat(DeltaLink.of(target)).contains(new DeltaLink("OrderSet", token));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "OrderSet",
                "OrderSet?$skiptoken='x'",
                "OrderSet?!deltatoken",
                "OrderSet?!deltatoken=''",
                "?!deltatoken='x'",
                "OrderSet?$filter=A eq '!deltatoken=x'"
            })
    void takesNoOtherTargetForADelta(String target) {
        assertThat(DeltaLink.of(target)).isEmpty();
    }

    @Test
    void asksForTheChangesWithOurPropertiesAndFilter() {
        var link = new DeltaLink("OrderSet", "a/b'c");
        var target = link.target(Types.THING, List.of("ID", "Day"), "A eq 'x&y' and B gt 5");
        assertThat(target)
                .isEqualTo("OrderSet?$select=ID,Day&$filter=A%20eq%20'x%26y'%20and%20B%20gt%205"
                        + "&!deltatoken='a%2Fb''c'");
        assertThat(DeltaLink.of(target)).contains(link);
        assertThat(link.target(Types.THING, List.of(), "")).isEqualTo("OrderSet?!deltatoken='a%2Fb''c'");
    }

    @Test
    void selectsTheModeWhereItIsDeclared() {
        var type = new EntityType(
                "Fact",
                List.of(EdmProperty.of("ID", EdmKind.STRING), EdmProperty.of("ODQ_CHANGEMODE", EdmKind.STRING)),
                List.of("ID"));
        var link = new DeltaLink("FactsOfX", "D1");
        assertThat(link.target(type, List.of("ID"), ""))
                .isEqualTo("FactsOfX?$select=ID,ODQ_CHANGEMODE&!deltatoken='D1'");
        assertThat(link.target(type, List.of(), "")).isEqualTo("FactsOfX?!deltatoken='D1'");
    }

    @Test
    void needsASetAndAToken() {
        assertThatThrownBy(() -> new DeltaLink("", "x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DeltaLink("X", " ")).isInstanceOf(IllegalArgumentException.class);
    }
}
