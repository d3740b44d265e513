package io.imaint.kernel.http;

import io.imaint.kernel.problem.Finding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The parameters that one request sent, and what is wrong with them. */
final class SentParameters {
    /** Parameters of one query; no route has a tenth of it. */
    private static final int QUERY_PARAMETERS_MAX = 200;

    private final Map<String, List<String>> query = new LinkedHashMap<>();
    private final Map<String, String> path;
    private final Request request;
    private final List<Finding> findings = new ArrayList<>();
    private final Set<String> malformed = new HashSet<>();

    /**
     * Parameters of a request.
     *
     * @param path the variables of the path, still encoded
     */
    SentParameters(List<Parameter> declared, Request request, Map<String, String> path) {
        this.request = request;
        this.path = path;
        var known = declared.stream()
                .filter(parameter -> parameter.place() == Parameter.Place.QUERY)
                .map(Parameter::name)
                .toList();
        readQuery();
        query.keySet().stream()
                .filter(name -> !known.contains(name))
                .forEach(name -> findings.add(new Finding(name, unknown(known))));
    }

    private static String unknown(List<String> known) {
        return known.isEmpty()
                ? "is unknown; this path takes no query parameters"
                : "is unknown; known are " + String.join(", ", known);
    }

    private void readQuery() {
        var pairs = request.query().split("&", -1);
        if (pairs.length > QUERY_PARAMETERS_MAX) {
            findings.add(new Finding("", "the query has more than %d parameters".formatted(QUERY_PARAMETERS_MAX)));
            return;
        }
        for (var pair : pairs) {
            if (pair.isEmpty()) {
                continue; // Two ampersands in a row, or no query at all.
            }
            int equals = pair.indexOf('=');
            var name = Percent.query(equals < 0 ? pair : pair.substring(0, equals));
            var value = Percent.query(equals < 0 ? "" : pair.substring(equals + 1));
            if (name.isEmpty() || value.isEmpty()) {
                refuseEncoding(name.orElse(""));
            } else {
                query.merge(
                        name.get(),
                        List.of(value.get()),
                        (one, more) ->
                                Stream.concat(one.stream(), more.stream()).toList());
            }
        }
    }

    private void refuseEncoding(String name) {
        malformed.add(name);
        findings.add(new Finding(name, "is not percent-encoded UTF-8 text"));
    }

    /** What is wrong; values mean nothing unless this is empty. */
    List<Finding> findings() {
        return findings;
    }

    /** The value of a parameter; notes what is wrong with it. */
    @Nullable
    Object value(Parameter parameter) {
        var given = switch (parameter.place()) {
            case QUERY -> query.getOrDefault(parameter.name(), List.of());
            case HEADER -> List.of(request.header(parameter.name()));
            case PATH -> variable(parameter.name());
        };
        // What cannot be decoded is reported as such, not as absent too.
        return parameter.read(given, malformed.contains(parameter.name()) ? new ArrayList<>() : findings);
    }

    private List<String> variable(String name) {
        var decoded = Percent.path(path.getOrDefault(name, ""));
        if (decoded.isEmpty()) {
            refuseEncoding(name);
        }
        return decoded.map(List::of).orElse(List.of());
    }
}
