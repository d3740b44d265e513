package io.imaint.kernel.http;

import io.imaint.kernel.problem.Finding;
import java.io.IOException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The input of a route: a record whose components come from path, query, headers and body. Mistakes in its declaration
 * are errors in the code.
 */
final class Input<I extends Record> {
    /** The input of a route that takes nothing. */
    record None() {}

    private static final String IF_MATCH = "If-Match";

    /** Where the value of one component comes from. */
    private sealed interface Source {
        record Sent(Parameter parameter) implements Source {}

        record Group(RecordFactory<?> factory, List<Parameter> parameters) implements Source {}

        record Content(InputBody body) implements Source {}

        record Revision(boolean required, boolean text) implements Source {}

        record Fresh() implements Source {}
    }

    private final RecordFactory<I> factory;
    private final List<Source> sources;
    private final List<Parameter> parameters;

    private Input(Class<I> type, List<Source> sources) {
        this.factory = RecordFactory.of(type);
        this.sources = sources;
        this.parameters = sources.stream().flatMap(Input::parameters).toList();
    }

    private static Stream<Parameter> parameters(Source source) {
        return switch (source) {
            case Source.Sent sent -> Stream.of(sent.parameter());
            case Source.Group group -> group.parameters().stream();
            case Source.Content ignored -> Stream.empty();
            case Source.Revision ignored -> Stream.empty();
            case Source.Fresh ignored -> Stream.empty();
        };
    }

    static <I extends Record> Input<I> of(Class<I> type, String method, PathTemplate path) {
        var sources = Arrays.stream(type.getRecordComponents())
                .map(component -> source(component, method))
                .toList();
        var input = new Input<>(type, sources);
        var bound = input.parameters.stream()
                .filter(parameter -> parameter.place() == Parameter.Place.PATH)
                .map(Parameter::name)
                .collect(Collectors.toSet());
        if (!bound.equals(new HashSet<>(path.variables()))) {
            throw new AssertionError(
                    "%s has the variables %s, %s binds %s to the path".formatted(path, path.variables(), type, bound));
        }
        if (sources.stream().filter(Source.Content.class::isInstance).count() > 1
                || sources.stream().filter(Source.Revision.class::isInstance).count() > 1) {
            throw new AssertionError(type + " binds two components to the same thing");
        }
        return input;
    }

    private static Source source(RecordComponent component, String method) {
        var type = component.getType();
        if (component.isAnnotationPresent(Body.class)) {
            return new Source.Content(InputBody.of(component, method));
        } else if (component.isAnnotationPresent(IfMatch.class)) {
            boolean text = type == String.class;
            if (method.equals("GET") || !(text || type == long.class || type == Long.class)) {
                throw new AssertionError(component + " cannot be bound to If-Match");
            }
            return new Source.Revision(!component.getAnnotatedType().isAnnotationPresent(Nullable.class), text);
        } else if (component.isAnnotationPresent(NewId.class)) {
            if (type != String.class) {
                throw new AssertionError(component + " is no text, so it cannot be a new id");
            }
            return new Source.Fresh();
        } else if (component.isAnnotationPresent(Parameters.class)) {
            if (!type.isRecord()) {
                throw new AssertionError(component + " is no record, so it has no parameters");
            }
            return new Source.Group(
                    RecordFactory.of(type),
                    Arrays.stream(type.getRecordComponents()).map(Parameter::of).toList());
        }
        return new Source.Sent(Parameter.of(component));
    }

    List<Parameter> parameters() {
        return parameters;
    }

    @Nullable
    InputBody body() {
        return sources.stream()
                .filter(Source.Content.class::isInstance)
                .map(source -> ((Source.Content) source).body())
                .findFirst()
                .orElse(null);
    }

    /** True where a request without If-Match is refused; null where the header means nothing. */
    @Nullable
    Boolean ifMatchRequired() {
        return sources.stream()
                .filter(Source.Revision.class::isInstance)
                .map(source -> ((Source.Revision) source).required())
                .findFirst()
                .orElse(null);
    }

