package io.imaint.services.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Goal: everybody reads an alert in a language they understand. */
class AlertStringTest {
    private static final AlertString STRING = new AlertString(
            "changed",
            Map.of(
                    "en", new AlertText("Order {orderNumber}", "changed {count} times"),
                    "de", new AlertText("Auftrag {orderNumber}", "{count}-mal geändert"),
                    "de-at", new AlertText("Auftrag {orderNumber}, bitte", "")));

    @Test
    void takesTheNearestLanguage() {
        assertThat(language("de-AT")).isEqualTo("de-at");
        assertThat(language("de_CH")).isEqualTo("de");
        assertThat(language("fr-CA")).isEqualTo("en");
    }

    @Test
    void takesAnyLanguageRatherThanNone() {
        var spanish = new AlertString("only", Map.of("es", new AlertText("Orden", "")));
        assertThat(spanish.in("hi").orElseThrow().getKey()).isEqualTo("es");
    }

    @Test
    void fillsPlacesAndLeavesThoseWithoutAValueEmpty() {
        var text = new AlertText("{a} {unknown}", "{b}").filled(Map.of("a", "$1 {b}", "b", "x"));
        assertThat(text).isEqualTo(new AlertText("$1 {b}", "x"));
    }

    @Test
    void letsNoValueBeginANewLine() {
        var text = new AlertText("{a}", "").filled(Map.of("a", "x\r\nBcc: all@example.com"));
        assertThat(text.title()).isEqualTo("x Bcc: all@example.com");
    }

    private static String language(String wanted) {
        return STRING.in(wanted).orElseThrow().getKey();
    }
}
