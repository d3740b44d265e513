package io.imaint.kernel.facts;

/**
 * Something that happened. Implementations are records named in the past tense, such as {@code WorkOrderAssigned}; the
 * simple name is the fact's name wherever it is stored, sent or subscribed to, so it is unique over the program.
 */
public interface Fact {
    default String name() {
        return getClass().getSimpleName();
    }
}
