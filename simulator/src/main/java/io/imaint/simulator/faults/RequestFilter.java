package io.imaint.simulator.faults;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Which requests a rule is about.
 *
 * @param methods empty for all
 * @param pattern what stands in the path, {@code *} for any characters: a pattern that begins with a slash is the whole
 *     path, another one of its segments without the key, such as {@code WorkOrderSet} or {@code $metadata}
 * @param user in upper case, empty for all
 */
public record RequestFilter(Set<String> methods, String pattern, String user) {
    static final List<String> METHODS = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "MERGE", "DELETE", "OPTIONS");

    /** Longer than the longest path of the service. */
    private static final int PATTERN_LENGTH_MAX = 200;

    /** Every request. */
    public static final RequestFilter ALL = new RequestFilter(Set.of(), "*", "");

    public RequestFilter {
        if (!METHODS.containsAll(methods)) {
            var unknown = new TreeSet<>(methods);
            unknown.removeAll(METHODS);
            throw new IllegalArgumentException("no such method: " + String.join(",", unknown));
        }
        if (!pattern.matches("[A-Za-z0-9_$/*.%~:@+()'-]{1," + PATTERN_LENGTH_MAX + "}") || METHODS.contains(pattern)) {
            throw new IllegalArgumentException("'%s' is no pattern of a path".formatted(pattern));
        }
        if (!user.matches("[A-Z0-9_/]{0,12}")) {
            throw new IllegalArgumentException("'%s' is no user".formatted(user));
        }
        methods = Set.copyOf(methods);
    }

    boolean matches(RequestFacts request) {
        return (methods.isEmpty() || methods.contains(request.method()))
                && (user.isEmpty() || user.equals(request.user()))
                && matchesPath(request.path());
    }

    private boolean matchesPath(String path) {
        if (pattern.equals("*")) {
            return true;
        }
        if (pattern.startsWith("/")) {
            return matches(pattern, path);
        }
        for (var segment : path.split("/", -1)) {
            int key = segment.indexOf('(');
            if (matches(pattern, key < 0 ? segment : segment.substring(0, key))) {
                return true;
            }
        }
        return false;
    }

    /** Goes back only to the last star, so that no pattern takes more than length times length steps. */
    private static boolean matches(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int taken = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                taken = t;
            } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++taken;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** As it is written in a rule, each word with a blank before it. */
    String text() {
        var text = new StringBuilder();
        if (!methods.isEmpty() || !pattern.equals("*")) {
            text.append(" on");
        }
        if (!methods.isEmpty()) {
            text.append(' ')
                    .append(String.join(
                            ",", METHODS.stream().filter(methods::contains).toList()));
        }
        if (!pattern.equals("*")) {
            text.append(' ').append(pattern);
        }
        return user.isEmpty()
                ? text.toString()
                : text.append(" user=").append(user).toString();
    }
}
