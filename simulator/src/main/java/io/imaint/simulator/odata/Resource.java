package io.imaint.simulator.odata;

import io.imaint.simulator.model.EntitySet;
import io.imaint.simulator.model.FunctionImport;
import io.imaint.simulator.model.Navigation;
import io.imaint.simulator.model.Property;
import java.util.List;
import java.util.Optional;

/** What the path of a request names. */
sealed interface Resource {
    record ServiceRoot() implements Resource {}

    record Metadata() implements Resource {}

    /** A way taken from an entity. */
    record Step(Entity from, Navigation way) {}

    /**
     * Rows of a set.
     *
     * @param step the way that leads to them; without one they are all of the set
     */
    record Collection(EntitySet set, Optional<Step> step) implements Resource {}

    /**
     * One entity.
     *
     * @param step the way that leads to it or to the rows among which it is
     * @param key all its parts in the order of the set's properties and in SAP's internal form; empty where the way leads
     *     to one entity
     */
    record Entity(EntitySet set, Optional<Step> step, List<String> key) implements Resource {}

    /** How many rows there are. */
    record Count(Collection rows) implements Resource {}

    /**
     * One property of an entity.
     *
     * @param raw only its value is asked for, as text
     */
    record Value(Entity entity, Property property, boolean raw) implements Resource {}

    /** The file that an entity is. */
    record Media(Entity entity) implements Resource {}

    /** The addresses of the entities to which a way leads. */
    record Links(Step step) implements Resource {}

    record Function(FunctionImport function) implements Resource {}

    /** What concerns the delta tokens of a set. */
    sealed interface Tracking extends Resource {
        EntitySet set();
    }

    /** The tokens issued. */
    record DeltaLinks(EntitySet set) implements Tracking {}

    /** One token. */
    record DeltaLink(EntitySet set, String token) implements Tracking {}

    /** What changed after a token. */
    record ChangesAfter(EntitySet set, String token) implements Tracking {}

    /** Whether changes are tracked for the caller. */
    record Subscribed(EntitySet set) implements Tracking {}

    /** Ends the tracking. */
    record Termination(EntitySet set) implements Tracking {}
}
