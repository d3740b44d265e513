package io.imaint.integration.odata;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.problem.Failure;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataTest {
    private static final String DOCUMENT = """
            <?xml version="1.0" encoding="utf-8"?>
            <edmx:Edmx Version="1.0" xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx"
                xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata"
                xmlns:sap="http://www.sap.com/Protocols/SAPData">
              <edmx:DataServices m:DataServiceVersion="2.0">
                <Schema Namespace="SETS" xmlns="http://schemas.microsoft.com/ado/2008/09/edm">
                  <EntityContainer Name="C" m:IsDefaultEntityContainer="true">
                    <EntitySet Name="WorkOrderSet" EntityType="PM.WorkOrder" sap:label="Orders"
                        sap:requires-filter="true" sap:addressable="false" sap:pageable="false" sap:updatable="false"
                        sap:countable="false" sap:searchable="true"/>
                    <EntitySet Name="DeltaLinksOfWorkOrderSet" EntityType="PM.DeltaLink"/>
                    <EntitySet Name="TaskSet" EntityType="SELF.Task"/>
                    <EntitySet Name="FileSet" EntityType="PM.File"/>
                    <EntitySet Name="LostSet" EntityType="PM.Nowhere"/>
                    <FunctionImport Name="Release" EntitySet="WorkOrderSet" m:HttpMethod="POST">
                      <Parameter Name="AUFNR" Type="Edm.String"/>
                    </FunctionImport>
                  </EntityContainer>
                </Schema>
                <Schema Namespace="PM" Alias="SELF" xmlns="http://schemas.microsoft.com/ado/2009/11/edm">
                  <EntityType Name="WorkOrder" sap:content-version="1">
                    <Key><PropertyRef Name="AUFNR"/><PropertyRef Name="Until"/></Key>
                    <Property Name="AUFNR" Type="Edm.String" Nullable="false" MaxLength="12" sap:label="Order"
                        sap:filterable="true" sap:sortable="false"/>
                    <Property Name="Until" Type="Edm.DateTime" Nullable="false" Precision="0"
                        sap:display-format="Date" sap:filterable="false" sap:required-in-filter="true"
                        sap:creatable="false" sap:updatable="false"/>
                    <Property Name="Stamp" Type="Edm.DateTime" Precision="7"/>
                    <Property Name="Work" Type="Edm.Decimal" Precision="7" Scale="1"/>
                    <Property Name="Text" Type="Edm.String" MaxLength="Max">
                      <Annotations><Property Name="Nested" Type="Edm.String"/></Annotations>
                    </Property>
                    <Property Name="Place" Type="PM.Location"/>
                    <Property Name="Position" Type="Edm.GeographyPoint"/>
                    <NavigationProperty Name="Ops" Relationship="PM.R" FromRole="A" ToRole="B"/>
                  </EntityType>
                  <EntityType Name="Task" BaseType="SELF.WorkOrder">
                    <Property Name="Number" Type="Edm.Byte"/>
                  </EntityType>
                  <ComplexType Name="Location">
                    <Property Name="City" Type="PM.City"/>
                    <Property Name="Inside" Type="PM.Location"/>
                  </ComplexType>
                  <ComplexType Name="City"><Property Name="Name" Type="Edm.String"/></ComplexType>
                  <EntityType Name="DeltaLink" m:HasStream="false">
                    <Key><PropertyRef Name="DeltaToken"/></Key><Property Name="DeltaToken" Type="Edm.String"/>
                  </EntityType>
                  <EntityType Name="File" BaseType="PM.DeltaLink" m:HasStream="true"/>
                  <Association Name="R"><End Type="PM.WorkOrder" Role="A" Multiplicity="1"/></Association>
                </Schema>
              </edmx:DataServices>
            </edmx:Edmx>""";

    @Test
    void readsSetsOverSeveralSchemas() {
        var metadata = read(DOCUMENT);
        assertThat(metadata.entitySets())
                .extracting(EntitySet::name)
                .containsExactly("WorkOrderSet", "DeltaLinksOfWorkOrderSet", "TaskSet", "FileSet");
        var set = metadata.set("WorkOrderSet").orElseThrow();
        assertThat(set.label()).isEqualTo("Orders");
        assertThat(set.abilities())
                .isEqualTo(new EntitySet.Abilities(true, false, true, false, false, false, true, true, true));
        assertThat(metadata.entitySet("LostSet")).isEmpty();
        assertThat(metadata.set("TaskSet").orElseThrow().abilities())
                .isEqualTo(new EntitySet.Abilities(true, true, true, true, true, true, false, false, false));
        assertThat(metadata.entitySet("FileSet").orElseThrow().media()).isTrue();
        assertThat(metadata.entitySet("TaskSet").orElseThrow().media()).isFalse();
    }

    @Test
    void readsPropertiesWithWhatSapAddsToThem() {
        var order = read(DOCUMENT).entitySet("WorkOrderSet").orElseThrow();
        assertThat(order.keys()).containsExactly("AUFNR", "Until");
        assertThat(order.properties())
                .extracting(EdmProperty::name)
                .containsExactly("AUFNR", "Until", "Stamp", "Work", "Text", "Place", "Position");
        assertThat(order.properties().getFirst())
                .isEqualTo(new EdmProperty(
                        "AUFNR",
                        EdmKind.STRING,
                        "Edm.String",
                        false,
                        12,
                        0,
                        0,
                        false,
                        "Order",
                        new EdmProperty.Abilities(true, false, true, true, false),
                        null));
        assertThat(property(order, "Until").date()).isTrue();
        assertThat(property(order, "Until").filterable()).isFalse();
        assertThat(property(order, "Until").abilities())
                .isEqualTo(new EdmProperty.Abilities(false, true, false, false, true));
        assertThat(read(DOCUMENT).set("WorkOrderSet").orElseThrow().requiredInFilter())
                .containsExactly("Until");
        assertThat(property(order, "Stamp").date()).isFalse();
        assertThat(property(order, "Work").scale()).isEqualTo(1);
        assertThat(property(order, "Text").maxLength()).isZero();
        assertThat(property(order, "Position").kind()).isEqualTo(EdmKind.UNKNOWN);
        assertThat(order.place("Nothing")).isEqualTo(-1);
    }

    @Test
    void readsWhatAnnotationsSayOfTheRows() {
        var metadata = read("""
                <Edmx xmlns:sap="http://www.sap.com/Protocols/SAPData" xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata">
                <Schema Namespace="S"><EntityType Name="T" sap:semantics="aggregate"><Key><PropertyRef Name="ID"/></Key>
                <Property Name="ID" Type="Edm.String"/><Property Name="Node" Type="Edm.String" sap:hierarchy-node-for="ID"/>
                <Property Name="Text" Type="Edm.String" sap:field-control="Text_control"/>
                <Property Name="Day" Type="Edm.DateTime" sap:filter-restriction="single-value"/>
                <Property Name="Span" Type="Edm.DateTime" sap:filter-restriction="interval"/></EntityType>
                <EntityContainer Name="C"><EntitySet Name="Inside" EntityType="S.T"><Annotation Term="com.sap.vocabularies.Common.v1.DraftNode"/></EntitySet>
                <EntitySet Name="Outside" EntityType="S.T"/><EntitySet Name="Plain" EntityType="S.T"/>
                <FunctionImport Name="Find" EntitySet="Plain" m:HttpMethod="GET"/><FunctionImport Name="Release" EntitySet="Plain" m:HttpMethod="POST"/>
                </EntityContainer><Annotations Target="S.C/Outside"><Annotation Term="Common.DraftRoot"><Record/></Annotation></Annotations>
                <Annotations Target="S.C/Plain"><Annotation Term="Common.Label"/></Annotations></Schema></Edmx>""");
        assertThat(metadata.entitySets()).extracting(EntitySet::draft).containsExactly(true, true, false);
        assertThat(metadata.set("Plain").orElseThrow().functions()).containsExactly("Find");
        var type = metadata.entitySet("Plain").orElseThrow();
        assertThat(type.traits().semantics()).isEqualTo("aggregate");
        assertThat(type.traits().hierarchyNode()).isEqualTo("Node");
        assertThat(type.traits().controls()).contains("Text_control");
        assertThat(property(type, "Day").comparable()).isFalse();
        assertThat(property(type, "Day").filterable()).isTrue();
        assertThat(property(type, "Span").comparable()).isTrue();
    }

    @Test
    void readsHowEntitiesAreReachedAndListedAndCompared() {
        var metadata = read("""
                <Edmx xmlns:sap="http://www.sap.com/Protocols/SAPData"><Schema Namespace="S">
                <EntityType Name="Order"><Key><PropertyRef Name="ID"/></Key><Property Name="ID" Type="Edm.String" sap:filter-restriction="multi-value"/>
                <Property Name="Stamp" Type="Edm.DateTimeOffset" ConcurrencyMode="Fixed"/>
                <NavigationProperty Name="to_Operation" Relationship="S.R" FromRole="One" ToRole="Many"/></EntityType>
                <EntityType Name="Operation"><Key><PropertyRef Name="ID"/></Key><Property Name="ID" Type="Edm.String"/></EntityType>
                <EntityType Name="Plant"><Key><PropertyRef Name="ID"/></Key><Property Name="ID" Type="Edm.String"/></EntityType>
                <Association Name="R"><End Type="S.Order" Role="One"/><End Type="S.Operation" Role="Many"/></Association>
                <EntityContainer Name="C"><End EntitySet="Plants" Role="One"/><EntitySet Name="Orders" EntityType="S.Order" sap:topable="false"/>
                <EntitySet Name="Operations" EntityType="S.Operation" sap:addressable="false"/>
                <EntitySet Name="Plants" EntityType="S.Plant" sap:creatable="false" sap:updatable="false" sap:deletable="false"/>
                <EntitySet Name="Kinds" EntityType="S.Plant" sap:semantics="fixed_values"/>
                <AssociationSet Name="RSet" Association="S.R"><End EntitySet="Orders" Role="One"/><End EntitySet="Operations" Role="Many"/></AssociationSet>
                </EntityContainer>
                <Annotations Target="S.Order/ID"><Annotation Term="Common.ValueList"><Record>
                <PropertyValue Property="CollectionPath" String="Plants"/><PropertyValue Property="CollectionPath" String="Orders"/></Record></Annotation>
                </Annotations></Schema></Edmx>""");
        var orders = metadata.set("Orders").orElseThrow();
        assertThat(metadata.set("Operations").orElseThrow().parents()).containsExactly("Orders/to_Operation");
        assertThat(orders.parents()).isEmpty();
        assertThat(orders.abilities().pageable()).isFalse();
        assertThat(orders.type().traits().etag()).isEqualTo("Stamp");
        assertThat(property(orders.type(), "ID").comparable()).isFalse();
        assertThat(metadata.entitySets())
                .extracting(EntitySet::semantics)
                .as("a list of values of the own type is data, and so is what users change")
                .containsExactly("", "", "value-list", "fixed-values");
    }

    @Test
    void saysThatAServiceHasOnlyFunctions() {
        assertThatThrownBy(
                        () -> read(
                                "<Edmx><Schema Namespace=\"A\"><EntityContainer><FunctionImport Name=\"F\"/></EntityContainer></Schema></Edmx>"))
                .hasMessageContaining("nothing but function imports");
    }

    @Test
    void linksComplexTypesAndEndsAtCircles() {
        var place = property(read(DOCUMENT).entitySet("WorkOrderSet").orElseThrow(), "Place");
        assertThat(place.kind()).isEqualTo(EdmKind.COMPLEX);
        var location = place.complex();
        assertThat(location).isNotNull();
        assertThat(property(location, "City").complex()).isNotNull();
        assertThat(property(location, "Inside").kind()).isEqualTo(EdmKind.UNKNOWN);
    }

    @Test
    void inheritsFromABaseType() {
        var task = read(DOCUMENT).entitySet("TaskSet").orElseThrow();
        assertThat(task.keys()).containsExactly("AUFNR", "Until");
        assertThat(task.place("Number")).isEqualTo(7);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2006/04", "2007/05", "2008/09", "2009/08", "2009/11"})
    void readsEveryYearOfTheSchemaLanguage(String year) {
        assertThat(read(DOCUMENT.replace("2008/09", year)).entitySets()).hasSize(4);
    }

    @Test
    void readsWideTypes() {
        var wide = new StringBuilder();
        for (int i = 0; i < 400; i++) {
            wide.append("<Property Name=\"P").append(i).append("\" Type=\"Edm.String\"/>");
        }
        var metadata = read(DOCUMENT.replace("<NavigationProperty", wide + "<NavigationProperty"));
        assertThat(metadata.entitySet("WorkOrderSet").orElseThrow().properties())
                .hasSize(407);
    }

    @Test
    void readsDocumentsOfMegabytes() {
        var types = new StringBuilder();
        var more = new StringBuilder();
        for (int type = 0; type < 60; type++) {
            types.append("<EntityType Name=\"T%d\"><Key><PropertyRef Name=\"P0\"/></Key>".formatted(type));
            for (int i = 0; i < 398; i++) {
                types.append(
                        "<Property Name=\"P%d\" Type=\"Edm.String\" MaxLength=\"40\" sap:label=\"Label %d of %d\"/>"
                                .formatted(i, i, type));
            }
            types.append("</EntityType>");
            more.append("<EntitySet Name=\"S%1$d\" EntityType=\"PM.T%1$d\"/>".formatted(type));
        }
        var document = DOCUMENT.replace("<Association ", types + "<Association ")
                .replace("<FunctionImport", more + "<FunctionImport");
        assertThat(document.length()).isBetween(1_500_000, 10_000_000);
        assertThat(read(document).entitySet("S59").orElseThrow().properties()).hasSize(398);
    }

    @Test
    void refusesADocumentCutOffAnywhere() {
        for (int length = 0; length < DOCUMENT.length(); length += 7) {
            assertProblem(ODataProblem.SAP_ANSWER_MALFORMED, DOCUMENT.substring(0, length));
        }
    }

    @Test
    void refusesForeignEntities() {
        assertProblem(
                ODataProblem.SAP_ANSWER_MALFORMED,
                "<!DOCTYPE Edmx [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><Edmx>&x;</Edmx>");
        assertProblem(ODataProblem.SAP_ANSWER_MALFORMED, "<!DOCTYPE Edmx SYSTEM \"http://127.0.0.1:1/x\"><Edmx/>");
    }

    @Test
    void tellsWhatIsNoMetadata() {
        assertProblem(ODataProblem.SAP_ANSWER_MALFORMED, "<html><body>Logon</body></html>");
        assertProblem(ODataProblem.SAP_ANSWER_MALFORMED, "{\"d\":{}}");
        assertProblem(
                ODataProblem.SAP_METADATA_UNUSABLE,
                "<edmx:Edmx xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\" Version=\"4.0\"/>");
        assertProblem(ODataProblem.SAP_METADATA_UNUSABLE, "<Edmx><Schema Namespace=\"A\"/></Edmx>");
        assertProblem(
                ODataProblem.SAP_METADATA_UNUSABLE,
                DOCUMENT.replace("<PropertyRef Name=\"AUFNR\"/>", "<PropertyRef Name=\"GONE\"/>"));
    }

    @Test
    void survivesDeepElements() {
        var deep = "<Edmx>" + "<a>".repeat(50_000) + "</a>".repeat(50_000) + "</Edmx>";
        assertThatThrownBy(() -> read(deep)).isInstanceOf(Failure.class);
    }

    private static EdmProperty property(EntityType type, String name) {
        return type.properties().get(type.place(name));
    }

    private static Metadata read(String document) {
        return Metadata.read(document.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertProblem(ODataProblem problem, String document) {
        assertThatThrownBy(() -> read(document))
                .isInstanceOf(Failure.class)
                .extracting(failure -> ((Failure) failure).code())
                .isEqualTo(problem);
    }
}
