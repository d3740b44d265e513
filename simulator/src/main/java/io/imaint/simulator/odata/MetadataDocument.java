package io.imaint.simulator.odata;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.EntitySet.Ability;
import io.imaint.simulator.model.FunctionImport;
import io.imaint.simulator.model.Navigation;
import io.imaint.simulator.model.Property;
import io.imaint.simulator.model.Property.Form;
import io.imaint.simulator.model.ServiceModel;
import java.util.List;

/** The service's {@code $metadata}: the model in EDMX with SAP's annotations. */
final class MetadataDocument {
    private final StringBuilder xml = new StringBuilder();
    private final ServiceModel model;
    private final List<EntitySet> tracked;

    private MetadataDocument(ServiceModel model) {
        this.model = model;
        this.tracked = tracked(model);
    }

    /** The sets whose changes are tracked, each with a set of its delta tokens. */
    static List<EntitySet> tracked(ServiceModel model) {
        return model.sets().stream().filter(set -> set.can(Ability.DELTA)).toList();
    }

    /**
     * @param version how often the model has changed, counted from 1
     */
    static byte[] bytes(ServiceModel model, int version) {
        var document = new MetadataDocument(model);
        document.write(version);
        return document.xml.toString().getBytes(UTF_8);
    }

    private void write(int version) {
        xml.append("""
                <?xml version="1.0" encoding="utf-8"?>
                <edmx:Edmx Version="1.0" xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx" \
                xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata" \
                xmlns:sap="http://www.sap.com/Protocols/SAPData">
                <edmx:DataServices m:DataServiceVersion="2.0">
                <Schema Namespace="%s" xml:lang="en" sap:schema-version="%d" \
                xmlns="http://schemas.microsoft.com/ado/2008/09/edm">
                """.formatted(model.namespace(), version));
        model.sets().forEach(this::entityType);
        tracked.forEach(this::deltaLinksType);
        complexType("ChangeTrackingDetails", "SubscribedFlag");
        complexType("SubscriptionTerminationDetails", "ResultFlag");
        model.navigations().forEach(this::association);
        tracked.forEach(this::deltaLinksAssociation);
        container();
        xml.append("</Schema>\n</edmx:DataServices>\n</edmx:Edmx>\n");
    }

    private void entityType(EntitySet set) {
        var stream = set.can(Ability.MEDIA) ? " m:HasStream=\"true\"" : "";
        xml.append("<EntityType Name=\"%s\"%s sap:content-version=\"1\">\n<Key>\n".formatted(set.typeName(), stream));
        set.properties().stream()
                .filter(Property::key)
                .forEach(property -> xml.append("<PropertyRef Name=\"%s\"/>\n".formatted(property.name())));
        xml.append("</Key>\n");
        set.properties().forEach(property -> property(set, property));
        model.navigations().stream()
                .filter(way -> way.from().equals(set))
                .forEach(way -> navigationProperty(way.name(), way.association()));
        xml.append("</EntityType>\n");
    }

    private void navigationProperty(String name, String association) {
        xml.append("<NavigationProperty Name=\"%s\" Relationship=\"%s.%s\" FromRole=\"From%3$s\" ToRole=\"To%3$s\"/>\n"
                .formatted(name, model.namespace(), association));
    }

    private void property(EntitySet set, Property property) {
        var facets = switch (property.type()) {
            case STRING -> " MaxLength=\"%d\"".formatted(property.length());
            case DECIMAL -> " Precision=\"%d\" Scale=\"%d\"".formatted(property.length(), property.scale());
            case DATE, TIME -> " Precision=\"0\"";
            case TIMESTAMP -> " Precision=\"3\"";
            case INT32, DOUBLE, GUID -> "";
        };
        // A CHAR field is never null; the other types are, where SAP's field is initial.
        boolean nullable = switch (property.type()) {
            case STRING -> false;
            case DATE, TIME, TIMESTAMP, DECIMAL, INT32, DOUBLE, GUID -> true;
        };
        boolean versions = set.tagged() && property.name().equals(ETag.PROPERTY);
        xml.append("<Property Name=\"%s\" Type=\"%s\" Nullable=\"%b\"%s%s%s sap:label=\"%s\" "
                        .formatted(
                                property.name(),
                                property.type().edmName(),
                                nullable,
                                facets,
                                versions ? " ConcurrencyMode=\"Fixed\"" : "",
                                format(property) + Units.annotations(set, property),
                                Xml.escaped(property.label()))
                + "sap:creatable=\"%b\" sap:updatable=\"%b\" sap:sortable=\"true\" sap:filterable=\"true\"/>\n"
                        .formatted(
                                set.can(Ability.CREATE) && property.creatable(),
                                set.can(Ability.UPDATE) && property.changeable()));
    }

    private static String format(Property property) {
        return switch (property.type()) {
            case DATE -> " sap:display-format=\"Date\"";
            case STRING -> property.form() == Form.DIGITS ? " sap:display-format=\"NonNegative\"" : "";
            case TIME, TIMESTAMP, DECIMAL, INT32, DOUBLE, GUID -> "";
        };
    }

    private void deltaLinksType(EntitySet set) {
        var name = ResourcePath.DELTA_LINKS + set.name();
        var readOnly =
                "sap:creatable=\"false\" sap:updatable=\"false\" sap:sortable=\"false\" sap:filterable=\"false\"";
        xml.append("""
                <EntityType Name="%1$s" sap:content-version="1">
                <Key>
                <PropertyRef Name="DeltaToken"/>
                </Key>
                <Property Name="DeltaToken" Type="Edm.String" Nullable="false" MaxLength="64" sap:label="Delta Token" %2$s/>
                <Property Name="CreatedAt" Type="Edm.DateTime" Nullable="false" Precision="0" sap:label="Created At" %2$s/>
                <Property Name="IsInitialLoad" Type="Edm.Boolean" Nullable="false" sap:label="Is Initial Load" %2$s/>
                """.formatted(name, readOnly));
        navigationProperty(ResourcePath.CHANGES_AFTER, name + ResourcePath.CHANGES_AFTER);
        xml.append("</EntityType>\n");
    }

