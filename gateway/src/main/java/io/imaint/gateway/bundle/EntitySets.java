package io.imaint.gateway.bundle;

import io.imaint.gateway.model.Xml;
import io.imaint.gateway.model.XmlElement;
import io.imaint.gateway.model.XmlInvalid;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What an OData service offers, read from its metadata, of version 2 or 4. */
final class EntitySets {
    /** A service with more is split by its owner; SAP's largest have some hundred. */
    static final int SETS_MAX = 1_000;

    /** Names of entity sets are identifiers of the protocol; they go into conditions and names of files. */
    private static final String NAME = "[\\p{L}_][\\p{L}\\p{N}_]{0,127}";

    private EntitySets() {}

    /**
     * An entity set.
     *
     * @param verbs with which clients may use it
     */
    record EntitySet(String name, List<String> verbs) {}

    static List<EntitySet> read(byte[] metadata) throws BundleInvalid {
        try {
            var sets = containers(Xml.read(metadata))
                    .flatMap(container -> container.all("EntitySet"))
                    .filter(set -> set.attribute("Name")
                            .filter(name -> name.matches(NAME))
                            .isPresent())
                    .map(set -> new EntitySet(set.attribute("Name").orElseThrow(), verbs(set)))
                    .toList();
            if (sets.isEmpty() || sets.size() > SETS_MAX) {
                throw new BundleInvalid(
                        "the metadata has %d entity sets, but must have 1 to %d".formatted(sets.size(), SETS_MAX));
            }
            return sets;
        } catch (XmlInvalid invalid) {
            throw new BundleInvalid(
                    "the metadata can't be parsed, line %d: %s".formatted(invalid.line(), invalid.getMessage()));
        }
    }

    private static Stream<XmlElement> containers(XmlElement edmx) {
        return edmx.all("DataServices")
                .flatMap(services -> services.all("Schema"))
                .flatMap(schema -> schema.all("EntityContainer"));
    }

    /** A verb is open unless SAP's annotations say otherwise. */
    private static List<String> verbs(XmlElement set) {
        var verbs = new ArrayList<>(List.of("GET", "HEAD"));
        if (may(set, "creatable")) {
            verbs.add("POST");
        }
        if (may(set, "updatable")) {
            verbs.addAll(List.of("PUT", "PATCH", "MERGE"));
        }
        if (may(set, "deletable")) {
            verbs.add("DELETE");
        }
        return List.copyOf(verbs);
    }

    private static boolean may(XmlElement set, String annotation) {
        return set.attribute(annotation).filter("false"::equals).isEmpty();
    }
}
