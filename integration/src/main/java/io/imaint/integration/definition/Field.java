package io.imaint.integration.definition;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One line of a mapping: a property that fills a field.
 *
 * @param from the SAP property
 * @param to the document's field
 * @param optional whether a system whose service lacks the property is loaded without it
 * @param precedence the codes of {@link Conversion#LIFECYCLE}, the strongest first; empty for other conversions
 * @param lookup the table of {@link Conversion#LOOKUP}; null for other conversions
 */
public record Field(
        String from,
        String to,
        Conversion convert,
        boolean optional,
        List<String> precedence,
        @Nullable Lookup lookup) {
    public Field {
        precedence = List.copyOf(precedence);
        if (from.isBlank() || to.isBlank()) {
            throw DefinitionProblem.INTEGRATION_INVALID.because("a field needs 'from' and 'to'");
        }
        if ((convert == Conversion.LIFECYCLE) == precedence.isEmpty()) {
            throw DefinitionProblem.INTEGRATION_INVALID.because(
                    "field '%s': convert 'lifecycle', and no other, needs a precedence".formatted(to));
        }
        if ((convert == Conversion.LOOKUP) == (lookup == null)) {
            throw DefinitionProblem.INTEGRATION_INVALID.because(
                    "field '%s': a lookup excludes a conversion; remove 'convert'".formatted(to));
        }
    }

    public Field(String from, String to, Conversion convert, boolean optional, List<String> precedence) {
        this(from, to, convert, optional, precedence, null);
    }
}
