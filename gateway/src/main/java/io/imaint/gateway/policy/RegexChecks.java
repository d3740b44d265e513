package io.imaint.gateway.policy;

import io.imaint.gateway.expression.BoundedPattern;
import io.imaint.gateway.flow.PolicyReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Expressions and what they look at.
 *
 * @param name of the parameter, header or variable; a path within a payload
 * @param nodes whether an XPath gives nodes, each of which is looked at
 */
record RegexChecks(Part part, String name, boolean nodes, List<BoundedPattern> patterns) {
    /** What of a message. */
    enum Part {
        PATH,
        QUERY,
        HEADER,
        FORM,
        VARIABLE,
        XML,
        JSON
    }

    static List<RegexChecks> read(PolicyReader policy) {
        var checks = new ArrayList<RegexChecks>();
        policy.all("URIPath").forEach(one -> checks.add(of(Part.PATH, "", one)));
        policy.all("QueryParam").forEach(one -> checks.add(of(Part.QUERY, name(one), one)));
        policy.all("Header").forEach(one -> checks.add(of(Part.HEADER, name(one), one)));
        policy.all("FormParam").forEach(one -> checks.add(of(Part.FORM, name(one), one)));
        policy.all("Variable").forEach(one -> checks.add(of(Part.VARIABLE, name(one), one)));
        policy.one("XMLPayload")
                .ifPresent(payload -> payload.all("XPath").forEach(one -> {
                    var nodes =
                            one.text("Type").filter("nodeset"::equalsIgnoreCase).isPresent();
                    checks.add(new RegexChecks(Part.XML, expression(one), nodes, patterns(one)));
                }));
        policy.one("JSONPayload").ifPresent(payload -> {
            payload.attributeFlag("escapeSlashCharacter", false); // Escapes are resolved by the parser in any case.
            payload.all("JSONPath").forEach(one -> checks.add(of(Part.JSON, expression(one), one)));
        });
        if (checks.isEmpty()) {
            policy.error("it has nothing to look at; add a <URIPath>, <QueryParam>, <Header> or another part");
        }
        return List.copyOf(checks);
    }

    private static RegexChecks of(Part part, String name, PolicyReader reader) {
        return new RegexChecks(part, name, false, patterns(reader));
    }

    private static String name(PolicyReader reader) {
        var name = reader.attribute("name");
        if (name.isEmpty()) {
            reader.error("attribute 'name' is missing");
        }
        return name.orElse("");
    }

    private static String expression(PolicyReader reader) {
        reader.require("Expression");
        return reader.text("Expression").orElse("");
    }

    private static List<BoundedPattern> patterns(PolicyReader reader) {
        var patterns = reader.all("Pattern").stream()
                .map(RegexChecks::pattern)
                .flatMap(Optional::stream)
                .toList();
        reader.require("Pattern");
        return patterns;
    }

    private static Optional<BoundedPattern> pattern(PolicyReader reader) {
        boolean ignoreCase = reader.attributeFlag("ignoreCase", false);
        var text = reader.text();
        if (text.isEmpty()) {
            reader.error("<Pattern> is empty");
            return Optional.empty();
        }
        try {
            int flags = ignoreCase ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
            return Optional.of(BoundedPattern.of(Pattern.compile(text.get(), flags)));
        } catch (PatternSyntaxException invalid) {
            reader.error("Invalid regular expression %s: %s".formatted(text.get(), invalid.getDescription()));
            return Optional.empty();
        }
    }
}
