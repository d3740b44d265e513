package io.imaint.integration.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.odata.EdmKind;
import io.imaint.integration.odata.EdmProperty;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeStampTest {
    @ParameterizedTest
    @CsvSource({
        "CHANGEDAT,''",
        "AEDAT,''",
        "LAEDA,''",
        "LastChangeDateTime,''",
        "LAST_CHANGED_AT,''",
        "LastChangedDate,''",
        "ChangedOn,''",
        "MaintOrderLastChangeDateTime,''",
        "LastModifiedAt,''",
        "FIELD7,Changed On",
        "FIELD7,Last Change at"
    })
    void knowsAChangeStampByNameOrLabel(String name, String label) {
        assertThat(ChangeStamp.of(List.of(property(name, label, EdmKind.DATE_TIME_OFFSET, false, true))))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "ERDAT,Created On,DATE_TIME,true",
        "CreationDateTime,'',DATE_TIME_OFFSET,true",
        "CHANGEDBY,Changed By,STRING,true",
        "AEDAT,Changed On,STRING,true",
        "CHANGEDAT,'',DATE_TIME_OFFSET,false",
        "ExchangeRateDate,'',DATE_TIME,true"
    })
    void takesNothingElseForOne(String name, String label, EdmKind kind, boolean filterable) {
        assertThat(ChangeStamp.of(List.of(property(name, label, kind, false, filterable))))
                .isEmpty();
    }

    @Test
    void prefersATimeToADayAndANameToALabel() {
        var day = property("AEDAT", "Changed On", EdmKind.DATE_TIME, true, true);
        var label = property("X", "Changed at", EdmKind.DATE_TIME_OFFSET, false, true);
        var name = property("CHANGEDAT", "", EdmKind.DATE_TIME_OFFSET, false, true);
        assertThat(ChangeStamp.of(List.of(day, label, name))).contains(name);
        assertThat(ChangeStamp.of(List.of(day, label))).contains(label);
        assertThat(ChangeStamp.of(List.of(day))).contains(day);
    }

    private static EdmProperty property(String name, String label, EdmKind kind, boolean date, boolean filterable) {
        return new EdmProperty(
                name,
                kind,
                "",
                true,
                0,
                0,
                0,
                date,
                label,
                new EdmProperty.Abilities(filterable, true, true, true, false),
                null);
    }
}