    private void complexType(String name, String flag) {
        xml.append("""
                <ComplexType Name="%s">
                <Property Name="%s" Type="Edm.Boolean" Nullable="false"/>
                </ComplexType>
                """.formatted(name, flag));
    }

    private void association(Navigation way) {
        // Of a way to one, many may lead to the same; of a way to many, each belongs to the one it starts from.
        ends(
                way.association(),
                way.from().typeName(),
                way.many() ? "1" : "*",
                way.to().typeName(),
                way.many() ? "*" : "0..1");
        if (way.many() && way.byKey()) {
            xml.append("<ReferentialConstraint>\n");
            constraintEnd("Principal", "From", way);
            constraintEnd("Dependent", "To", way);
            xml.append("</ReferentialConstraint>\n");
        }
        xml.append("</Association>\n");
    }

    private void deltaLinksAssociation(EntitySet set) {
        var name = ResourcePath.DELTA_LINKS + set.name();
        ends(name + ResourcePath.CHANGES_AFTER, name, "1", set.typeName(), "*");
        xml.append("</Association>\n");
    }

    private void ends(String name, String from, String fromMany, String to, String toMany) {
        xml.append("""
                <Association Name="%1$s" sap:content-version="1">
                <End Type="%2$s.%3$s" Multiplicity="%4$s" Role="From%1$s"/>
                <End Type="%2$s.%5$s" Multiplicity="%6$s" Role="To%1$s"/>
                """.formatted(name, model.namespace(), from, fromMany, to, toMany));
    }

    private void constraintEnd(String element, String role, Navigation way) {
        xml.append("<%s Role=\"%s%s\">\n".formatted(element, role, way.association()));
        way.by().forEach(name -> xml.append("<PropertyRef Name=\"%s\"/>\n".formatted(name)));
        xml.append("</%s>\n".formatted(element));
    }

    private void container() {
        xml.append(
                "<EntityContainer Name=\"%s_Entities\" m:IsDefaultEntityContainer=\"true\" sap:supported-formats=\"json\">\n"
                        .formatted(model.namespace()));
        model.sets().forEach(set -> entitySet(set.name(), set.typeName(), abilities(set)));
        tracked.forEach(set -> {
            var name = ResourcePath.DELTA_LINKS + set.name();
            entitySet(name, name, abilities(false, false, false));
        });
        model.navigations()
                .forEach(way -> associationSet(
                        way.association(), way.from().name(), way.to().name()));
        tracked.forEach(set -> {
            var name = ResourcePath.DELTA_LINKS + set.name();
            associationSet(name + ResourcePath.CHANGES_AFTER, name, set.name());
        });
        model.functions().forEach(this::function);
        tracked.forEach(set -> {
            trackingFunction(ResourcePath.SUBSCRIBED + set.name(), "ChangeTrackingDetails");
            trackingFunction(ResourcePath.TERMINATE + set.name(), "SubscriptionTerminationDetails");
        });
        xml.append("</EntityContainer>\n");
    }

    /** What can be done with a set, as SAP's annotations say it. */
    static String abilities(EntitySet set) {
        return abilities(set.can(Ability.CREATE), set.can(Ability.UPDATE), set.can(Ability.DELETE));
    }

    static String abilities(boolean creatable, boolean updatable, boolean deletable) {
        return "sap:creatable=\"%b\" sap:updatable=\"%b\" sap:deletable=\"%b\" sap:pageable=\"true\" sap:addressable=\"true\""
                .formatted(creatable, updatable, deletable);
    }

    private void entitySet(String name, String type, String abilities) {
        xml.append("<EntitySet Name=\"%s\" EntityType=\"%s.%s\" %s sap:content-version=\"1\"/>\n"
                .formatted(name, model.namespace(), type, abilities));
    }

    private void associationSet(String association, String from, String to) {
        xml.append("""
                <AssociationSet Name="%1$sSet" Association="%2$s.%1$s" sap:creatable="false" sap:updatable="false" \
                sap:deletable="false" sap:content-version="1">
                <End EntitySet="%3$s" Role="From%1$s"/>
                <End EntitySet="%4$s" Role="To%1$s"/>
                </AssociationSet>
                """.formatted(association, model.namespace(), from, to));
    }

    private void function(FunctionImport function) {
        var returns = model.namespace() + "." + function.returns().typeName();
        xml.append(
                "<FunctionImport Name=\"%s\" ReturnType=\"%s\" EntitySet=\"%s\" m:HttpMethod=\"POST\" sap:action-for=\"%2$s\">\n"
                        .formatted(function.name(), returns, function.returns().name()));
        function.parameters()
                .forEach(parameter -> xml.append(
                        "<Parameter Name=\"%s\" Type=\"%s\" Mode=\"In\" MaxLength=\"%d\" sap:label=\"%s\"/>\n"
                                .formatted(
                                        parameter.name(),
                                        parameter.type().edmName(),
                                        parameter.length(),
                                        Xml.escaped(parameter.label()))));
        xml.append("</FunctionImport>\n");
    }

    private void trackingFunction(String name, String returns) {
        xml.append("<FunctionImport Name=\"%s\" ReturnType=\"%s.%s\" m:HttpMethod=\"GET\"/>\n"
                .formatted(name, model.namespace(), returns));
    }
}
