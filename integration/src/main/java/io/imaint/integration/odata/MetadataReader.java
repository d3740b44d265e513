package io.imaint.integration.odata;

import io.imaint.kernel.problem.Failure;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads a metadata document of OData V2 in one pass, then links sets with types and types with each other, since a
 * document may use what it declares later. Elements are distinguished by their local name and their parent: the namespaces
 * of the schema language differ by year (2006 to 2009) while the elements do not.
 */
final class MetadataReader {
    private static final System.Logger LOG = System.getLogger(MetadataReader.class.getName());

    private static final String SAP = "http://www.sap.com/Protocols/SAPData";
    private static final String M = "http://schemas.microsoft.com/ado/2007/08/dataservices/metadata";
    /** Of SAP's vocabulary Common, which a document may give another alias. */
    private static final Set<String> DRAFT_TERMS = Set.of("DraftRoot", "DraftNode");

    /** Restrictions of a filter to one value, or to several single ones; ranges are not served then. */
    private static final Set<String> SINGLE_VALUES = Set.of("single-value", "multi-value");

    private static final String V4 = "http://docs.oasis-open.org/odata/ns/edmx";

    /** A type read but not linked: its base and its complex properties are still names. */
    private static final class Declared {
        private final String name;
        private final String base;
        private final boolean complex;
        private final boolean media;
        private final List<EdmProperty> properties = new ArrayList<>();
        private final List<String> keys = new ArrayList<>();
        private final Set<String> controls = new HashSet<>();
        private String semantics = "";
        private String hierarchyNode = "";
        private String etag = "";
        private int navigations;

        private Declared(String name, String base, boolean complex, boolean media) {
            this.name = name;
            this.base = base;
            this.complex = complex;
            this.media = media;
        }

        private EntityType.Traits traits() {
            return new EntityType.Traits(semantics, hierarchyNode, etag, navigations, controls);
        }
    }

    /** A set whose type is still a name. */
    private record DeclaredSet(
            String name, String type, String label, EntitySet.Abilities abilities, String semantics, int pageSizeMax) {}

    /** A way from an entity to others, by the roles of an association. */
    private record Navigation(String name, String association, String from, String to) {}

    private final XMLStreamReader xml;
    private final Map<String, Declared> declared = new HashMap<>();
    private final Map<String, @Nullable EntityType> linked = new HashMap<>();
    private final Map<String, String> aliases = new HashMap<>();
    private final List<DeclaredSet> sets = new ArrayList<>();
    private final Set<String> drafts = new HashSet<>();
    private final Map<String, List<String>> functions = new HashMap<>();
    private final List<Navigation> navigations = new ArrayList<>();

    /** Of each association the sets at its ends by role, once for each set of associations. */
    private final Map<String, List<Map<String, String>>> ends = new HashMap<>();

    /** The types with a property whose values a set lists, by the set. */
    private final Map<String, Set<String>> helped = new HashMap<>();

    private String namespace = "";

    /** The path of the set, type or property to which an annotation that comes now belongs. */
    private String annotated = "";

    private String association = "";

    MetadataReader(XMLStreamReader xml) {
        this.xml = xml;
    }

