package io.imaint.integration.definition;

/**
 * A line of a mapping that fills a field with the same value in every document.
 *
 * @param value text, a {@link Long} or a {@link Boolean}
 */
public record Constant(Object value, String to) {
    public Constant {
        if (to.isBlank()) {
            throw DefinitionProblem.INTEGRATION_INVALID.because("a constant needs 'to', the field that it fills");
        }
        Lookup.verify(value, "the constant of '" + to + "'");
    }
}
