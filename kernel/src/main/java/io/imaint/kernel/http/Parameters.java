package io.imaint.kernel.http;

import io.imaint.kernel.problem.Finding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parameters of a route, as a record declares them. */
final class Parameters<Q extends Record> {
    /** Parameters of one query; no route has a tenth of it. */
    private static final int QUERY_PARAMETERS_MAX = 200;

    private final List<Parameter> all;
    private final RecordFactory<Q> record;

    private Parameters(List<Parameter> all, RecordFactory<Q> record) {
        this.all = all;
        this.record = record;
    }

    static <Q extends Record> Parameters<Q> of(Class<Q> type, PathTemplate path) {
        var variables = new HashSet<>(path.variables());
        var components = type.getRecordComponents();
        var all = Arrays.stream(components)
                .map(component -> Parameter.of(component, variables.remove(component.getName())))
                .toList();
        if (!variables.isEmpty()) {
            throw new AssertionError("%s has variables that %s lacks: %s".formatted(path, type, variables));
        }
        return new Parameters<>(all, RecordFactory.of(type));
    }

    List<Parameter> all() {
        return all;
    }

    /**
     * Reads a request's parameters and notes everything that is wrong with them.
     *
     * @param path the variables of the path, still encoded
     * @param query still encoded
     */
    Reading<Q> read(Map<String, String> path, String query) {
        var findings = new ArrayList<Finding>();
        var given = queryValues(query, findings);
        path.forEach((name, value) -> Percent.path(value)
                .ifPresentOrElse(
                        decoded -> given.put(name, List.of(decoded)),
                        () -> findings.add(new Finding(name, "is not percent-encoded UTF-8 text"))));
        var malformed = findings.stream().map(Finding::parameter).collect(Collectors.toSet());
        var values = new ArrayList<@Nullable Object>();
        for (var parameter : all) {
            // What cannot be decoded is reported as such, not as absent too.
            var texts = given.getOrDefault(parameter.name(), List.of());
            values.add(parameter.read(texts, malformed.contains(parameter.name()) ? new ArrayList<>() : findings));
        }
        return findings.isEmpty() ? made(values) : new Reading.Refused<>(List.copyOf(findings));
    }

    private Reading<Q> made(List<@Nullable Object> values) {
        var findings = new ArrayList<Finding>();
        var made = record.of(values, reason -> findings.add(new Finding("", reason)));
        return made == null ? new Reading.Refused<>(findings) : new Reading.Read<>(made);
    }

    /** The query's values by name; names that are malformed, unknown or of the path become findings. */
    private SequencedMap<String, List<String>> queryValues(String query, List<Finding> findings) {
        var known = all.stream()
                .filter(parameter -> !parameter.inPath())
                .map(Parameter::name)
                .toList();
        return queryValues(query, known, findings);
    }

    /** What is wrong with the query of a route that takes no parameters. */
    static List<Finding> findingsWithoutParameters(String query) {
        var findings = new ArrayList<Finding>();
        queryValues(query, List.of(), findings);
        return findings;
    }

    private static SequencedMap<String, List<String>> queryValues(
            String query, List<String> known, List<Finding> findings) {
        var given = new LinkedHashMap<String, List<String>>();
        var pairs = query.split("&", -1);
        if (pairs.length > QUERY_PARAMETERS_MAX) {
            findings.add(new Finding("", "the query has more than %d parameters".formatted(QUERY_PARAMETERS_MAX)));
            return given;
        }
        for (var pair : pairs) {
            if (pair.isEmpty()) {
                continue; // Two ampersands in a row, or no query at all.
            }
            int equals = pair.indexOf('=');
            var name = Percent.query(equals < 0 ? pair : pair.substring(0, equals));
            var value = Percent.query(equals < 0 ? "" : pair.substring(equals + 1));
            if (name.isEmpty() || value.isEmpty()) {
                findings.add(new Finding(name.orElse(""), "is not percent-encoded UTF-8 text"));
            } else {
                given.merge(
                        name.get(),
                        List.of(value.get()),
                        (one, more) ->
                                Stream.concat(one.stream(), more.stream()).toList());
            }
        }
        given.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> findings.add(new Finding(name, unknown(known))));
        given.keySet().retainAll(known);
        return given;
    }

    private static String unknown(List<String> known) {
        return known.isEmpty()
                ? "is unknown; this path takes no query parameters"
                : "is unknown; known are " + String.join(", ", known);
    }
}
