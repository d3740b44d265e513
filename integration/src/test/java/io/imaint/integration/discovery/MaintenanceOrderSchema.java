package io.imaint.integration.discovery;

/** The metadata of a service with the kinds of sets that a proposal has to tell apart. */
final class MaintenanceOrderSchema {
    /** What a service of SAP's own declares: a date in the key, structures, files, sets within others, and more. */
    static final String TEXT = """
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
            <EntityType Name="QueryType" sap:semantics="aggregate"><Key><PropertyRef Name="ID"/></Key>
            <Property Name="ID" Type="Edm.String"/></EntityType>
            <EntityType Name="HelpType" sap:value-list="true"><Key><PropertyRef Name="ID"/></Key>
            <Property Name="ID" Type="Edm.String"/></EntityType>
            <EntityType Name="ParameterType" sap:semantics="parameters"><Key><PropertyRef Name="P_Plant"/></Key>
            <Property Name="P_Plant" Type="Edm.String"/></EntityType>
            <EntityType Name="TreeType"><Key><PropertyRef Name="ID"/></Key>
            <Property Name="ID" Type="Edm.String" sap:filterable="false"/>
            <Property Name="NodeID" Type="Edm.String" sap:hierarchy-node-for="ID"/></EntityType>
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
            <EntitySet Name="QuerySet" EntityType="S.QueryType"/>
            <EntitySet Name="CappedSet" EntityType="S.HelpType" sap:maxpagesize="200" sap:change-tracking="true"/>
            <EntitySet Name="ParameterSet" EntityType="S.ParameterType"/>
            <EntitySet Name="TreeSet" EntityType="S.TreeType"/>
            <FunctionImport Name="GetInner" EntitySet="InnerSet" ReturnType="Collection(S.FileType)" m:HttpMethod="GET"/>
            </EntityContainer>""";

    private MaintenanceOrderSchema() {}
}
