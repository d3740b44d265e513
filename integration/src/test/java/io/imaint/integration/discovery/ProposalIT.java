package io.imaint.integration.discovery;

import static io.imaint.integration.discovery.CannedGateway.ICWP;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.integration.definition.Conversion;
import io.imaint.integration.definition.Integration;
import io.imaint.integration.definition.Integrations;
import io.imaint.integration.definition.Mapping;
import io.imaint.integration.definition.Reading;
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

    private final CannedGateway gateway = new CannedGateway().metadata(API, MaintenanceOrderSchema.TEXT);

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void proposesAnIntegrationOfAnotherService() {
        var report = only("MaintenanceOrder", 1_200);
        var integration = report.proposal().orElseThrow();
        assertThat(report.state()).isEqualTo(Discovery.SetReport.State.READABLE);
        assertThat(report.rows()).isEqualTo(OptionalLong.of(1_200));
        assertThat(integration.name()).isEqualTo("api-maintenanceorder-maintenance-order");
        assertThat(integration.service()).isEqualTo(API);
        assertThat(integration.status()).isEqualTo(Status.NOT_ACTIVE);
        assertThat(integration.mapping().entitySet()).isEqualTo("MaintenanceOrder");
        assertThat(integration.mapping().collection()).isEqualTo("ZApiMaintenanceorderMaintenanceOrder");
        assertThat(integration.mapping().keys()).containsExactly("MaintenanceOrder");
        assertThat(integration.reading().pageSize()).isEqualTo(Proposal.PAGE_SIZE);
        assertThat(integration.reading().delta()).isEqualTo(Reading.DeltaMode.STAMP);
        assertThat(integration.reading().changeStamp()).isEqualTo("LastChangeDateTime");
        assertThat(integration.reading().partitioning()).isNull();
        assertThat(report.notes())
                .containsExactly(
                        "current to 10 minutes: changes are found by LastChangeDateTime, deletions by comparing keys (inbound-compare-every)",
                        "LastChangeDateTime may be null: changes of rows without it are found only when contents are compared (inbound-contents-every)",
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
        gateway.rows(API + "/A_Equipment?$top=2", "");
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
        assertThat(integration.reading().delta()).isEqualTo(Reading.DeltaMode.TOKEN);
        assertThat(report.notes())
                .containsExactly(
                        "current to 1 minute: SAP tracks changes and deletions, as the metadata says",
                        "each row holds for a period (ValidityEndDate): an object has several, of which one is valid today");
        assertThat(gateway.requests()).noneMatch(request -> request.endsWith("tracked"));
    }

    @Test
    void findsTokensByATrackedRead() {
        gateway.tracked(API + "/TrackedSet", "{\"ID\":\"1\"}");
        assertThat(only("TrackedSet", 1).proposal().orElseThrow().reading().delta())
                .isEqualTo(Reading.DeltaMode.TOKEN);
    }

    @Test
    void takesNoTokensFromAServerThatSendsAllRowsWhenAskedForOne() {
        gateway.tracked(
                API + "/TrackedSet",
                IntStream.range(0, 5_000).mapToObj("{\"ID\":\"%d\"}"::formatted).collect(Collectors.joining(",")));
        var report = only("TrackedSet", 1);
        assertThat(report.proposal().orElseThrow().reading().delta()).isEqualTo(Reading.DeltaMode.FULL);
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
                .isEqualTo(parted ? new Reading.Partitioning("MaintenanceOrder", 250_000) : null);
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
    void takesTheLargestPageAndTheTrackingThatTheMetadataDeclares() {
        var reading = only("CappedSet", 5_000_000).proposal().orElseThrow().reading();
        assertThat(reading.pageSize()).isEqualTo(200);
        assertThat(reading.delta()).isEqualTo(Reading.DeltaMode.TOKEN);
        assertThat(gateway.requests()).noneMatch(request -> request.endsWith("tracked"));
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
        "InnerSet,NOT_READ,within another entity or by the function import GetInner,''",
        "QuerySet,NOT_READ,results of a query,single rows",
        "CappedSet,READABLE,a value help,''",
        "CappedSet,READABLE,SAP sends at most 200 rows at once,''",
        "ParameterSet,NOT_READ,parameters of a query,''",
        "TreeSet,READABLE,nodes of a hierarchy (NodeID),''",
        "TreeSet,READABLE,does not filter by its key (ID),by address",
        "FileSet,READABLE,are files,''",
        "KeylessSet,NOT_READ,no key,''"
    })
    void saysWhatStandsInTheWay(String set, Discovery.SetReport.State state, String note, String more) {
        var report = only(set, 1);
        assertThat(report.state()).isEqualTo(state);
        assertThat(report.proposal().isPresent())
                .isEqualTo(!List.of("KeylessSet", "ParameterSet", "QuerySet", "InnerSet")
                        .contains(set));
        assertThat(report.notes()).anyMatch(text -> text.contains(note) && text.contains(more));
        if (state == Discovery.SetReport.State.NOT_READ) {
            assertThat(gateway.requests()).containsExactly(API + "/$metadata");
        }
    }

    @Test
    void reportsTheRefusalOfOneSetAndGoesOn() {
        gateway.refused(API + "/RefusedSet?$top=2", 403, "/IWFND/CM_CONSUMER/101")
                .rows(API + "/FileSet?$top=2", "{\"ID\":\"1\"}");
        var reports = gateway.discovery().propose(API, List.of("RefusedSet", "FileSet"));
        assertThat(reports)
                .extracting(Discovery.SetReport::state)
                .containsExactly(Discovery.SetReport.State.REFUSED, Discovery.SetReport.State.READABLE);
        assertThat(reports.getFirst().refusal())
                .hasValueSatisfying(failure -> assertThat(failure.code())
                        .isInstanceOfSatisfying(
                                ODataProblem.class,
                                problem -> assertThat(problem.transactions()).contains("PFCG")));
        assertThat(gateway.requests()).noneMatch(request -> request.contains("RefusedSet/$count"));
    }

    @Test
    void asksNoMoreOnceTheUserIsRefusedAndNamesTheRest() {
        gateway.rows(API + "/TrackedSet?$top=2", "{\"ID\":\"1\"}").refused(API + "/RefusedSet?$top=2", 401, "");
        var reports = gateway.discovery().propose(API, List.of("TrackedSet", "RefusedSet", "FileSet", "TreeSet"));
        assertThat(reports)
                .extracting(Discovery.SetReport::state)
                .containsExactly(
                        Discovery.SetReport.State.READABLE,
                        Discovery.SetReport.State.REFUSED,
                        Discovery.SetReport.State.SKIPPED,
                        Discovery.SetReport.State.SKIPPED);
        assertThat(reports.getLast().refusal())
                .hasValueSatisfying(failure -> assertThat(failure.code()).isEqualTo(ODataProblem.SAP_UNAUTHENTICATED));
        assertThat(gateway.requests()).noneMatch(request -> request.contains("FileSet") || request.contains("TreeSet"));
    }

    @Test
    void oneSetThatIsUnavailableHidesNoOther() {
        gateway.refused(API + "/RefusedSet?$top=2", 503, "")
                .rows(API + "/FileSet?$top=2", "{\"ID\":\"1\"}")
                .rows(API + "/TreeSet?$top=2", "{\"ID\":\"1\"}");
        assertThat(gateway.discovery().propose(API, List.of("FileSet", "RefusedSet", "TreeSet")))
                .extracting(Discovery.SetReport::state)
                .containsExactly(
                        Discovery.SetReport.State.READABLE,
                        Discovery.SetReport.State.REFUSED,
                        Discovery.SetReport.State.READABLE);
    }

    @Test
    void givesUpASystemThatIsUnavailableForThreeSetsInARow() {
        for (var set : List.of("FileSet", "CappedSet", "TreeSet", "TrackedSet")) {
            gateway.refused(API + "/" + set + "?$top=2", 503, "");
        }
        assertThat(gateway.discovery().propose(API, List.of("FileSet", "CappedSet", "TreeSet", "TrackedSet")))
                .extracting(Discovery.SetReport::state)
                .containsExactly(
                        Discovery.SetReport.State.REFUSED,
                        Discovery.SetReport.State.REFUSED,
                        Discovery.SetReport.State.REFUSED,
                        Discovery.SetReport.State.SKIPPED);
        assertThat(gateway.requests()).hasSize(4);
    }

    @ParameterizedTest
    @CsvSource({
        "true,'<PropertyRef Name=\"IsActiveEntity\"/>',''",
        "true,'','<Annotation Term=\"com.sap.vocabularies.Common.v1.DraftRoot\"/>'",
        "false,'<PropertyRef Name=\"IsActiveEntity\"/>',''"
    })
    void leavesOutDrafts(boolean filterable, String key, String annotation) {
        gateway.metadata(API, """
                <EntityType Name="T"><Key><PropertyRef Name="ID"/>%s</Key><Property Name="ID" Type="Edm.String"/>
                <Property Name="IsActiveEntity" Type="Edm.Boolean" sap:filterable="%s"/><Property Name="HasDraftEntity" Type="Edm.Boolean"/>
                <Property Name="Name_fc" Type="Edm.Byte"/><Property Name="Text" Type="Edm.String"/>
                <Property Name="DraftEntityLastChangeDateTime" Type="Edm.DateTimeOffset"/></EntityType>
                <EntityContainer Name="C"><EntitySet Name="Plan" EntityType="S.T">%s</EntitySet></EntityContainer>""".formatted(key, filterable, annotation));
        gateway.rows(API + "/Plan?$top=2&$filter=IsActiveEntity%20eq%20true", "{\"ID\":\"1\",\"IsActiveEntity\":true}")
                .rows(API + "/Plan?$top=2", "{\"ID\":\"1\",\"IsActiveEntity\":true}");
        var report = gateway.discovery().propose(API, List.of()).getFirst();
        var proposal = report.proposal().orElseThrow();
        assertThat(report.state()).isEqualTo(Discovery.SetReport.State.READABLE);
        assertThat(proposal.reading().filter()).isEqualTo(filterable ? "IsActiveEntity eq true" : null);
        assertThat(proposal.reading().delta()).isEqualTo(Reading.DeltaMode.FULL);
        assertThat(proposal.mapping().skip())
                .containsExactly("HasDraftEntity", "Name_fc", "DraftEntityLastChangeDateTime");
        assertThat(report.notes())
                .anyMatch(note -> note.contains("drafts are among its rows"))
                .anyMatch(note -> note.startsWith("DraftEntityLastChangeDateTime is not used as change stamp"))
                .anyMatch(note -> note.startsWith("current to 1 day: it has neither"));
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"ID\":\"1\"},{\"ID\":\"2\"}',60000,true,true",
        "'{\"ID\":\"1\"},{\"ID\":\"2\"}',60,true,false",
        "'{\"ID\":\"1\"}',60000,false,false"
    })
    void seesByTwoRowsWhetherSapHeedsThePageSize(String rows, long count, boolean ignored, boolean partitioned) {
        gateway.rows(API + "/FileSet?$top=2", rows).count(API + "/FileSet", count);
        var report = gateway.discovery().propose(API, List.of("FileSet")).getFirst();
        assertThat(report.notes().stream().anyMatch(note -> note.startsWith("SAP ignores the page size")))
                .isEqualTo(ignored);
        assertThat(report.proposal().orElseThrow().reading().partitioning() != null)
                .isEqualTo(partitioned);
        assertThat(gateway.requests().contains(API + "/FileSet tracked"))
                .as("a set that comes whole is not read again")
                .isEqualTo(!ignored || count < 10_000);
    }

    @Test
    void aKeyOfBytesOrTimesMakesIds() {
        gateway.metadata(API, """
                <EntityType Name="T"><Key><PropertyRef Name="Hash"/><PropertyRef Name="At"/></Key><Property Name="Hash" Type="Edm.Binary"/>
                <Property Name="At" Type="Edm.Time"/></EntityType>
                <EntityContainer Name="C"><EntitySet Name="Plan" EntityType="S.T"/></EntityContainer>""");
        gateway.rows(API + "/Plan?$top=2", "");
        assertThat(gateway.discovery().propose(API, List.of()).getFirst().proposal())
                .hasValueSatisfying(
                        proposal -> assertThat(proposal.mapping().keys()).containsExactly("Hash", "At"));
    }

    @Test
    void looksAtAllSetsButTheListsOfTokens() {
        assertThat(gateway.discovery().propose(API, List.of()))
                .hasSize(14)
                .extracting(Discovery.SetReport::entitySet)
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
                        <EntityContainer Name="C"><EntitySet Name="PlantSet" EntityType="S.Plant"/></EntityContainer>""").rows(ICWP + "/PlantSet?$top=2", "");
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

    private Discovery.SetReport only(String set, long rows) {
        gateway.rows(API + "/" + set + "?$top=2", "{\"ID\":\"1\",\"MaintenanceOrder\":\"4000001\"}")
                .count(API + "/" + set, rows);
        return gateway.discovery().propose(API, List.of(set)).getFirst();
    }

    private static List<String> fields(Integration integration) {
        return integration.mapping().fields().stream().map(ProposalIT::text).toList();
    }

    private static String text(Mapping.Field field) {
        Conversion convert = field.convert();
        return "%s %s %s".formatted(field.from(), field.to(), convert);
    }
}
