package io.imaint.gateway.policy;

import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.PolicyReader;
import java.util.List;
import java.util.Optional;

/**
 * An element with patterns: URIPath, QueryParam, Header, FormParam or Variable. The first value that fits the first pattern counts;
 * one that fits none sets nothing and is no fault.
 *
 * @param name of the header, parameter or variable
 */
record PatternExtraction(Source source, String name, List<CapturePattern> patterns) implements Extraction {
    /** Where the value stands. */
    enum Source {
        URI_PATH("URIPath"),
        QUERY_PARAMETER("QueryParam"),
        HEADER("Header"),
        FORM_PARAMETER("FormParam"),
        VARIABLE("Variable");

        private final String element;

        private Optional<MessageField> field() {
            return switch (this) {
                case QUERY_PARAMETER -> Optional.of(MessageField.QUERY_PARAMETER);
                case HEADER -> Optional.of(MessageField.HEADER);
                case FORM_PARAMETER -> Optional.of(MessageField.FORM_PARAMETER);
                case URI_PATH, VARIABLE -> Optional.empty();
            };
        }

        Source(String element) {
            this.element = element;
        }

        String element() {
            return element;
        }
    }

    PatternExtraction {
        patterns = List.copyOf(patterns);
    }

    static Optional<Extraction> read(PolicyReader reader, Source source) {
        var name = source == Source.URI_PATH ? Optional.of("") : reader.attribute("name");
        if (name.isEmpty()) {
            reader.error("MissingName: <%s> needs a name".formatted(source.element));
        }
        var patterns =
                reader.all("Pattern").stream().map(one -> pattern(one, source)).toList();
        if (patterns.isEmpty()) {
            reader.error("<%s> needs a <Pattern>".formatted(source.element));
        }
        return name.map(given -> new PatternExtraction(source, given, patterns));
    }

    private static CapturePattern pattern(PolicyReader reader, Source source) {
        var pattern = CapturePattern.parse(
                reader.element().trimmed(), source == Source.URI_PATH, reader.attributeFlag("ignoreCase", false));
        if (!pattern.hasVariable()) {
            reader.error("PatternWithoutVariable: the pattern needs a variable between braces");
        }
        return pattern;
    }

    @Override
    public void extract(Work work) throws Fault {
        for (var value : values(work)) {
            var taken = CapturePattern.first(patterns, value);
            if (taken.isPresent()) {
                for (var one : taken.get().entrySet()) {
                    work.set(one.getKey(), one.getValue());
                }
                return;
            }
        }
    }

    private List<String> values(Work work) throws Fault {
        if (source == Source.VARIABLE) {
            var value = work.context().text(name);
            if (value == null && !work.ignoreUnresolved()) {
                throw work.faults().unresolved(name);
            }
            return value == null ? List.of() : List.of(value);
        }
        var message = work.message();
        if (message == null) {
            return List.of();
        }
        if (source == Source.URI_PATH) {
            return message.isRequest() ? List.of(path(work, message)) : List.of();
        }
        return source.field().filter(field -> field.isIn(message)).stream()
                .flatMap(field -> FieldSelection.Pick.named(name).values(field, message).stream())
                .toList();
    }

    /** Of the client's request what is behind the base path; of another one the whole. */
    private static String path(Work work, Message message) {
        return message == work.context().request() ? work.context().place().suffix() : message.path();
    }
}
