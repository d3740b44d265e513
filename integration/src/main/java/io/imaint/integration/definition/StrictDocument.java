package io.imaint.integration.definition;

import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.problem.Finding;
import io.imaint.store.Document;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A document read field by field; what is missing, of the wrong kind or left over is refused by name: the first of it at
 * once, or all of it together where the reader {@link #tried tries} each part.
 */
public final class StrictDocument {
    private final Document document;
    private final String path;
    private final Set<String> known = new LinkedHashSet<>();
    private final List<Finding> findings = new ArrayList<>();
    private boolean trying;

    /** @param path where the document stands, for people */
    public StrictDocument(Document document, String path) {
        this.document = document;
        this.path = path;
    }

    /** A part of the document; empty when it is invalid, which {@link #verify} reports. */
    <T> Optional<T> tried(String part, Supplier<T> read) {
        boolean before = trying;
        trying = true;
        try {
            return Optional.of(read.get());
        } catch (Failure refused) {
            note(part, refused);
            return Optional.empty();
        } finally {
            trying = before;
        }
    }

    private void note(String part, Failure refused) {
        // Failures of parts begin with where the part stands, which the finding's own name says.
        var detail = refused.detail();
        int end = detail.startsWith(path) ? detail.indexOf(": ", path.length()) : -1;
        var reason = end < 0 ? detail : detail.substring(end + 2);
        var named = "'%s' ".formatted(part);
        findings.add(new Finding(part, reason.startsWith(named) ? reason.substring(named.length()) : reason));
    }

    /** True without findings so far. */
    boolean sound() {
        return findings.isEmpty();
    }

    /** Fails with all findings, if there are any. */
    void verify() {
        if (!findings.isEmpty()) {
            throw DefinitionProblem.INTEGRATION_INVALID.because(path, findings);
        }
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
        document.forEach((field, value) -> {
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
    public <T> List<T> documents(String field, Function<StrictDocument, T> reading) {
        var read = new ArrayList<T>();
        int index = 0;
        for (var part : list(field, item -> object(field, item))) {
            Supplier<T> reader = () -> reading.apply(new StrictDocument(part, path + "." + field));
            if (trying) {
                tried("%s[%d]".formatted(field, index), reader).ifPresent(read::add);
            } else {
                read.add(reader.get());
            }
            index++;
        }
        return read;
    }

    private Document object(String field, Object item) {
        if (item instanceof Document part) {
            return part;
        }
        throw invalid("'%s' must be a list of objects".formatted(field));
    }

    /** Refuses unknown fields. */
    public void end() {
        var unknown = document.fields().keySet().stream()
                .filter(field -> !known.contains(field))
                .toList();
        if (unknown.size() == 1) {
            throw invalid("'%s' is unknown; known are %s".formatted(unknown.getFirst(), String.join(", ", known)));
        } else if (!unknown.isEmpty()) {
            throw invalid(
                    "'%s' are unknown; known are %s".formatted(String.join("', '", unknown), String.join(", ", known)));
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
