package io.imaint.integration.odata;

import io.imaint.kernel.problem.Failure;
import org.jspecify.annotations.Nullable;

/** What became of a change that was sent to SAP. */
public sealed interface ODataAnswer {
    /**
     * SAP carried it out, as far as its status tells.
     *
     * @param entity as it is now; null where the answer has none
     * @param words what SAP said beside it
     */
    record Done(@Nullable Entity entity, SapWords words) implements ODataAnswer {}

    /**
     * SAP, or what stands before it, answered that it was not carried out.
     *
     * @param failure by which it is known what to do
     * @param status the HTTP status
     * @param code SAP's message class and number; empty when there is none
     * @param message SAP's words; empty when there are none
     */
    record Refused(Failure failure, int status, String code, String message) implements ODataAnswer {}

    /** No answer came, so it may have been carried out or not. */
    record Unanswered(Failure failure) implements ODataAnswer {}
}
