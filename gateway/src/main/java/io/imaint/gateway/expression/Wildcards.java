package io.imaint.gateway.expression;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A pattern with wildcards, compiled. {@code %} takes the meaning from the character behind it.
 *
 * <p>Matching remembers only the last wildcard of each of the two kinds. That is enough: the leftmost place at which the part between two
 * wildcards fits leaves the most for the rest.
 */
final class Wildcards {
    /** Any characters, also none. */
    private static final int ANY = -1;

    /** At least one character, but no slash. */
    private static final int SEGMENT = -2;

    /** Steps of one match: a URL of 7 KB takes some thousand, a hostile text of megabytes would take trillions. */
    static final int STEPS_MAX = 5_000_000;

    private final int[] elements;

    /** What the pattern is or begins with, when it has no wildcard but at its end; else null. */
    private final @Nullable String literal;

    private final boolean open;

    private Wildcards(int[] elements) {
        this.elements = elements;
        this.open = elements.length > 0 && elements[elements.length - 1] == ANY;
        int fixed = open ? elements.length - 1 : elements.length;
        this.literal = Arrays.stream(elements, 0, fixed).allMatch(element -> element >= 0)
                ? new String(elements, 0, fixed)
                : null;
    }

    /** A pattern in which {@code *} stands for any characters. */
    static Wildcards glob(String pattern) {
        return compile(pattern, false);
    }

    /** A pattern in which {@code *} and <code>{name}</code> stand for one segment of a path, and {@code **} for any characters. */
    static Wildcards path(String pattern) {
        return compile(pattern, true);
    }

    private static Wildcards compile(String pattern, boolean path) {
        var elements = new int[pattern.length()];
        int count = 0;
        for (int at = 0; at < pattern.length(); at++) {
            char c = pattern.charAt(at);
            if (c == '%' && at + 1 < pattern.length()) {
                elements[count++] = pattern.charAt(++at);
            } else if (c == '*') {
                int from = at;
                while (at + 1 < pattern.length() && pattern.charAt(at + 1) == '*') {
                    at++;
                }
                elements[count++] = path && at == from ? SEGMENT : ANY;
            } else if (path && c == '{' && nameEnd(pattern, at) > 0) {
                at = nameEnd(pattern, at);
                elements[count++] = SEGMENT;
            } else {
                elements[count++] = c;
            }
        }
        return new Wildcards(Arrays.copyOf(elements, count));
    }

    /** The closing brace of a name; -1 where there is no name. */
    private static int nameEnd(String pattern, int brace) {
        int at = brace + 1;
        while (at < pattern.length()
                && (Character.isLetterOrDigit(pattern.charAt(at)) || "._-".indexOf(pattern.charAt(at)) >= 0)) {
            at++;
        }
        return at > brace + 1 && at < pattern.length() && pattern.charAt(at) == '}' ? at : -1;
    }

    /** Whether a whole text matches; what takes more than {@link #STEPS_MAX} steps does not. */
    boolean matches(String text) {
        if (literal != null) {
            return open ? text.startsWith(literal) : text.equals(literal);
        }
        int end = text.length();
        int element = 0;
        int at = 0;
        int anyElement = -1;
        int anyAt = 0;
        int segmentElement = -1;
        int segmentAt = 0;
        for (int steps = 0; steps < STEPS_MAX; steps++) {
            int expected = element < elements.length ? elements[element] : Integer.MIN_VALUE;
            if (expected == ANY) {
                anyElement = ++element;
                anyAt = at;
                segmentElement = -1;
            } else if (element == elements.length && at == end) {
                return true;
            } else if (expected == SEGMENT && at < end && text.charAt(at) != '/') {
                segmentElement = ++element;
                segmentAt = ++at;
            } else if (at < end && text.charAt(at) == expected) {
                element++;
                at++;
            } else if (segmentElement >= 0 && segmentAt < end && text.charAt(segmentAt) != '/') {
                element = segmentElement;
                at = ++segmentAt;
            } else if (anyElement >= 0 && anyAt < end) {
                element = anyElement;
                at = ++anyAt;
                segmentElement = -1;
            } else {
                return false;
            }
        }
        return false;
    }
}