    void readDocument() throws XMLStreamException {
        boolean root = true;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.DTD) {
                throw ODataProblem.SAP_ANSWER_MALFORMED.because("the metadata document declares a document type");
            }
            if (event != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            if (root) {
                root = false;
                verifyRoot();
            }
            switch (xml.getLocalName()) {
                case "Schema" -> {
                    namespace = attribute("Namespace");
                    aliases.put(attribute("Alias"), namespace);
                }
                case "EntityType" -> readType(false);
                case "ComplexType" -> readType(true);
                case "EntitySet" -> readSet();
                case "FunctionImport" -> readFunction();
                case "AssociationSet" -> {
                    association = qualified(attribute("Association"));
                    ends.computeIfAbsent(association, name -> new ArrayList<>()).add(new HashMap<>());
                }
                case "End" -> readEnd();
                case "Annotations" -> annotated = attribute("Target");
                case "Annotation" -> {
                    if (DRAFT_TERMS.contains(lastSegment(attribute("Term"), '.'))) {
                        drafts.add(lastSegment(annotated, '/'));
                    }
                }
                case "PropertyValue" -> readPropertyValue();
                default -> {}
            }
        }
    }

    private void verifyRoot() {
        if (V4.equals(xml.getNamespaceURI())) {
            throw ODataProblem.SAP_METADATA_UNUSABLE.because("the URL names an OData V4 service");
        }
        var root = xml.getLocalName();
        if (!root.equals("Edmx") && !root.equals("Schema")) {
            throw ODataProblem.SAP_ANSWER_MALFORMED.because(
                    "the metadata document begins with <%s>".formatted(SapErrorMessage.oneLine(root, 60)));
        }
    }

    private static String lastSegment(String text, char separator) {
        return text.substring(text.lastIndexOf(separator) + 1);
    }

    /** Ends stand in associations too, but name sets only in sets of them. */
    private void readEnd() {
        var sets = ends.getOrDefault(association, List.of());
        if (!sets.isEmpty() && !attribute("EntitySet").isEmpty()) {
            sets.getLast().put(attribute("Role"), attribute("EntitySet"));
        }
    }

    /** Of all values in annotations only the set that lists the values of a property is of interest. */
    private void readPropertyValue() {
        if (attribute("Property").equals("CollectionPath")) {
            helped.computeIfAbsent(attribute("String"), set -> new HashSet<>())
                    .add(lastSegment(annotated.replaceFirst("/.*", ""), '.'));
        }
    }

    /** One that is called by POST changes something, so it is no way to read. */
    private void readFunction() {
        if (!"POST".equals(xml.getAttributeValue(M, "HttpMethod"))) {
            functions
                    .computeIfAbsent(attribute("EntitySet"), set -> new ArrayList<>())
                    .add(attribute("Name"));
        }
    }

    private void readSet() {
        annotated = attribute("Name");
        sets.add(new DeclaredSet(
                attribute("Name"),
                attribute("EntityType"),
                sap("label"),
                new EntitySet.Abilities(
                        unlessFalse("creatable"),
                        unlessFalse("updatable"),
                        unlessFalse("deletable"),
                        unlessFalse("addressable"),
                        unlessFalse("pageable") && unlessFalse("topable"),
                        unlessFalse("countable"),
                        onlyTrue("searchable"),
                        onlyTrue("requires-filter"),
                        onlyTrue("change-tracking")),
                sap("semantics").replace('_', '-'),
                number(sap("maxpagesize"))));
    }

    /** Reads to the end of the type; only its own properties count, not what annotations nest below them. */
    private void readType(boolean complex) throws XMLStreamException {
        var type = new Declared(
                attribute("Name"),
                attribute("BaseType"),
                complex,
                "true".equals(xml.getAttributeValue(M, "HasStream")));
        type.semantics = onlyTrue("value-list") ? "value-list" : sap("semantics");
        declared.put(namespace + "." + type.name, type);
        for (int depth = 1; depth > 0; ) {
            switch (xml.next()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    depth++;
                    var element = xml.getLocalName();
                    if (depth == 2 && element.equals("Property")) {
                        readProperty(type);
                    } else if (depth == 2 && element.equals("NavigationProperty")) {
                        type.navigations++;
                        navigations.add(new Navigation(
                                attribute("Name"),
                                qualified(attribute("Relationship")),
                                attribute("FromRole"),
                                attribute("ToRole")));
                    } else if (depth == 3 && element.equals("PropertyRef")) {
                        type.keys.add(attribute("Name"));
                    }
                }
                case XMLStreamConstants.END_ELEMENT -> depth--;
                default -> {}
            }
        }
    }

    private void readProperty(Declared type) {
        var property = property();
        type.properties.add(property);
        if (!sap("hierarchy-node-for").isEmpty()) {
            type.hierarchyNode = property.name();
        }
        if (attribute("ConcurrencyMode").equals("Fixed")) {
            type.etag = property.name();
        }
        type.controls.add(sap("field-control"));
    }

    private EdmProperty property() {
        var typeName = attribute("Type");
        var kind = EdmKind.of(typeName);
        boolean day = kind == EdmKind.DATE_TIME
                && (sap("display-format").equals("Date")
                        || attribute("Precision").equals("0"));
        return new EdmProperty(
                attribute("Name"),
                kind,
                typeName,
                !attribute("Nullable").equals("false"),
                number(attribute("MaxLength")),
                number(attribute("Precision")),
                number(attribute("Scale")),
                day,
                sap("label"),
                new EdmProperty.Abilities(
                        unlessFalse("filterable"),
                        unlessFalse("sortable"),
                        unlessFalse("creatable"),
                        unlessFalse("updatable"),
                        onlyTrue("required-in-filter"),
                        !SINGLE_VALUES.contains(sap("filter-restriction"))),
                null);
    }

    Metadata link() {
        var entitySets = new ArrayList<EntitySet>();
        var names = sets.stream().map(DeclaredSet::name).collect(Collectors.toSet());
        var parents = parents();
        for (var set : sets) {
            var type = linked(set.type);
            if (type == null || type.properties().isEmpty()) {
                LOG.log(System.Logger.Level.WARNING, "left out the set {0}: no usable type {1}", set.name, set.type);
            } else {
                boolean deltas = set.abilities.deltas() || names.contains(DeltaLink.LINKS_OF + set.name);
                entitySets.add(new EntitySet(
                        set.name,
                        type,
                        set.label,
                        set.abilities.withDeltas(deltas),
                        semantics(set, type),
                        drafts.contains(set.name),
                        functions.getOrDefault(set.name, List.of()),
                        parents.getOrDefault(set.name, List.of()),
                        set.pageSizeMax));
            }
        }
        if (entitySets.isEmpty()) {
            throw ODataProblem.SAP_METADATA_UNUSABLE.because(
                    sets.isEmpty()
                            ? "it declares no entity set; a service with nothing but function imports has no rows to read"
                            : "it declares %d entity sets and no usable one".formatted(sets.size()));
        }
        return new Metadata(entitySets);
    }

    /** What the type says, else the set, else the annotations that list values for properties of other types. */
    private String semantics(DeclaredSet set, EntityType type) {
        var own = type.traits().semantics().isEmpty()
                ? set.semantics
                : type.traits().semantics();
        boolean readOnly = !set.abilities.creatable() && !set.abilities.updatable() && !set.abilities.deletable();
        boolean helps = helped.getOrDefault(set.name, Set.of()).stream().anyMatch(other -> !other.equals(type.name()));
        return own.isEmpty() && helps && readOnly && !drafts.contains(set.name) ? "value-list" : own;
    }

    /** The ways to the entities of each set from those of others, such as {@code OrderSet/Operations}. */
    private Map<String, List<String>> parents() {
        Map<String, List<String>> parents = new HashMap<>();
        for (var way : navigations) {
            for (var roles : ends.getOrDefault(way.association, List.of())) {
                var from = roles.get(way.from);
                var to = roles.get(way.to);
                if (from != null && to != null) {
                    parents.computeIfAbsent(to, set -> new ArrayList<>()).add(from + "/" + way.name);
                }
            }
        }
        return parents;
    }

    /** The type of a qualified name; null when it is not declared or would contain itself. */
    private @Nullable EntityType linked(String name) {
        var qualified = qualified(name);
        if (linked.containsKey(qualified)) {
            return linked.get(qualified);
        }
        linked.put(qualified, null); // Until it is complete: whoever meets it in here meets a circle.
        var type = declared.get(qualified);
        if (type == null) {
            return null;
        }
        var properties = new ArrayList<EdmProperty>();
        var keys = new ArrayList<String>();
        var base = type.base.isEmpty() ? null : linked(type.base);
        if (base != null) {
            properties.addAll(base.properties());
            keys.addAll(base.keys());
        }
        type.properties.forEach(property -> properties.add(linked(property)));
        keys.addAll(type.keys);
        for (var key : keys) {
            if (properties.stream().noneMatch(property -> property.name().equals(key))) {
                throw unusable(type, key);
            }
        }
        var complete = new EntityType(
                type.name, properties, keys, type.media || (base != null && base.media()), type.traits());
        linked.put(qualified, complete);
        return complete;
    }

    private EdmProperty linked(EdmProperty property) {
        var type = declared.get(qualified(property.typeName()));
        var complex = type != null && type.complex ? linked(property.typeName()) : null;
        return complex == null ? property : property.of(complex);
    }

    private static Failure unusable(Declared type, String key) {
        return ODataProblem.SAP_METADATA_UNUSABLE.because("type %s has no property '%s', which its key names"
                .formatted(type.name, SapErrorMessage.oneLine(key, 60)));
    }

    private String qualified(String name) {
        int dot = name.lastIndexOf('.');
        var aliased = dot < 0 ? null : aliases.get(name.substring(0, dot));
        return aliased == null ? name : aliased + name.substring(dot);
    }

    /** Zero for no number, such as the {@code Max} of long texts. */
    private static int number(String text) {
        try {
            return text.isEmpty() ? 0 : Math.max(0, Integer.parseInt(text));
        } catch (NumberFormatException word) {
            return 0;
        }
    }

    private String attribute(String name) {
        var value = xml.getAttributeValue("", name);
        return value == null ? "" : value;
    }

    private boolean unlessFalse(String annotation) {
        return !sap(annotation).equals("false");
    }

    private boolean onlyTrue(String annotation) {
        return sap(annotation).equals("true");
    }

    private String sap(String name) {
        var value = xml.getAttributeValue(SAP, name);
        return value == null ? "" : value;
    }
}
