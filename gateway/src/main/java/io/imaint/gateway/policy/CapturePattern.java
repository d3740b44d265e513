package io.imaint.gateway.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Pattern;

/**
 * A pattern whose variables take what stands in their place, such as {@code Bearer {token}}. It describes the whole text. A variable
 * takes at least one character, and as few as possible; in paths none takes a slash, {@code *} passes over a segment and
 * {@code **} over several.
 *
 * <p>Matching takes time in proportion to the text, whatever clients send: a regular expression would not.
 *
 * @param path whether slashes and stars have their meaning in paths
 */
record CapturePattern(List<Part> parts, boolean path, boolean ignoreCase) {
    private static final Pattern VARIABLE = Pattern.compile("\\{([A-Za-z0-9_.-]+)}|(\\*\\*?)");

    /**
     * A gap and the text behind it.
     *
     * @param kind of the gap
     * @param variable which takes the gap; empty for none
     * @param literal may be empty
     */
    record Part(Gap kind, String variable, String literal) {}

    /** What may stand in a gap. */
    enum Gap {
        NONE,
        VARIABLE,
        SEGMENT,
        SEGMENTS
    }

    CapturePattern {
        parts = List.copyOf(parts);
    }

    static CapturePattern parse(String text, boolean path, boolean ignoreCase) {
        var parts = new ArrayList<Part>();
        var matcher = VARIABLE.matcher(text);
        var kind = Gap.NONE;
        var variable = "";
        int from = 0;
        while (matcher.find()) {
            var star = matcher.group(2);
            if (star != null && !path) {
                continue;
            }
            parts.add(new Part(kind, variable, text.substring(from, matcher.start())));
            kind = star == null ? Gap.VARIABLE : star.length() == 1 ? Gap.SEGMENT : Gap.SEGMENTS;
            variable = star == null ? matcher.group(1) : "";
            from = matcher.end();
        }
        parts.add(new Part(kind, variable, text.substring(from)));
        return new CapturePattern(parts, path, ignoreCase);
    }

    boolean hasVariable() {
        return parts.stream().anyMatch(part -> part.kind == Gap.VARIABLE);
    }

    /** What the variables take; empty when the text is another one. */
    Optional<SequencedMap<String, String>> match(String text) {
        var first = parts.getFirst().literal;
        if (!text.regionMatches(ignoreCase, 0, first, 0, first.length())) {
            return Optional.empty();
        }
        var taken = new LinkedHashMap<String, String>();
        int from = first.length();
        for (int i = 1; i < parts.size(); i++) {
            var part = parts.get(i);
            int at = end(text, from, part, i == parts.size() - 1);
            if (at < 0) {
                return Optional.empty();
            }
            if (part.kind == Gap.VARIABLE) {
                taken.put(part.variable, text.substring(from, at));
            }
            from = at + part.literal.length();
        }
        return from == text.length() ? Optional.of(taken) : Optional.empty();
    }

    /** Where the literal behind a gap begins; −1 for nowhere. */
    private int end(String text, int from, Part part, boolean last) {
        int least = from + (part.kind == Gap.VARIABLE ? 1 : 0);
        int slash = path && part.kind != Gap.SEGMENTS ? text.indexOf('/', from) : -1;
        int most = Math.min(text.length() - part.literal.length(), slash < 0 ? text.length() : slash);
        for (int at = last ? Math.max(least, text.length() - part.literal.length()) : least; at <= most; at++) {
            if (text.regionMatches(ignoreCase, at, part.literal, 0, part.literal.length())) {
                return at;
            }
        }
        return -1;
    }

    /** The variables and what they take, of the first pattern that fits. */
    static Optional<Map<String, String>> first(List<CapturePattern> patterns, String text) {
        return patterns.stream()
                .map(pattern -> pattern.match(text))
                .flatMap(Optional::stream)
                .findFirst()
                .map(Map::copyOf);
    }
}