    /**
     * Reads what a request sent, all but new ids. Fails with {@link HttpProblem#PARAMETERS_INVALID},
     * {@link HttpProblem#PRECONDITION_REQUIRED}, {@link HttpProblem#BODY_INVALID} or another problem of the body, in this
     * order, each with everything that is wrong.
     *
     * @param path the variables of the path, still encoded
     * @param bodySizeMax where the body declares no limit of its own
     */
    Bound<I> bind(Request request, Map<String, String> path, long bodySizeMax) {
        var values = new ArrayList<@Nullable Object>();
        var sent = new SentParameters(parameters, request, path);
        for (var source : sources) {
            values.add(
                    switch (source) {
                        case Source.Sent parameter -> sent.value(parameter.parameter());
                        case Source.Group group -> group(group, sent);
                        case Source.Revision revision -> revision(revision, request.header(IF_MATCH), sent.findings());
                        case Source.Content ignored -> null;
                        case Source.Fresh ignored -> null;
                    });
        }
        if (!sent.findings().isEmpty()) {
            throw HttpProblem.PARAMETERS_INVALID.because(sent.findings());
        }
        if (Boolean.TRUE.equals(ifMatchRequired()) && namesNoRevision(request.header(IF_MATCH))) {
            throw HttpProblem.PRECONDITION_REQUIRED.because(
                    "the request does not say in If-Match which version it was made from");
        }
        byte[] json = readBody(request, values, bodySizeMax);
        return new Bound<>(this, values, json);
    }

    /** Null when something is wrong with it. */
    private static @Nullable Object group(Source.Group group, SentParameters sent) {
        var values = new ArrayList<@Nullable Object>();
        group.parameters().forEach(parameter -> values.add(sent.value(parameter)));
        return sent.findings().isEmpty()
                ? group.factory().of(values, reason -> sent.findings().add(new Finding("", reason)))
                : null;
    }

    private static boolean namesNoRevision(String ifMatch) {
        return ifMatch.isBlank() || ifMatch.strip().equals(EntityTags.ANY);
    }

    private static @Nullable Object revision(Source.Revision source, String ifMatch, List<Finding> findings) {
        if (namesNoRevision(ifMatch)) {
            return source.required() && !source.text() ? (Object) 0L : null; // Refused later where it is required.
        }
        var tags = EntityTags.read(ifMatch).orElse(List.of());
        if (tags.size() != 1) {
            findings.add(new Finding(IF_MATCH, "must be one entity tag as an ETag gave it, in quotes"));
            return null;
        }
        var tag = tags.getFirst();
        var version = tag.startsWith("W/") ? "" : tag.substring(1, tag.length() - 1);
        return source.text() ? version : (Object) (version.matches("[1-9][0-9]{0,17}") ? Long.parseLong(version) : 0L);
    }

    /** Reads the body into its component; returns the JSON that was sent, empty for any other body. */
    private byte[] readBody(Request request, List<@Nullable Object> values, long bodySizeMax) {
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i) instanceof Source.Content content) {
                var body = content.body();
                var bytes = body.bytes(request, bodySizeMax);
                values.set(i, bytes == null ? body.stream(request, bodySizeMax) : body.value(bytes));
                return bytes == null ? new byte[0] : bytes;
            }
        }
        if (sendsBytes(request)) {
            throw HttpProblem.BODY_UNSUPPORTED.because(request.method() + " " + request.path() + " takes no body");
        }
        return new byte[0];
    }

    /** In HTTP/2 a request that posts nothing need not say so, and only the end of its body does. */
    private static boolean sendsBytes(Request request) {
        var body = request.body();
        if (body == null) {
            return false;
        }
        try (var sent = body.open(1)) {
            return sent.read() >= 0;
        } catch (IOException gone) {
            throw HttpProblem.REQUEST_MALFORMED.because("the body ended too early");
        }
    }

    /**
     * What a request sent, read and checked.
     *
     * @param json the body as it came where it is JSON, else empty
     */
    @SuppressWarnings("ArrayRecordComponent") // Compared by nobody.
    record Bound<I extends Record>(Input<I> input, List<@Nullable Object> values, byte[] json) {
        /** The record, with new ids from a source; fails with what its own check refuses. */
        I record(Supplier<String> ids) {
            var all = new ArrayList<@Nullable Object>();
            for (int i = 0; i < values.size(); i++) {
                all.add(input.sources.get(i) instanceof Source.Fresh ? ids.get() : values.get(i));
            }
            var findings = new ArrayList<Finding>();
            var made = input.factory.of(all, reason -> findings.add(new Finding("", reason)));
            if (made == null) {
                throw HttpProblem.PARAMETERS_INVALID.because(findings);
            }
            return made;
        }
    }
}
