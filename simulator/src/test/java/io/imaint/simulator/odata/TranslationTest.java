package io.imaint.simulator.odata;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.simulator.plant.PlantSource;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In which language the texts of customizing are answered. */
class TranslationTest {
    private static final DirectCaller CALLER = new DirectCaller(PlantSource.open(1, 50, Optional.empty()));

    private static String text(String address, String property, String... headers) {
        return CALLER.d(address, headers).get(property).asString();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PrioritySet(ARTPR='PM',PRIOK='1') | PRIOKX | Very high | Sehr hoch | Muy alta | अति उच्च",
                "OrderTypeSet('PM03') | TXT | Preventive maintenance | Vorbeugende Instandhaltung | Mantenimiento preventivo | निवारक अनुरक्षण",
                "NotificationTypeSet('M2') | QMARTX | Malfunction report | Störmeldung | Aviso de avería | खराबी रिपोर्ट",
                "ActivityTypeSet('REP') | ILATX | Repair | Reparatur | Reparación | मरम्मत",
                "StatusTextSet('I0002') | TXT30 | Released | Freigegeben | Liberado | जारी"
            })
    void answersTextsInTheLanguageOfTheRequest(
            String address, String property, String english, String german, String spanish, String hindi) {
        assertThat(text("/" + address, property)).isEqualTo(english);
        assertThat(text("/" + address + "?sap-language=EN", property)).isEqualTo(english);
        assertThat(text("/" + address + "?sap-language=DE", property)).isEqualTo(german);
        assertThat(text("/" + address + "?sap-language=es", property)).isEqualTo(spanish);
        assertThat(text("/" + address, property, "Accept-Language", "hi-IN,en;q=0.5"))
                .isEqualTo(hindi);
        assertThat(text("/" + address + "?sap-language=DE", property, "Accept-Language", "hi"))
                .as("the parameter counts before the header")
                .isEqualTo(german);
    }

    @Test
    void answersTheLanguageOfTheSystemWhereItDoesNotHaveTheOneAskedFor() {
        assertThat(text("/PrioritySet(ARTPR='PM',PRIOK='2')?sap-language=FR", "PRIOKX"))
                .isEqualTo("High");
    }

    @Test
    void leavesATextInitialThatIsNotTranslated() {
        var code = "/CatalogCodeSet(KATALOGART='C',CODEGRUPPE='DM-MEC',CODE='STIC')";
        assertThat(text(code, "KURZTEXT")).isEqualTo("Sticking");
        assertThat(text(code + "?sap-language=DE", "KURZTEXT")).isEmpty();
        assertThat(text(code + "?sap-language=DE", "GRUPPETEXT")).isEqualTo("Mechanische Schäden");
    }

    @Test
    void comparesAndSortsTheTextsThatItAnswers() {
        var found = CALLER.d("/PrioritySet?sap-language=DE&$orderby=PRIOKX&$filter=PRIOKX ne 'Hoch'")
                .get("results");
        assertThat(found.valueStream().map(row -> row.get("PRIOKX").asString()))
                .containsExactly("Mittel", "Niedrig", "Sehr hoch");
        assertThat(CALLER.get("/PrioritySet/$count?sap-language=DE&$filter=PRIOKX eq 'Hoch'")
                        .text())
                .isEqualTo("1");
    }

    @Test
    void leavesCodesAndWhatPeopleWroteAsTheyAre() {
        assertThat(text("/StatusTextSet('I0002')?sap-language=DE", "TXT04")).isEqualTo("REL");
        var orders = "/WorkOrderSet?$top=20&$select=AUFNR,KTEXT,STATUSES";
        assertThat(CALLER.d(orders + "&sap-language=DE").findValuesAsString("KTEXT"))
                .isEqualTo(CALLER.d(orders).findValuesAsString("KTEXT"))
                .isNotEmpty();
    }
}
