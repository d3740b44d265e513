package io.imaint.simulator.odata;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request, decoded but not yet understood.
 *
 * @param raw as it came
 * @param options the system query options, whose names begin with {@code $} or {@code !}
 * @param others all else; the first where one is repeated
 */
record Query(String raw, Map<String, String> options, Map<String, String> others) {
    static final String DELTA_TOKEN = "!deltatoken";
    static final String SKIP_TOKEN = "$skiptoken";

    static Query parse(String raw) {
        var options = new LinkedHashMap<String, String>();
        var others = new LinkedHashMap<String, String>();
        for (var part : raw.split("&", -1)) {
            var name = name(part);
            if (!name.startsWith("$") && !name.equals(DELTA_TOKEN)) {
                others.putIfAbsent(name, value(part));
            } else if (options.put(name, value(part)) != null) {
                throw ODataFault.uriSyntax("System query option '%s' is given twice".formatted(name));
            }
        }
        return new Query(raw, options, others);
    }

    @Nullable
    String option(String name) {
        return options.get(name);
    }

    /** The raw query without some options and with one more. */
    String with(Set<String> without, String oneMore) {
        var parts = new ArrayList<String>();
        for (var part : raw.split("&", -1)) {
            if (!part.isEmpty() && !without.contains(name(part))) {
                parts.add(part);
            }
        }
        parts.add(oneMore);
        return String.join("&", parts);
    }

    /** Refuses options that make no sense for a resource. */
    void verifyOnly(List<String> known, String where) {
        for (var name : options.keySet()) {
            if (!QueryOptions.KNOWN.contains(name)) {
                throw ODataFault.uriSyntax("Invalid system query option '%s'".formatted(name));
            }
            if (!known.contains(name)) {
                throw ODataFault.uriSyntax("System query option '%s' is not allowed for %s".formatted(name, where));
            }
        }
        var format = option("$format");
        if (format != null && !format.equals("json")) {
            throw ODataFault.notAcceptable("Format '%s' is not supported".formatted(format));
        }
    }

    /** The value of a parameter that is no system query option, such as {@code sap-client}. */
    static Optional<String> parameter(String raw, String name) {
        for (var part : raw.split("&", -1)) {
            if (name(part).equals(name)) {
                return Optional.of(value(part));
            }
        }
        return Optional.empty();
    }

    private static String name(String part) {
        int equals = part.indexOf('=');
        return PercentEncoding.decodedQuery(equals < 0 ? part : part.substring(0, equals));
    }

    private static String value(String part) {
        int equals = part.indexOf('=');
        return equals < 0 ? "" : PercentEncoding.decodedQuery(part.substring(equals + 1));
    }
}
