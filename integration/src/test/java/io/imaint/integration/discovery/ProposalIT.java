package io.imaint.integration.discovery;

import static io.imaint.integration.discovery.CannedGateway.ICWP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.integration.definition.Conversion;
import io.imaint.integration.definition.DeltaMode;
import io.imaint.integration.definition.Field;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Partitioning;
import io.imaint.integration.definition.Status;
import io.imaint.integration.odata.ODataProblem;
import io.imaint.kernel.problem.Failure;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProposalIT {
    private static final String API = "/sap/opu/odata/sap/API_MAINTENANCEORDER";

    /** What a service of SAP's own declares: a date in the key, structures, files, sets within others, and more. */
    private static final String SCHEMA = """
            <EntityType Name="MaintenanceOrderType"><Key><PropertyRef Name="MaintenanceOrder"/></Key>
            <Property Name="MaintenanceOrder" Type="Edm.String" Nullable="false" MaxLength="12" sap:label="Order"/>
            <Property Name="MaintenanceOrderDesc" Type="Edm.String" MaxLength="40" sap:label="Description"/>
            <Property Name="MaintOrdBasicStartDate" Type="Edm.DateTime" Precision="0" sap:display-format="Date" sap:label="Basic Start Date"/>
            <Property Name="MaintOrdBasicEndDate" Type="Edm.DateTime" Precision="0" sap:display-format="Date" sap:label="Date"/>
            <Property Name="CreationDate" Type="Edm.DateTime" sap:display-format="Date" sap:label="Date"/>
            <Property Name="LastChangeDateTime" Type="Edm.DateTimeOffset" Precision="0" sap:label="Time Stamp"/>
            <Property Name="IsLocked" Type="Edm.Boolean" sap:label="Locked"/>
            <Property Name="Address" Type="S.Address"/>
            <Property Name="Picture" Type="Edm.Binary"/>
            </EntityType>
            <EntityType Name="EquipmentType"><Key><PropertyRef Name="Equipment"/><PropertyRef Name="ValidityEndDate"/></Key>
            <Property Name="Equipment" Type="Edm.String" Nullable="false" MaxLength="18" sap:label="Equipment"/>
            <Property Name="ValidityEndDate" Type="Edm.DateTime" Nullable="false" Precision="0" sap:display-format="Date" sap:label="Valid To"/>
            <Property Name="ODQ_CHANGEMODE" Type="Edm.String"/><Property Name="ODQ_ENTITYCNTR" Type="Edm.Decimal"/>
            </EntityType>
            <EntityType Name="LongTextType"><Key><PropertyRef Name="ID"/></Key>
            <Property Name="ID" Type="Edm.String" Nullable="false" MaxLength="12" sap:filterable="false"/>
            <Property Name="Text" Type="Edm.String" MaxLength="30000"/></EntityType>
            <EntityType Name="FileType" m:HasStream="true"><Key><PropertyRef Name="ID"/></Key>
            <Property Name="ID" Type="Edm.String"/></EntityType>
            <EntityType Name="ResultType"><Key><PropertyRef Name="ID"/></Key>
            <Property Name="ID" Type="Edm.String"/><Property Name="Plant" Type="Edm.String" sap:required-in-filter="true"/>
            </EntityType>
            <EntityType Name="KeylessType"><Property Name="ID" Type="Edm.String"/></EntityType>
            <EntityType Name="LinkType"><Key><PropertyRef Name="DeltaToken"/></Key>
            <Property Name="DeltaToken" Type="Edm.String"/></EntityType>
            <ComplexType Name="Address"><Property Name="City" Type="Edm.String"/></ComplexType>
            <EntityContainer Name="C">
            <EntitySet Name="MaintenanceOrder" EntityType="S.MaintenanceOrderType"/>
            <EntitySet Name="A_Equipment" EntityType="S.EquipmentType"/>
            <EntitySet Name="DeltaLinksOfA_Equipment" EntityType="S.LinkType"/>
            <EntitySet Name="LongTextSet" EntityType="S.LongTextType" sap:pageable="false" sap:countable="false"/>
            <EntitySet Name="FileSet" EntityType="S.FileType"/>
            <EntitySet Name="ResultSet" EntityType="S.ResultType"/>
            <EntitySet Name="FilteredSet" EntityType="S.FileType" sap:requires-filter="true"/>
            <EntitySet Name="InnerSet" EntityType="S.FileType" sap:addressable="false"/>
            <EntitySet Name="KeylessSet" EntityType="S.KeylessType"/>
            <EntitySet Name="RefusedSet" EntityType="S.FileType"/>
            <EntitySet Name="TrackedSet" EntityType="S.FileType"/>
            </EntityContainer>""";

    private final CannedGateway gateway = new CannedGateway().metadata(API, SCHEMA);

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void proposesAnIntegrationOfAnotherService() {
        var report = only("MaintenanceOrder", 1_200);
        var integration = report.proposal().orElseThrow();
        assertThat(report.state()).isEqualTo(SetReport.State.READABLE);
        assertThat(report.rows()).isEqualTo(OptionalLong.of(1_200));
        assertThat(integration.name()).isEqualTo("api-maintenanceorder-maintenance-order");
        assertThat(integration.service()).isEqualTo(API);
        assertThat(integration.status()).isEqualTo(Status.NOT_ACTIVE);
        assertThat(integration.mapping().entitySet()).isEqualTo("MaintenanceOrder");
        assertThat(integration.mapping().collection()).isEqualTo("ZApiMaintenanceorderMaintenanceOrder");
        assertThat(integration.mapping().keys()).containsExactly("MaintenanceOrder");
        assertThat(integration.reading().pageSize()).isEqualTo(Proposal.PAGE_SIZE);
        assertThat(integration.reading().delta()).isEqualTo(DeltaMode.STAMP);
        assertThat(integration.reading().changeStamp()).isEqualTo("LastChangeDateTime");
        assertThat(integration.reading().partitioning()).isNull();
        assertThat(report.notes())
                .containsExactly(
                        "left out, since documents hold no such values: Address (S.Address), Picture (Edm.Binary)");
        assertThat(fields(integration))
                .containsExactly(
                        "MaintenanceOrder order TEXT",
                        "MaintenanceOrderDesc description TEXT",
                        "MaintOrdBasicStartDate basicStartDate DATE",
                        "MaintOrdBasicEndDate maintOrdBasicEndDate DATE",
                        "CreationDate creationDate DATE",
                        "LastChangeDateTime timeStamp INSTANT",
                        "IsLocked locked TEXT");
    }

    @Test
    void whatItProposesTheCollectionAccepts() {
        gateway.rows(API + "/A_Equipment?$top=1", "");
        for (var report : gateway.discovery().propose(API, List.of())) {
            report.proposal()
                    .ifPresent(proposal -> assertThat(Integrations.TYPE.read(Integrations.TYPE.write(proposal)))
                            .isEqualTo(proposal));
        }
    }

    @Test
    void takesADateInTheKeyAndDeclaredTokens() {
        var report = only("A_Equipment", 5);
        var integration = report.proposal().orElseThrow();
        assertThat(integration.name()).isEqualTo("api-maintenanceorder-equipment");
        assertThat(integration.mapping().keys()).containsExactly("Equipment", "ValidityEndDate");
        assertThat(fields(integration)).containsExactly("Equipment equipment TEXT", "ValidityEndDate validTo DATE");
        assertThat(integration.reading().delta()).isEqualTo(DeltaMode.TOKEN);
        assertThat(report.notes()).isEmpty();
        assertThat(gateway.requests()).noneMatch(request -> request.endsWith("tracked"));
    }

    @Test
    void findsTokensByATrackedRead() {
        gateway.tracked(API + "/TrackedSet", "{\"ID\":\"1\"}");
        assertThat(only("TrackedSet", 1).proposal().orElseThrow().reading().delta())
                .isEqualTo(DeltaMode.TOKEN);
    }

    @Test
    void takesNoTokensFromAServerThatSendsAllRowsWhenAskedForOne() {
        gateway.tracked(
                API + "/TrackedSet",
                IntStream.range(0, 5_000).mapToObj("{\"ID\":\"%d\"}"::formatted).collect(Collectors.joining(",")));
        var report = only("TrackedSet", 1);
        assertThat(report.proposal().orElseThrow().reading().delta()).isEqualTo(DeltaMode.FULL);
        assertThat(report.notes()).anyMatch(note -> note.contains("reads it whole"));
    }

    @ParameterizedTest
    @CsvSource({"499999,false", "500000,true", "25000000,true"})
    void partsLargeSets(long rows, boolean parted) {
        assertThat(only("MaintenanceOrder", rows)
                        .proposal()
                        .orElseThrow()
                        .reading()
                        .partitioning())
                .isEqualTo(parted ? new Partitioning("MaintenanceOrder", 250_000) : null);
    }

    @Test
    void readsLongTextsInSmallPagesAndCountsNotWhatCannotBeCounted() {
        gateway.rows(API + "/LongTextSet", "{\"ID\":\"1\"}");
        var report = only("LongTextSet", 9_999_999);
        assertThat(report.proposal().orElseThrow().reading().pageSize()).isEqualTo(Proposal.PAGE_SIZE_TEXTS);
        assertThat(report.rows()).isEmpty();
        assertThat(report.notes()).anyMatch(note -> note.contains("does not page"));
        assertThat(gateway.requests()).noneMatch(request -> request.contains("$count") || request.contains("$top"));
    }

    @Test
    void readsWideSetsInSmallerPages() {
        var wide = IntStream.range(0, 398)
                .mapToObj(
                        "<Property Name=\"P%1$d\" Type=\"Edm.String\" MaxLength=\"10\" sap:label=\"Label\"/>"
                                ::formatted)
                .collect(Collectors.joining());
        gateway.metadata(API, """
                <EntityType Name="T"><Key><PropertyRef Name="P0"/></Key>%s</EntityType>
                <EntityContainer Name="C"><EntitySet Name="WideSet" EntityType="S.T"/></EntityContainer>""".formatted(wide));
        var integration = only("WideSet", 1).proposal().orElseThrow();
        assertThat(integration.reading().pageSize()).isEqualTo(Proposal.PAGE_SIZE_WIDE);
        assertThat(integration.mapping().fields()).hasSize(398);
    }

    @ParameterizedTest
    @CsvSource({
        "ResultSet,NOT_READ,over Plant,\"filter\": \"Plant eq",
        "FilteredSet,NOT_READ,without a filter,\"filter\": \"ID eq",
        "InnerSet,NOT_READ,within another entity,''",
        "FileSet,READABLE,are files,''",
        "KeylessSet,READABLE,no key,''"
    })
    void saysWhatStandsInTheWay(String set, SetReport.State state, String note, String more) {
        var report = only(set, 1);
        assertThat(report.state()).isEqualTo(state);
        assertThat(report.proposal().isPresent()).isEqualTo(!set.equals("KeylessSet"));
        assertThat(report.notes()).anyMatch(text -> text.contains(note) && text.contains(more));
        if (state == SetReport.State.NOT_READ) {
            assertThat(gateway.requests()).containsExactly(API + "/$metadata");
        }
    }

    @Test
    void reportsTheRefusalOfOneSetAndGoesOn() {
        gateway.refused(API + "/RefusedSet?$top=1", 403, "/IWFND/CM_CONSUMER/101")
                .rows(API + "/FileSet?$top=1", "{\"ID\":\"1\"}");
        var reports = gateway.discovery().propose(API, List.of("RefusedSet", "FileSet"));
        assertThat(reports)
                .extracting(SetReport::state)
                .containsExactly(SetReport.State.REFUSED, SetReport.State.READABLE);
        assertThat(reports.getFirst().refusal())
                .hasValueSatisfying(failure -> assertThat(failure.code())
                        .isInstanceOfSatisfying(
                                ODataProblem.class,
                                problem -> assertThat(problem.transactions()).contains("PFCG")));
        assertThat(gateway.requests()).noneMatch(request -> request.contains("RefusedSet/$count"));
    }

    @Test
    void stopsAtOnceWhenTheUserIsRefused() {
        gateway.refused(API + "/RefusedSet?$top=1", 401, "");
        assertThatThrownBy(() -> gateway.discovery().propose(API, List.of("RefusedSet", "FileSet")))
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.code()).isEqualTo(ODataProblem.SAP_UNAUTHENTICATED));
        assertThat(gateway.requests()).hasSize(2);
    }

    @Test
    void looksAtAllSetsButTheListsOfTokens() {
        assertThat(gateway.discovery().propose(API, List.of()))
                .hasSize(10)
                .extracting(SetReport::entitySet)
                .doesNotContain("DeltaLinksOfA_Equipment");
    }

    @Test
    void refusesASetThatIsNotThere() {
        assertThatThrownBy(() -> gateway.discovery().propose(API, List.of("maintenanceorder")))
                .hasMessageContaining("MaintenanceOrder")
                .isInstanceOfSatisfying(
                        Failure.class,
                        failure -> assertThat(failure.code()).isEqualTo(DiscoveryProblem.DISCOVERY_SET_UNKNOWN));
    }

    @Test
    void givesNoTwoSetsTheSameName() {
        gateway.metadata(API, """
                <EntityType Name="T"><Key><PropertyRef Name="ID"/></Key><Property Name="ID" Type="Edm.String"/></EntityType>
                <EntityContainer Name="C"><EntitySet Name="Order" EntityType="S.T"/><EntitySet Name="OrderSet" EntityType="S.T"/>
                <EntitySet Name="A_Order" EntityType="S.T"/></EntityContainer>""");
        var proposals = gateway.discovery().propose(API, List.of()).stream()
                .map(report -> report.proposal().orElseThrow())
                .toList();
        assertThat(proposals).extracting(Integration::name).doesNotHaveDuplicates();
        assertThat(proposals)
                .extracting(proposal -> proposal.mapping().collection())
                .doesNotHaveDuplicates();
    }

    @Test
    void proposesWhatTheProductKnowsAsTheProductDoes() {
        gateway.metadata(ICWP, """
                        <EntityType Name="Plant"><Key><PropertyRef Name="WERKS"/></Key>
                        <Property Name="WERKS" Type="Edm.String" sap:label="Plant"/>
                        <Property Name="NAME1" Type="Edm.String" sap:label="Name 1"/>
                        <Property Name="ZZREGION" Type="Edm.String" sap:label="Sales Region"/></EntityType>
                        <EntityContainer Name="C"><EntitySet Name="PlantSet" EntityType="S.Plant"/></EntityContainer>""").rows(ICWP + "/PlantSet?$top=1", "");
        var plants = gateway.discovery()
                .propose(ICWP, List.of())
                .getFirst()
                .proposal()
                .orElseThrow();
        assertThat(plants.name()).isEqualTo("plants");
        assertThat(plants.service()).isNull();
        assertThat(plants.mapping().collection()).isEqualTo("Plants");
        assertThat(plants.status()).isEqualTo(Status.NOT_ACTIVE);
        assertThat(fields(plants)).containsExactly("WERKS plant TEXT", "NAME1 name TEXT", "ZZREGION salesRegion TEXT");
    }

    private SetReport only(String set, long rows) {
        gateway.rows(API + "/" + set + "?$top=1", "{\"ID\":\"1\",\"MaintenanceOrder\":\"4000001\"}")
                .count(API + "/" + set, rows);
        return gateway.discovery().propose(API, List.of(set)).getFirst();
    }

    private static List<String> fields(Integration integration) {
        return integration.mapping().fields().stream().map(ProposalIT::text).toList();
    }

    private static String text(Field field) {
        Conversion convert = field.convert();
        return "%s %s %s".formatted(field.from(), field.to(), convert);
    }
}
