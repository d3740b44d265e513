package io.imaint.gateway.flow;

import java.util.regex.Pattern;

/**
 * Makes a path mean the same to everyone on its way: to base paths, conditions and the target. It is used once, before anything
 * looks at the path.
 *
 * <p>Escapes of characters that may stand as they are ({@code A-Z a-z 0-9 - . _ ~ $ ' ( ) * ! , : @}) are undone; the others get upper
 * case digits. Refused is what targets read differently: dot segments, also before a parameter or beside an escaped slash; empty
 * segments; backslashes; null; escapes of escapes of these; and an escaped slash, except between parentheses, where keys of OData
 * have it: {@code FunctionalLocations('A%2FB')}.
 */
public final class RequestPath {
    private static final String PLAIN = "-._~$'()*!,:@";

    /** Looked for in the normal form: the digits may have been escaped too. */
    private static final Pattern ESCAPED_ESCAPE = Pattern.compile("(?i)%25(?:2E|2F|5C|00)");

    private RequestPath() {}

    /** A path that can be read in two ways. */
    public static final class Ambiguous extends Exception {
        private static final long serialVersionUID = 1;

        Ambiguous(String reason) {
            super(reason, null, false, false);
        }

        /** What is wrong with it, for the client. */
        public String reason() {
            return String.valueOf(getMessage());
        }
    }

    /**
     * A path in its normal form.
     *
     * @param path encoded; its escapes are two hexadecimal digits each
     */
    public static String normalized(String path) throws Ambiguous {
        boolean plain = path.startsWith("/");
        for (int at = 1; plain && at < path.length(); at++) {
            char c = path.charAt(at);
            plain = c != '%' && c != '.' && c != '\\' && (c != '/' || path.charAt(at - 1) != '/');
        }
        if (plain) {
            return path;
        }
        if (!path.startsWith("/")) {
            throw new Ambiguous("The path does not begin with a slash");
        }
        var normal = path.indexOf('%') < 0 ? path : unescaped(path);
        if (ESCAPED_ESCAPE.matcher(normal).find()) {
            throw new Ambiguous("The path has an escaped escape of a dot, a slash, a backslash or null");
        }
        if (normal.indexOf('\\') >= 0) {
            throw new Ambiguous("The path has a backslash");
        }
        for (int from = 1; from <= normal.length(); ) {
            int slash = normal.indexOf('/', from);
            int end = slash < 0 ? normal.length() : slash;
            if (end == from && slash >= 0) {
                throw new Ambiguous("The path has an empty segment");
            }
            segment(normal.substring(from, end));
            from = end + 1;
        }
        return normal;
    }

    private static String unescaped(String path) throws Ambiguous {
        var normal = new StringBuilder(path.length());
        for (int at = 0; at < path.length(); at++) {
            char c = path.charAt(at);
            if (c != '%') {
                normal.append(c);
                continue;
            }
            int value = escaped(path, at);
            if (value < 0) {
                throw new Ambiguous("The path has a broken escape");
            }
            if ((value < 0x80 && Character.isLetterOrDigit(value)) || PLAIN.indexOf(value) >= 0) {
                normal.append((char) value);
            } else {
                check(value);
                normal.append("%%%02X".formatted(value));
            }
            at += 2;
        }
        return normal.toString();
    }

    /** The value of the escape at a place; -1 for none. */
    private static int escaped(String path, int at) {
        if (at + 2 >= path.length()) {
            return -1;
        }
        int high = Character.digit(path.charAt(at + 1), 16);
        int low = Character.digit(path.charAt(at + 2), 16);
        return high < 0 || low < 0 || path.charAt(at + 1) > 'f' || path.charAt(at + 2) > 'f' ? -1 : high << 4 | low;
    }

    private static void check(int value) throws Ambiguous {
        if (value == 0) {
            throw new Ambiguous("The path has an encoded null");
        }
        if (value == '\\') {
            throw new Ambiguous("The path has a backslash");
        }
    }

    /** Checks the parts that escaped slashes make of a segment. */
    private static void segment(String segment) throws Ambiguous {
        for (int from = 0; from <= segment.length(); ) {
            int slash = segment.indexOf("%2F", from);
            int end = slash < 0 ? segment.length() : slash;
            if (slash >= 0
                    && (segment.lastIndexOf('(', slash) <= segment.lastIndexOf(')', slash)
                            || segment.indexOf(')', slash) < 0)) {
                throw new Ambiguous("The path has an encoded slash outside parentheses");
            }
            var part = segment.substring(from, end).replaceFirst("(;|%3B).*", "");
            if (part.equals(".") || part.equals("..")) {
                throw new Ambiguous("The path has a dot segment");
            }
            from = slash < 0 ? segment.length() + 1 : slash + 3;
        }
    }
}
