package io.imaint.kernel.http;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A path with variables, such as {@code /api/work-orders/{orderNumber}}. */
record PathTemplate(String text, List<Segment> segments) {
    private static final Pattern VARIABLE = Pattern.compile("\\{([a-z][A-Za-z0-9]*)}");
    private static final Pattern LITERAL = Pattern.compile("[A-Za-z0-9._~-]+");

    /** One part between slashes: itself, or the name of a variable. */
    sealed interface Segment {
        record Literal(String text) implements Segment {}

        record Variable(String name) implements Segment {}
    }

    static PathTemplate of(String text) {
        if (!text.startsWith("/")) {
            throw new AssertionError("a path begins with a slash: " + text);
        }
        var segments = new ArrayList<Segment>();
        var names = new HashSet<String>();
        for (var part : parts(text)) {
            var variable = VARIABLE.matcher(part);
            if (variable.matches()) {
                if (!names.add(variable.group(1))) {
                    throw new AssertionError(text + " names " + variable.group(1) + " twice");
                }
                segments.add(new Segment.Variable(variable.group(1)));
            } else if (LITERAL.matcher(part).matches()) {
                segments.add(new Segment.Literal(part));
            } else {
                throw new AssertionError("'" + part + "' is no segment of a path: " + text);
            }
        }
        return new PathTemplate(text, List.copyOf(segments));
    }

    /** The parts between the slashes; none for the root. */
    static List<String> parts(String path) {
        return path.equals("/") ? List.of() : List.of(path.substring(1).split("/", -1));
    }

    List<String> variables() {
        return segments.stream()
                .filter(Segment.Variable.class::isInstance)
                .map(segment -> ((Segment.Variable) segment).name())
                .toList();
    }

    /** The variables' values in the parts of a path that matches, each as it was given. */
    Map<String, String> values(List<String> parts) {
        var values = new LinkedHashMap<String, String>();
        for (int i = 0; i < segments.size(); i++) {
            if (segments.get(i) instanceof Segment.Variable variable) {
                values.put(variable.name(), parts.get(i));
            }
        }
        return values;
    }

    /** True when some path matches both templates and neither is the plain special case of the other. */
    boolean collidesWith(PathTemplate other) {
        if (segments.size() != other.segments.size()) {
            return false;
        }
        boolean wider = false;
        boolean narrower = false;
        for (int i = 0; i < segments.size(); i++) {
            var one = segments.get(i);
            var two = other.segments.get(i);
            if (one instanceof Segment.Literal && two instanceof Segment.Literal && !one.equals(two)) {
                return false;
            }
            wider |= one instanceof Segment.Variable && two instanceof Segment.Literal;
            narrower |= one instanceof Segment.Literal && two instanceof Segment.Variable;
        }
        return wider == narrower;
    }

    @Override
    public String toString() {
        return text;
    }
}
