package io.imaint.gateway.policy;

import com.jayway.jsonpath.Configuration;
import com.jayway.jsonpath.InvalidPathException;
import com.jayway.jsonpath.JsonPath;
import com.jayway.jsonpath.JsonPathException;
import com.jayway.jsonpath.Option;
import io.imaint.gateway.expression.BoundedPattern.Undecided;
import io.imaint.gateway.flow.Fault;
import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.Policy;
import io.imaint.gateway.flow.PolicyReader;
import io.imaint.gateway.flow.PolicyType;
import io.imaint.gateway.policy.RegexChecks.Part;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Refuses requests in which expressions are found that look like an attack.
 *
 * <p>Where an expression takes too long it can't be said whether there is an attack: then the request is refused with {@code
 * ExecutionFailed}. Assumption: a payload that can't be parsed is refused likewise.
 */
final class RegularExpressionProtection implements Policy {
    static final PolicyType TYPE = new PolicyType(
            "RegularExpressionProtection", "regularexpressionprotection", RegularExpressionProtection::compile);

    /** All that a path gives as a list; what isn't there gives none. */
    private static final Configuration JSON = Configuration.builder()
            .options(Option.ALWAYS_RETURN_LIST, Option.SUPPRESS_EXCEPTIONS)
            .build();

    private final ThreatSource source;
    private final boolean ignoreUnresolved;
    private final List<RegexChecks> checks;
    private final Map<RegexChecks, JsonPath> jsonPaths = new LinkedHashMap<>();
    private final XmlPaths xmlPaths;

    private RegularExpressionProtection(PolicyReader reader) {
        source = ThreatSource.read(
                reader, "RegularExpressionProtection", "steps.regexprotection.", "SourceMessageNotAvailable");
        ignoreUnresolved = reader.flag("IgnoreUnresolvedVariables", false);
        checks = RegexChecks.read(reader);
        xmlPaths = XmlPaths.read(reader.one("XMLPayload"));
        for (var check : checks) {
            switch (check.part()) {
                case JSON -> jsonPath(reader, check);
                case XML -> xmlPaths.check(reader, check.name());
                default -> {
                    // Nothing to compile but the patterns.
                }
            }
        }
    }

    private static Policy compile(PolicyReader reader) {
        return new RegularExpressionProtection(reader);
    }

    private void jsonPath(PolicyReader reader, RegexChecks check) {
        try {
            jsonPaths.put(check, JsonPath.compile(check.name()));
        } catch (InvalidPathException | IllegalArgumentException invalid) {
            reader.error("Invalid JSONPath %s: %s".formatted(check.name(), invalid.getMessage()));
        }
    }

    @Override
    public void execute(FlowContext context) throws Fault {
        var payloads = new Payloads(source.message(context));
        for (var check : checks) {
            for (var text : texts(context, payloads, check)) {
                look(check, text);
            }
        }
    }

    private void look(RegexChecks check, String text) throws Fault {
        for (var pattern : check.patterns()) {
            try {
                if (pattern.findsIn(text)) {
                    throw new Fault(
                            500,
                            "steps.regexprotection.ThreatDetected",
                            "Regular Expression Threat Detected in %s: regex: %s input: %s"
                                    .formatted(source.policy(), pattern, text));
                }
            } catch (Undecided slow) {
                throw source.failed("regex %s takes too long".formatted(pattern));
            }
        }
    }

    private List<String> texts(FlowContext context, Payloads payloads, RegexChecks check) throws Fault {
        var message = payloads.message;
        var name = check.name();
        return switch (check.part()) {
            case PATH -> List.of(message.path(), decoded(message.path()));
            case QUERY -> message.queryParameters().values(name);
            case HEADER -> message.headers().lines().getAll(name);
            case FORM -> message.form().values(name);
            case VARIABLE -> variable(context, name);
            case XML -> payloads.xml(check);
            case JSON -> payloads.json(check);
        };
    }

    private static String decoded(String path) {
        try {
            return URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            return path;
        }
    }

    private List<String> variable(FlowContext context, String name) throws Fault {
        var text = context.text(name);
        if (text == null && !ignoreUnresolved) {
            throw new Fault(
                    500,
                    "steps.regexprotection.VariableResolutionFailed",
                    "%s: unable to resolve variable %s".formatted(source.name(), name));
        }
        return text == null ? List.of() : List.of(text);
    }

    /** What a message holds; parsed once, when something asks for it. */
    private final class Payloads {
        private final Message message;
        private final Map<Part, Object> parsed = new LinkedHashMap<>();

        Payloads(Message message) {
            this.message = message;
        }

        List<String> json(RegexChecks check) throws Fault {
            var path = jsonPaths.get(check);
            if (path == null || message.bytes().length == 0) {
                return List.of();
            }
            try {
                var document = parsed.computeIfAbsent(
                        Part.JSON, part -> JSON.jsonProvider().parse(message.content()));
                List<Object> found = path.read(document, JSON);
                return found.stream()
                        .filter(Objects::nonNull)
                        .map(one -> one instanceof String text
                                ? text
                                : JSON.jsonProvider().toJson(one))
                        .toList();
            } catch (JsonPathException | ClassCastException malformed) {
                throw source.failed("the payload is no JSON");
            }
        }

        List<String> xml(RegexChecks check) throws Fault {
            if (message.bytes().length == 0) {
                return List.of();
            }
            try {
                var document = parsed.get(Part.XML);
                if (document == null) {
                    document = XmlPaths.parse(message.content());
                    parsed.put(Part.XML, document);
                }
                return xmlPaths.read(document, check.name(), check.nodes());
            } catch (XmlPaths.Unreadable malformed) {
                throw source.failed("the payload is no XML");
            }
        }
    }
}
