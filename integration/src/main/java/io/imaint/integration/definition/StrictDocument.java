package io.imaint.integration.definition;

import io.imaint.kernel.problem.Failure;
import io.imaint.store.Document;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;

/** A document read field by field; what is missing, of the wrong kind or left over is refused by name. */
public final class StrictDocument {
    private final Document document;
    private final String path;
    private final Set<String> known = new LinkedHashSet<>();

    /** @param path where the document stands, for people */
    public StrictDocument(Document document, String path) {
        this.document = document;
        this.path = path;
    }

    public String text(String field) {
        return optionalText(field).orElseThrow(() -> missing(field));
    }

    public Optional<String> optionalText(String field) {
        return optional(field, String.class, "text");
    }

    public long integer(String field) {
        return optionalInteger(field).orElseThrow(() -> missing(field));
    }

    public Optional<Long> optionalInteger(String field) {
        return optional(field, Long.class, "a whole number");
    }

    public boolean flag(String field) {
        return optional(field, Boolean.class, "true or false").orElse(false);
    }

    public Optional<Instant> instant(String field) {
        return optionalText(field).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeException refused) {
                throw invalid("'%s' must be an instant, not '%s'".formatted(field, text));
            }
        });
    }

    public Optional<Duration> duration(String field) {
        return optionalText(field).map(text -> {
            try {
                return Duration.parse(text);
            } catch (DateTimeException refused) {
                throw invalid("'%s' must be a duration such as PT5S, not '%s'".formatted(field, text));
            }
        });
    }

    public List<String> texts(String field) {
        return list(field, item -> {
            if (item instanceof String text) {
                return text;
            }
            throw invalid("'%s' must be a list of texts".formatted(field));
        });
    }

    /** A text, whole number or truth value. */
    public Optional<Object> optionalValue(String field) {
        return optional(field, Object.class, "a value").map(value -> {
            if (value instanceof String || value instanceof Long || value instanceof Boolean) {
                return value;
            }
            throw invalid("'%s' must be text, a whole number, true or false".formatted(field));
        });
    }

    /** All fields, whatever their names; none may be null. */
    public SequencedMap<String, Object> values() {
        var values = new LinkedHashMap<String, Object>();
        document.fields().forEach((field, value) -> {
            if (value == null) {
                throw invalid("'%s' has no value".formatted(field));
            }
            known.add(field);
            values.put(field, value);
        });
        return values;
    }

    public Optional<StrictDocument> document(String field) {
        return optional(field, Document.class, "an object").map(part -> new StrictDocument(part, path + "." + field));
    }

    /** The objects of a list, each read by the function given. */
    public <T> List<T> documents(String field, Function<StrictDocument, T> read) {
        return list(field, item -> {
            if (item instanceof Document part) {
                return read.apply(new StrictDocument(part, path + "." + field));
            }
            throw invalid("'%s' must be a list of objects".formatted(field));
        });
    }

    /** Refuses the fields that nobody asked for. */
    public void end() {
        for (var field : document.fields().keySet()) {
            if (!known.contains(field)) {
                throw invalid("'%s' is unknown; known are %s".formatted(field, String.join(", ", known)));
            }
        }
    }

    public Failure invalid(String finding) {
        return DefinitionProblem.INTEGRATION_INVALID.because(path + ": " + finding);
    }

    private Failure missing(String field) {
        return invalid("'%s' is missing".formatted(field));
    }

    private <T> Optional<T> optional(String field, Class<T> kind, String words) {
        known.add(field);
        var value = document.get(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!kind.isInstance(value)) {
            throw invalid("'%s' must be %s".formatted(field, words));
        }
        return Optional.of(kind.cast(value));
    }

    private <T> List<T> list(String field, Function<Object, T> read) {
        return optional(field, List.class, "a list").stream()
                .flatMap(items -> ((List<?>) items).stream())
                .map(item -> read.apply(item))
                .toList();
    }
}
