package io.imaint.integration.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.integration.definition.Reading;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each set is classified, and each part of a proposal has its reason. The services are small, and built as SAP's frameworks build theirs. */
class ForeignServiceIT {
    private static final String API = "/sap/opu/odata/sap/UI_PUMPS";

    private static final String SETS = """
            <EntityType Name="PumpType"><Key><PropertyRef Name="ID"/></Key><Property Name="ID" Type="Edm.String"/>
            <Property Name="Kind" Type="Edm.String"/><NavigationProperty Name="to_Part" Relationship="S.Parts" FromRole="P" ToRole="C"/></EntityType>
            <EntityType Name="PartType"><Key><PropertyRef Name="ID"/></Key><Property Name="ID" Type="Edm.String"/></EntityType>
            <EntityType Name="CostType" sap:semantics="aggregate"><Key><PropertyRef Name="ID"/></Key><Property Name="ID" Type="Edm.String"/>
            <Property Name="Cost" Type="Edm.Decimal" sap:aggregation-role="measure"/></EntityType>
            <EntityType Name="CostParameters" sap:semantics="parameters"><Key><PropertyRef Name="P_Date"/></Key><Property Name="P_Date" Type="Edm.DateTime"/></EntityType>
            <EntityType Name="Subscription" sap:semantics="subscriptions"><Key><PropertyRef Name="ID"/></Key><Property Name="ID" Type="Edm.Guid"/></EntityType>
            <EntityType Name="I_DraftAdministrativeDataType"><Key><PropertyRef Name="DraftUUID"/></Key><Property Name="DraftUUID" Type="Edm.Guid"/></EntityType>
            <EntityType Name="TextType" sap:value-list="true"><Key><PropertyRef Name="ID"/></Key><Property Name="ID" Type="Edm.String"/></EntityType>
            <EntityType Name="Bytes"><Key><PropertyRef Name="ID"/></Key><Property Name="ID" Type="Edm.Binary"/></EntityType>
            <EntityType Name="ObjectType" sap:value-list="true"><Key><PropertyRef Name="ID"/></Key><Property Name="ID" Type="Edm.String"/>
            <NavigationProperty Name="to_A" Relationship="S.X" FromRole="P" ToRole="C"/><NavigationProperty Name="to_B" Relationship="S.X" FromRole="P" ToRole="C"/>
            <NavigationProperty Name="to_C" Relationship="S.X" FromRole="P" ToRole="C"/><NavigationProperty Name="to_D" Relationship="S.X" FromRole="P" ToRole="C"/></EntityType>
            <EntityType Name="KindText"><Key><PropertyRef Name="ID"/><PropertyRef Name="Language"/></Key><Property Name="ID" Type="Edm.String"/>
            <Property Name="Language" Type="Edm.String"/><Property Name="Name" Type="Edm.String"/></EntityType><EntityType Name="KindType"><Key><PropertyRef Name="ID"/></Key><Property Name="ID" Type="Edm.String"/></EntityType>
            <Association Name="Parts"><End Type="S.PumpType" Role="P"/><End Type="S.PartType" Role="C"/></Association>
            <EntityContainer Name="C"><EntitySet Name="Pump" EntityType="S.PumpType"/><EntitySet Name="Part" EntityType="S.PartType" sap:addressable="false"/>
            <EntitySet Name="Cost" EntityType="S.CostType"/><EntitySet Name="Sums" EntityType="S.PumpType" sap:semantics="aggregate"/>
            <EntitySet Name="CostParameters" EntityType="S.CostParameters"/><EntitySet Name="SubscriptionCollection" EntityType="S.Subscription"/>
            <EntitySet Name="I_DraftAdministrativeData" EntityType="S.I_DraftAdministrativeDataType"/><EntitySet Name="SAP__CoverPage" EntityType="S.PartType"/>
            <EntitySet Name="SAP__Currencies" EntityType="S.PartType"/><EntitySet Name="Texts" EntityType="S.TextType"/>
            <EntitySet Name="Merged" EntityType="S.TextType" sap:semantics="aggregate"/><EntitySet Name="Fixed" EntityType="S.PartType" sap:semantics="fixed-values"/>
            <EntitySet Name="I_PumpStdVH" EntityType="S.PartType"/><EntitySet Name="C_PumpValueHelp" EntityType="S.PartType"/><EntitySet Name="VL_SH_H_T001W" EntityType="S.PartType"/>
            <EntitySet Name="I_KindText" EntityType="S.KindText" sap:creatable="false" sap:updatable="false" sap:deletable="false"/><EntitySet Name="C_PumpValHelp" EntityType="S.PartType"/>
            <EntitySet Name="I_KindLongText" EntityType="S.KindText" sap:creatable="false" sap:updatable="false" sap:deletable="false"/>
            <EntitySet Name="C_TextVHTemp" EntityType="S.PartType"/><EntitySet Name="Objects" EntityType="S.ObjectType"/><EntitySet Name="Bytes" EntityType="S.Bytes"/><EntitySet Name="FixedObjects" EntityType="S.ObjectType" sap:semantics="fixed-values"/>
            <EntitySet Name="Kinds" EntityType="S.KindType" sap:creatable="false" sap:updatable="false" sap:deletable="false"/>
            <AssociationSet Name="A" Association="S.Parts"><End EntitySet="Pump" Role="P"/><End EntitySet="Part" Role="C"/></AssociationSet></EntityContainer>
            <Annotations Target="S.PumpType/Kind"><Annotation Term="Common.ValueList"><Record><PropertyValue Property="CollectionPath" String="Kinds"/></Record></Annotation></Annotations>
            """;

