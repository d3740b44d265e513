package io.imaint.integration.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.odata.EdmKind;
import io.imaint.integration.odata.EdmProperty;
import io.imaint.integration.odata.EntitySet;
import io.imaint.integration.odata.EntityType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeStampChoiceTest {
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
        "LAST_UPDATE_TIME,''",
        "ChgdOn,''",
        "ChangedOnDateTime,''",
        "MaintOrdUpdtdAtDateTime,''",
        "LastChangeUTCDateTime,''",
        "LastChgUTCDteTme,''",
        "ChangeTimestamp,''",
        "updated,''",
        "LastChange,''",
        "FIELD7,Changed On",
        "FIELD7,Last Change at"
    })
    void knowsAChangeStampByNameOrLabel(String name, String label) {
        assertThat(choice(property(name, label, EdmKind.DATE_TIME_OFFSET, false, true))
                        .stamp())
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "ERDAT,Created On,DATE_TIME,true",
        "CreationDateTime,'',DATE_TIME_OFFSET,true",
        "CHANGEDBY,Changed By,STRING,true",
        "AEDAT,Changed On,STRING,true",
        "CHANGEDAT,'',DATE_TIME_OFFSET,false",
        "ExchangeRateDate,'',DATE_TIME,true",
        "ExchangeDate,'',DATE_TIME,true",
        "DraftEntityLastChangeDateTime,Draft Last Changed On,DATE_TIME_OFFSET,true",
        "LastChangeDateTime,Draft Last Changed On,DATE_TIME_OFFSET,true",
        "CreationDate,Changed On,DATE_TIME,true",
        "MaintOrdCrtnUTCDteTme,Changed On,DATE_TIME_OFFSET,true",
        "TaskCmpltdUTCDateTime,Changed On,DATE_TIME_OFFSET,true",
        "ValidityStartDate,Last Changed On,DATE_TIME,true",
        "StatusChangedAt,'',DATE_TIME_OFFSET,true",
        "UsageDecisionChangedOn,'',DATE_TIME,true",
        "LongTextLastChangedAt,'',DATE_TIME_OFFSET,true",
        "ChangeNumberLastChangedDate,'',DATE_TIME,true"
    })
    void takesNothingElseForOne(String name, String label, EdmKind kind, boolean filterable) {
        assertThat(choice(property(name, label, kind, false, filterable)).stamp())
                .isEmpty();
    }

    @Test
    void prefersATimeToADayAndANameToALabel() {
        var day = property("AEDAT", "Changed On", EdmKind.DATE_TIME, true, true);
        var label = property("X", "Changed at", EdmKind.DATE_TIME_OFFSET, false, true);
        var name = property("CHANGEDAT", "", EdmKind.DATE_TIME_OFFSET, false, true);
        assertThat(choice(day, label, name).stamp()).contains(name);
        assertThat(choice(day, label).stamp()).contains(label);
        assertThat(choice(day).stamp()).contains(day);
    }

    @Test
    void takesWhatSapComparesBeforeAChangeWhateverItsName() {
        var etag = property("Version", "", EdmKind.DATE_TIME_OFFSET, false, true);
        var named = property("LastChangeDateTime", "", EdmKind.DATE_TIME_OFFSET, false, true);
        var choice = choiceWithEtag("Version", named, etag);
        assertThat(choice.stamp()).contains(etag);
        assertThat(choice.reason())
                .isEqualTo(
                        "Version: it is a time, SAP compares it before it changes a row (ETag), so each change moves it, and SAP filters by ranges of it");
        assertThat(choiceWithEtag("Version", named, property("Version", "", EdmKind.DATE_TIME_OFFSET, false, false))
                        .stamp())
                .as("an ETag by which SAP does not filter")
                .contains(named);
        assertThat(choiceWithEtag("Version", property("Version", "", EdmKind.STRING, false, true))
                        .stamp())
                .isEmpty();
    }

    @Test
    void saysWhereTheTimeOfADayIs() {
        var day = property("LastChangeDate", "", EdmKind.DATE_TIME, true, true);
        var time = property("LastChangeTime", "", EdmKind.TIME, false, true);
        assertThat(choice(time, day).stamp()).contains(day);
        assertThat(choice(time, day).notes())
                .anyMatch(note -> note.contains("a day without a time (which is in LastChangeTime"));
        assertThat(choice(time).notes())
                .containsExactly("LastChangeTime is not used as change stamp: it is a time of day without its day");
    }

    @Test
    void takesTheStampOfTheRowBesideThatOfItsDraft() {
        var draft = property("DraftEntityLastChangeDateTime", "", EdmKind.DATE_TIME_OFFSET, false, true);
        var row = property("LastChangeDate", "Changed On", EdmKind.DATE_TIME, true, true);
        var created = property("CreationDate", "Created On", EdmKind.DATE_TIME, true, true);
        assertThat(choice(draft, created, row).stamp()).contains(row);
        assertThat(choice(draft, created).notes())
                .containsExactly(
                        "DraftEntityLastChangeDateTime is not used as change stamp: it belongs to drafts and is null for active rows",
                        "CreationDate is not used as change stamp: it tells when a row was created; if rows never change, set \"delta\" to \"stamp\" and \"changeStamp\" to \"CreationDate\"");
    }

    @Test
    void saysThatAStampMayBeNull() {
        var stamp = property("LastChangeDateTime", "", EdmKind.DATE_TIME_OFFSET, false, true);
        assertThat(choice(stamp).notes())
                .singleElement()
                .asString()
                .startsWith("LastChangeDateTime may be null: changes of rows without it are found only");
        var never = with(stamp, false, true);
        assertThat(choice(never).notes()).isEmpty();
        assertThat(choice(stamp, with(property("ChangedAt", "", EdmKind.DATE_TIME_OFFSET, false, true), false, true))
                        .stamp()
                        .map(EdmProperty::name))
                .contains("ChangedAt");
    }

    @Test
    void saysWhyALikelyStampIsOfNoUse() {
        assertThat(choice(property("LastChangeDateTime", "", EdmKind.DECIMAL, false, true))
                        .notes())
                .containsExactly(
                        "LastChangeDateTime is not used as change stamp: it is Edm.Decimal, neither date nor time");
        assertThat(choice(property("ChangedOn", "", EdmKind.DATE_TIME, true, false))
                        .notes())
                .containsExactly("ChangedOn is not used as change stamp: SAP does not filter by ranges of it");
        var single = with(property("ChangedOn", "", EdmKind.DATE_TIME, true, true), true, false);
        assertThat(choice(single).stamp()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "MaintOrdLastChangeDate,false",
        "MntncOrderChangedAt,false",
        "LastChangeDate,false",
        "PriceLastChangeDate,true",
        "StatusChangedAt,true",
        "OrderPriceChangedAt,true"
    })
    void tellsTheStampOfAPartByItsWords(String name, boolean part) {
        var stamp = property(name, "", EdmKind.DATE_TIME_OFFSET, false, true);
        assertThat(choice(stamp).notes().stream().anyMatch(note -> note.contains("a part of the row")))
                .isEqualTo(part);
        assertThat(choice(stamp, property("AEDAT", "", EdmKind.DATE_TIME, true, true))
                        .stamp()
                        .orElseThrow()
                        .name())
                .isEqualTo(part ? "AEDAT" : name);
    }

    @Test
    void wordsThatManyPropertiesShareNameTheRowAndNoPartOfIt() {
        var stamp = property("LglCntntChangedUTCDateTime", "", EdmKind.DATE_TIME_OFFSET, false, true);
        assertThat(choice(stamp, property("LglCntntTitle", "", EdmKind.STRING, false, true))
                        .notes())
                .noneMatch(note -> note.contains("a part of the row"));
        assertThat(choice(
                                stamp,
                                property("A", "", EdmKind.STRING, false, true),
                                property("B", "", EdmKind.STRING, false, true),
                                property("C", "", EdmKind.STRING, false, true))
                        .notes())
                .anyMatch(note -> note.contains("a part of the row"));
        assertThat(choice(property("MntncOrdDateLastChanged", "", EdmKind.DATE_TIME, true, true))
                        .notes())
                .noneMatch(note -> note.contains("a part of the row"));
    }

    /** What is chosen for a set of maintenance orders. */
    private static ChangeStampChoice choice(EdmProperty... properties) {
        return choiceWithEtag("", properties);
    }

    private static ChangeStampChoice choiceWithEtag(String etag, EdmProperty... properties) {
        var all = new ArrayList<>(List.of(EdmProperty.of("MaintenanceOrder", EdmKind.STRING)));
        all.addAll(List.of(properties));
        var type = new EntityType(
                "MaintenanceOrderType",
                all,
                List.of("MaintenanceOrder"),
                false,
                new EntityType.Traits("", "", etag, 0, Set.of()));
        return ChangeStampChoice.of(new EntitySet(
                "A_MaintenanceOrder",
                type,
                "",
                new EntitySet.Abilities(true, true, true, true, true, true, false, false, false)));
    }

    private static EdmProperty with(EdmProperty property, boolean nullable, boolean comparable) {
        return new EdmProperty(
                property.name(),
                property.kind(),
                property.typeName(),
                nullable,
                0,
                0,
                0,
                property.date(),
                property.label(),
                new EdmProperty.Abilities(true, true, true, true, false, comparable),
                null);
    }

    private static EdmProperty property(String name, String label, EdmKind kind, boolean date, boolean filterable) {
        return new EdmProperty(
                name,
                kind,
                kind == EdmKind.DECIMAL ? "Edm.Decimal" : "",
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
