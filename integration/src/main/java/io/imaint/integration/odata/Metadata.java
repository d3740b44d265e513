package io.imaint.integration.odata;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/** What a service's metadata document declares: its entity sets in the document's order. */
public record Metadata(List<EntitySet> entitySets) {
    public Metadata {
        entitySets = List.copyOf(entitySets);
    }

    private static final XMLInputFactory FACTORY = factory();

    /** Reads a metadata document of OData V2; fails with {@link ODataProblem#SAP_METADATA_UNUSABLE} or as malformed. */
    static Metadata read(byte[] document) {
        try {
            var reader = new MetadataReader(xml(new ByteArrayInputStream(document)));
            reader.readDocument();
            return reader.link();
        } catch (XMLStreamException malformed) {
            throw ODataProblem.SAP_ANSWER_MALFORMED.because(
                    "the metadata document is not well-formed XML: "
                            + SapErrorMessage.oneLine(String.valueOf(malformed.getMessage()), 200),
                    malformed);
        }
    }

    /** Foreign XML is read in this one way: no document types, no entities but the five built in, nothing fetched. */
    static XMLStreamReader xml(InputStream in) throws XMLStreamException {
        return FACTORY.createXMLStreamReader(in);
    }

    private static XMLInputFactory factory() {
        // The JDK's own, because another parser on the class path has other limits.
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((publicId, systemId, baseUri, namespace) -> {
            throw new XMLStreamException("external entities are not read");
        });
        return factory;
    }

    /** All sets except those that list the delta tokens of another. */
    public List<EntitySet> dataSets() {
        return entitySets.stream()
                .filter(set -> !set.name().startsWith(DeltaLink.LINKS_OF)
                        || set(set.name().substring(DeltaLink.LINKS_OF.length()))
                                .isEmpty())
                .toList();
    }

    /** The type of the entities in a set. */
    public Optional<EntityType> entitySet(String setName) {
        return set(setName).map(EntitySet::type);
    }

    /** The set with a name. */
    public Optional<EntitySet> set(String setName) {
        return entitySets.stream().filter(set -> set.name().equals(setName)).findFirst();
    }
}