    private final CannedGateway gateway = new CannedGateway();

    @AfterEach
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Pump|DATA|current to",
                "Part|UNSUITABLE|SAP serves it only from within another entity (Pump/to_Part)",
                "Cost|UNSUITABLE|results of a query",
                "Sums|UNSUITABLE|results of a query",
                "CostParameters|UNSUITABLE|parameters of a query",
                "SubscriptionCollection|UNSUITABLE|subscriptions of the Gateway's users",
                "I_DraftAdministrativeData|UNSUITABLE|administers drafts",
                "SAP__CoverPage|UNSUITABLE|export of lists",
                "SAP__Currencies|VALUE_HELP|decimals",
                "Texts|VALUE_HELP|is a value help",
                "Merged|VALUE_HELP|is a value help",
                "Fixed|VALUE_HELP|a fixed list",
                "I_PumpStdVH|VALUE_HELP|is a value help",
                "C_PumpValueHelp|VALUE_HELP|is a value help",
                "VL_SH_H_T001W|VALUE_HELP|is a value help",
                "C_PumpValHelp|VALUE_HELP|is a value help",
                "I_KindText|VALUE_HELP|the texts of a code in each language",
                "I_KindLongText|DATA|a row for each language (Language)",
                "C_TextVHTemp|VALUE_HELP|is a value help",
                "Kinds|VALUE_HELP|is a value help",
                "Objects|DATA|SAP lists it as value help too",
                "FixedObjects|DATA|SAP lists it as value help too",
                "Bytes|UNSUITABLE|none of its properties"
            })
    void tellsWhichSetsAreWorthACopy(String set, Discovery.SetReport.Nature nature, String note) {
        gateway.metadata(API, SETS).rows(API + "/" + set + "?$top=2", "");
        var report = gateway.discovery().propose(API, List.of(set)).getFirst();
        assertThat(report.nature()).isEqualTo(nature);
        assertThat(report.notes()).anyMatch(text -> text.contains(note));
        boolean unsuitable = nature == Discovery.SetReport.Nature.UNSUITABLE;
        assertThat(report.proposal().isEmpty()).isEqualTo(unsuitable);
        assertThat(report.reasons().isEmpty()).isEqualTo(unsuitable);
        assertThat(gateway.requests().size() == 1)
                .as("what cannot be replicated is not read")
                .isEqualTo(unsuitable);
    }

    @Test
    void keysOfDraftsAreThoseOfTheObject() {
        var report = only("""
                <Key><PropertyRef Name="Pump"/><PropertyRef Name="DraftUUID"/><PropertyRef Name="IsActiveEntity"/></Key>
                <Property Name="Pump" Type="Edm.String"/><Property Name="DraftUUID" Type="Edm.Guid"/><Property Name="IsActiveEntity" Type="Edm.Boolean"/>
                """, "");
        assertThat(report.proposal().orElseThrow().mapping().keys()).containsExactly("Pump", "DraftUUID");
        assertThat(report.proposal().orElseThrow().reading().filter()).isEqualTo("IsActiveEntity eq true");
        assertThat(report.reasons())
                .containsEntry("drafts", "left out by the filter")
                .containsEntry("filter", "IsActiveEntity eq true leaves drafts out")
                .containsEntry(
                        "keys",
                        "Pump, DraftUUID: the key in the metadata without IsActiveEntity, to which the filter gives one value, so that ids are those of the object; DraftUUID is zero in all active rows");
    }

    @Test
    void withTokensADeletedDraftHasAnIdOfItsOwn() {
        var report = only("""
                <Key><PropertyRef Name="Pump"/><PropertyRef Name="IsActiveEntity"/></Key>
                <Property Name="Pump" Type="Edm.String"/><Property Name="IsActiveEntity" Type="Edm.Boolean"/>
                """, "sap:change-tracking=\"true\"");
        assertThat(report.proposal().orElseThrow().mapping().keys()).containsExactly("Pump", "IsActiveEntity");
        assertThat(report.proposal().orElseThrow().reading().delta()).isEqualTo(Reading.DeltaMode.TOKEN);
        assertThat(report.reasons().get("keys")).contains("deleted drafts", "must not hit active rows");
    }

    @Test
    void namesTheFiltersThatSapDemandsEachAsItsTypeIsWritten() {
        var report = only("""
                <Key><PropertyRef Name="Pump"/></Key><Property Name="Pump" Type="Edm.String"/>
                <Property Name="Plant" Type="Edm.String" sap:required-in-filter="true"/>
                <Property Name="Day" Type="Edm.DateTime" sap:required-in-filter="true" sap:filter-restriction="interval"/>
                <Property Name="Ledger" Type="Edm.Guid" sap:required-in-filter="true"/>
                """, "sap:requires-filter=\"true\"");
        assertThat(report.filtersRequired()).containsExactly("Plant", "Day", "Ledger");
        assertThat(report.reasons().get("filter")).contains("SAP demands Plant, Day, Ledger");
        assertThat(report.notes())
                .anyMatch(
                        note -> note.contains(
                                "\"filter\": \"Plant eq 'VALUE' and Day ge datetime'2026-01-01T00:00:00' and Ledger eq guid'VALUE'\""));
    }

    @Test
    void saysThatRowsAreOfLanguagesAndPeriods() {
        var report = only("""
                <Key><PropertyRef Name="Pump"/><PropertyRef Name="Language"/><PropertyRef Name="ValidityEndDate"/></Key>
                <Property Name="Pump" Type="Edm.String"/><Property Name="Language" Type="Edm.String"/>
                <Property Name="ValidityEndDate" Type="Edm.DateTime" sap:display-format="Date"/>
                """, "");
        assertThat(report.notes())
                .anyMatch(note -> note.contains("a row for each language (Language): add Language eq 'EN'"))
                .anyMatch(note -> note.contains("holds for a period (ValidityEndDate)"));
        assertThat(report.reasons().get("changeStamp")).isEqualTo("none: no property tells when a row was changed");
    }

    @Test
    void everyPartHasAReason() {
        var report = only("""
                <Key><PropertyRef Name="Pump"/></Key><Property Name="Pump" Type="Edm.String"/><Property Name="Note" Type="Edm.String" MaxLength="9000"/>
                <Property Name="Pump_fc" Type="Edm.Byte"/>
                <Property Name="LastChangeDateTime" Type="Edm.DateTimeOffset" Nullable="false" ConcurrencyMode="Fixed"/>
                """, "sap:pageable=\"false\"");
        assertThat(report.reasons())
                .containsOnlyKeys(
                        "keys",
                        "filter",
                        "drafts",
                        "delta",
                        "changeStamp",
                        "pageSize",
                        "partition",
                        "schedule",
                        "fields",
                        "skip")
                .containsEntry(
                        "changeStamp",
                        "LastChangeDateTime: its name says that the row was changed then, SAP compares it before it changes a row (ETag), so each change moves it, and SAP filters by ranges of it")
                .containsEntry(
                        "pageSize",
                        "1,000 rows, since Note may have 9,000 characters; SAP does not page the set and may ignore it")
                .containsEntry("partition", "none: the rows were not counted")
                .containsEntry(
                        "schedule",
                        "every 10 minutes: a query by the change stamp is cheap, and more often gains little");
    }

    private Discovery.SetReport only(String properties, String annotations) {
        gateway.metadata(API, """
                <EntityType Name="PumpType">%s</EntityType>
                <EntityContainer Name="C"><EntitySet Name="Pump" EntityType="S.PumpType" %s/></EntityContainer>""".formatted(properties, annotations));
        for (var query : List.of("", "?$top=2", "?$top=2&$filter=IsActiveEntity%20eq%20true")) {
            gateway.rows(API + "/Pump" + query, "");
        }
        return gateway.discovery().propose(API, List.of()).getFirst();
    }
}
