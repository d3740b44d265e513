package io.imaint.integration.odata;

import java.util.Arrays;
import java.util.List;
import org.apache.olingo.odata2.api.edm.EdmSimpleTypeKind;
import org.apache.olingo.odata2.api.edm.FullQualifiedName;
import org.apache.olingo.odata2.api.edm.provider.ComplexProperty;
import org.apache.olingo.odata2.api.edm.provider.ComplexType;
import org.apache.olingo.odata2.api.edm.provider.EdmProvider;
import org.apache.olingo.odata2.api.edm.provider.EntityContainer;
import org.apache.olingo.odata2.api.edm.provider.EntityContainerInfo;
import org.apache.olingo.odata2.api.edm.provider.EntitySet;
import org.apache.olingo.odata2.api.edm.provider.EntityType;
import org.apache.olingo.odata2.api.edm.provider.Facets;
import org.apache.olingo.odata2.api.edm.provider.Key;
import org.apache.olingo.odata2.api.edm.provider.Property;
import org.apache.olingo.odata2.api.edm.provider.PropertyRef;
import org.apache.olingo.odata2.api.edm.provider.Schema;
import org.apache.olingo.odata2.api.edm.provider.SimpleProperty;
import org.jspecify.annotations.Nullable;

/** The types of the company, in Olingo's own terms: two schemas, nested complex types, media entities, every simple type. */
final class ReferenceModel extends EdmProvider {
    private static final String FIRST = "Company";
    private static final String SECOND = "Archive";
    private static final String CONTAINER = "CompanyContainer";

    private static final List<ComplexType> COMPLEX_TYPES = List.of(
            new ComplexType()
                    .setName("City")
                    .setProperties(List.of(simple("PostalCode", "String"), simple("CityName", "String"))),
            new ComplexType()
                    .setName("Location")
                    .setProperties(List.of(complex("City", "City"), simple("Country", "String"))));

    private static final List<EntityType> TYPES = List.of(
            type("Building", 1, simple("Id", "String"), simple("Name", "String"), simple("Image", "Binary")),
            type(
                    "Room",
                    1,
                    simple("Id", "String"),
                    simple("Name", "String"),
                    simple("Seats", "Int16"),
                    simple("Version", "SByte")),
            type(
                            "Employee",
                            1,
                            simple("EmployeeId", "String"),
                            simple("EmployeeName", "String"),
                            simple("Age", "Int32"),
                            complex("Location", "Location"),
                            simple("EntryDate", "DateTime").setFacets(new Facets().setPrecision(0)),
                            simple("LastSeen", "DateTimeOffset"),
                            simple("ShiftStart", "Time"),
                            simple("Salary", "Decimal")
                                    .setFacets(new Facets().setPrecision(13).setScale(2)),
                            simple("Rating", "Double"),
                            simple("Share", "Single"),
                            simple("Badge", "Int64"),
                            simple("Active", "Boolean"),
                            simple("Reference", "Guid"),
                            simple("Level", "Byte"))
                    .setHasStream(true));

    private static final List<EntityType> ARCHIVED =
            List.of(type("Photo", 2, simple("Id", "Int32"), simple("Type", "String"), simple("Name", "String"))
                    .setHasStream(true));

    private static final List<EntitySet> SETS = List.of(
            set("Buildings", FIRST, "Building"),
            set("Rooms", FIRST, "Room"),
            set("Employees", FIRST, "Employee"),
            set("Photos", SECOND, "Photo"));

    @Override
    public List<Schema> getSchemas() {
        var container = new EntityContainer()
                .setName(CONTAINER)
                .setDefaultEntityContainer(true)
                .setEntitySets(SETS);
        return List.of(
                new Schema()
                        .setNamespace(FIRST)
                        .setEntityTypes(TYPES)
                        .setComplexTypes(COMPLEX_TYPES)
                        .setEntityContainers(List.of(container)),
                new Schema().setNamespace(SECOND).setEntityTypes(ARCHIVED));
    }

    @Override
    public EntityContainerInfo getEntityContainerInfo(@Nullable String name) {
        return new EntityContainerInfo().setName(CONTAINER).setDefaultEntityContainer(true);
    }

    @Override
    public @Nullable EntityType getEntityType(FullQualifiedName name) {
        return (name.getNamespace().equals(FIRST) ? TYPES : ARCHIVED)
                .stream()
                        .filter(type -> type.getName().equals(name.getName()))
                        .findFirst()
                        .orElse(null);
    }

    @Override
    public @Nullable ComplexType getComplexType(FullQualifiedName name) {
        return COMPLEX_TYPES.stream()
                .filter(type -> type.getName().equals(name.getName()))
                .findFirst()
                .orElse(null);
    }

    @Override
    public @Nullable EntitySet getEntitySet(String container, String name) {
        return SETS.stream()
                .filter(set -> set.getName().equals(name))
                .findFirst()
                .orElse(null);
    }

    private static EntitySet set(String name, String namespace, String type) {
        return new EntitySet().setName(name).setEntityType(new FullQualifiedName(namespace, type));
    }

    private static EntityType type(String name, int keys, Property... properties) {
        var refs = Arrays.stream(properties)
                .limit(keys)
                .map(property -> new PropertyRef().setName(property.getName()))
                .toList();
        return new EntityType().setName(name).setKey(new Key().setKeys(refs)).setProperties(List.of(properties));
    }

    private static SimpleProperty simple(String name, String kind) {
        return new SimpleProperty().setName(name).setType(EdmSimpleTypeKind.valueOf(kind));
    }

    private static ComplexProperty complex(String name, String type) {
        return new ComplexProperty().setName(name).setType(new FullQualifiedName(FIRST, type));
    }
}
