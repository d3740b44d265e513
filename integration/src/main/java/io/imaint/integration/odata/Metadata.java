package io.imaint.integration.odata;

import java.util.List;
import java.util.Optional;

/** What a service's metadata document declares: its entity sets in the document's order. */
public record Metadata(List<EntitySet> entitySets) {
    public Metadata {
        entitySets = List.copyOf(entitySets);
    }

    /** The sets that hold data: all but those that list the delta tokens of another. */
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
