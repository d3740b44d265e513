package io.imaint.integration.discovery;

import io.imaint.integration.definition.Integration;
import io.imaint.kernel.problem.Failure;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What was found out about an entity set.
 *
 * @param proposal the integration proposed, not active; empty where the set cannot be replicated at all
 * @param rows how many there are; empty where SAP does not tell
 * @param state what came of reading one row
 * @param refusal why reading failed, when it did
 * @param notes what to know or to do before the proposal is activated, in sentences
 */
public record SetReport(
        String entitySet,
        Optional<Integration> proposal,
        OptionalLong rows,
        State state,
        Optional<Failure> refusal,
        List<String> notes) {
    /** What came of reading one row. */
    public enum State {
        READABLE,
        /** Nothing was read, since SAP would refuse without a filter or from outside of another entity. */
        NOT_READ,
        REFUSED
    }

    public SetReport {
        notes = List.copyOf(notes);
    }
}
