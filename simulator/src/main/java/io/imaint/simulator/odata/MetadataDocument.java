package io.imaint.simulator.odata;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.IcwpModel;
import io.imaint.simulator.model.Navigation;
import io.imaint.simulator.model.Property;

/** The service's {@code $metadata}: the model in EDMX with SAP's annotations. */
final class MetadataDocument {
    private static final String READ_ONLY = " sap:creatable=\"false\" sap:updatable=\"false\" sap:deletable=\"false\"";

    private final StringBuilder xml = new StringBuilder();

    private MetadataDocument() {}

    static byte[] bytes() {
        var document = new MetadataDocument();
        document.write();
        return document.xml.toString().getBytes(UTF_8);
    }

    private void write() {
        xml.append("""
                <?xml version="1.0" encoding="utf-8"?>
                <edmx:Edmx Version="1.0" xmlns:edmx="http://schemas.microsoft.com/ado/2007/06/edmx" \
                xmlns:m="http://schemas.microsoft.com/ado/2007/08/dataservices/metadata" \
                xmlns:sap="http://www.sap.com/Protocols/SAPData">
                <edmx:DataServices m:DataServiceVersion="2.0">
                <Schema Namespace="%s" xml:lang="en" sap:schema-version="1" \
                xmlns="http://schemas.microsoft.com/ado/2008/09/edm">
                """.formatted(IcwpModel.NAMESPACE));
        IcwpModel.SETS.forEach(this::entityType);
        IcwpModel.NAVIGATIONS.forEach(this::association);
        container();
        xml.append("</Schema>\n</edmx:DataServices>\n</edmx:Edmx>\n");
    }

    private void entityType(EntitySet set) {
        xml.append("<EntityType Name=\"%s\" sap:content-version=\"1\">\n<Key>\n".formatted(set.typeName()));
        set.properties().stream()
                .filter(Property::key)
                .forEach(property -> xml.append("<PropertyRef Name=\"%s\"/>\n".formatted(property.name())));
        xml.append("</Key>\n");
        set.properties().forEach(this::property);
        IcwpModel.navigations(set)
                .forEach(way -> xml.append(
                        "<NavigationProperty Name=\"%s\" Relationship=\"%s.%s\" FromRole=\"From%4$s\" ToRole=\"To%4$s\"/>\n"
                                .formatted(way.name(), IcwpModel.NAMESPACE, way.association(), way.association())));
        xml.append("</EntityType>\n");
    }

    private void property(Property property) {
        var facets = switch (property.type()) {
            case STRING -> " MaxLength=\"%d\"".formatted(property.length());
            case DECIMAL -> " Precision=\"%d\" Scale=\"%d\"".formatted(property.length(), property.scale());
            case DATE -> " Precision=\"0\" sap:display-format=\"Date\"";
            case TIME -> " Precision=\"0\"";
            case TIMESTAMP -> " Precision=\"3\"";
            case INT32, DOUBLE, GUID -> "";
        };
        // A CHAR field is never null; the other types are, where SAP's field is initial.
        boolean nullable = switch (property.type()) {
            case STRING -> false;
            case DATE, TIME, TIMESTAMP, DECIMAL, INT32, DOUBLE, GUID -> true;
        };
        xml.append(
                "<Property Name=\"%s\" Type=\"%s\" Nullable=\"%b\"%s sap:label=\"%s\"%s sap:filterable=\"true\"%s/>\n"
                        .formatted(
                                property.name(),
                                property.type().edmName(),
                                nullable,
                                facets,
                                Xml.escaped(property.label()),
                                " sap:creatable=\"false\" sap:updatable=\"false\"",
                                property.key() ? "" : " sap:sortable=\"false\""));
    }

    private void association(Navigation way) {
        xml.append("""
                <Association Name="%1$s" sap:content-version="1">
                <End Type="%2$s.%3$s" Multiplicity="1" Role="From%1$s"/>
                <End Type="%2$s.%4$s" Multiplicity="*" Role="To%1$s"/>
                <ReferentialConstraint>
                """.formatted(
                        way.association(),
                        IcwpModel.NAMESPACE,
                        way.from().typeName(),
                        way.to().typeName()));
        constraintEnd("Principal", "From", way);
        constraintEnd("Dependent", "To", way);
        xml.append("</ReferentialConstraint>\n</Association>\n");
    }

    private void constraintEnd(String element, String role, Navigation way) {
        xml.append("<%s Role=\"%s%s\">\n".formatted(element, role, way.association()));
        way.from().properties().stream()
                .filter(Property::key)
                .forEach(property -> xml.append("<PropertyRef Name=\"%s\"/>\n".formatted(property.name())));
        xml.append("</%s>\n".formatted(element));
    }

    private void container() {
        xml.append(
                "<EntityContainer Name=\"%s_Entities\" m:IsDefaultEntityContainer=\"true\" sap:supported-formats=\"json\">\n"
                        .formatted(IcwpModel.NAMESPACE));
        IcwpModel.SETS.forEach(set -> xml.append(
                "<EntitySet Name=\"%s\" EntityType=\"%s.%s\"%s sap:pageable=\"true\" sap:addressable=\"true\" sap:content-version=\"1\"/>\n"
                        .formatted(set.name(), IcwpModel.NAMESPACE, set.typeName(), READ_ONLY)));
        IcwpModel.NAVIGATIONS.forEach(way -> xml.append("""
                <AssociationSet Name="%1$sSet" Association="%2$s.%1$s"%3$s sap:content-version="1">
                <End EntitySet="%4$s" Role="From%1$s"/>
                <End EntitySet="%5$s" Role="To%1$s"/>
                </AssociationSet>
                """.formatted(
                        way.association(),
                        IcwpModel.NAMESPACE,
                        READ_ONLY,
                        way.from().name(),
                        way.to().name())));
        xml.append("</EntityContainer>\n");
    }
}
