package io.imaint.integration.odata;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/**
 * What to read, relative to a service: a resource path and a query, both ready for a request line.
 *
 * <p>Links in answers are what makes this hard. Behind a proxy, SAP writes its internal host and path into them; other
 * servers write relative ones. Whatever a link says, the request goes to our own origin and below our own service path:
 * of a link only what follows the service's root is kept, so an answer can never send our credentials elsewhere.
 *
 * @param path such as {@code WorkOrderSet('000004711')/Operations}; empty for the service's root
 * @param query without the question mark; may be empty
 */
record Target(String path, String query) {
    /** Far above the URLs that SAP serves (the Internet Communication Manager ends at 64 KB). */
    private static final int LENGTH_MAX = 64 << 10;

    private static final String ALLOWED = "-._~!$&'()*+,;=:@/?";

    /**
     * Reads a target as callers write it, or a link of an answer.
     *
     * @param text relative to the service, an absolute path, or an absolute URL of any host
     * @param servicePath the path of our service URL, without a slash at its end
     * @param current the resource path of the request whose answer holds the link; empty for none
     */
    static Target of(String text, String servicePath, String current) {
        if (text.length() > LENGTH_MAX) {
            throw ODataProblem.SAP_REQUEST_REFUSED.because("a target of %,d characters".formatted(text.length()));
        }
        int question = text.indexOf('?');
        var path = question < 0 ? text : text.substring(0, question);
        var query = question < 0 ? "" : text.substring(question + 1);
        int authority = path.startsWith("//") ? 2 : path.indexOf("://") < 0 ? -1 : path.indexOf("://") + 3;
        if (authority >= 0) {
            int slash = path.indexOf('/', authority);
            path = slash < 0 ? "/" : path.substring(slash);
        }
        path = encoded(path.strip());
        if (path.startsWith("/")) {
            path = belowService(path, servicePath, current);
        } else if (path.isEmpty()) {
            path = current;
        }
        for (var segment : path.split("/", -1)) {
            var plain = segment.toLowerCase(Locale.ROOT).replace("%2e", ".");
            if (plain.equals(".") || plain.equals("..")) {
                throw ODataProblem.SAP_REQUEST_REFUSED.because("the target '%s' leaves the service".formatted(text));
            }
        }
        return new Target(path, encoded(query.strip()));
    }

    /** True for a link that asks for changes since an earlier read instead of more of this one. */
    boolean asksForChanges() {
        var plain = query.toLowerCase(Locale.ROOT).replace("%21", "!").replace("%24", "$");
        return plain.contains("!deltatoken=") || plain.contains("$deltatoken=");
    }

    /** Adds a parameter unless the query has it already. */
    Target with(String name, String value) {
        if (value.isEmpty() || query.startsWith(name + "=") || query.contains("&" + name + "=")) {
            return this;
        }
        return new Target(path, (query.isEmpty() ? "" : query + "&") + name + "=" + encoded(value));
    }

    /** As callers write it. */
    @Override
    public String toString() {
        return query.isEmpty() ? path : path + "?" + query;
    }

    private static String belowService(String path, String servicePath, String current) {
        if (path.startsWith(servicePath + "/")) {
            return path.substring(servicePath.length() + 1);
        }
        if (path.equals(servicePath)) {
            return "";
        }
        // The path that another host has for the same service: find where the service ends in it.
        if (!current.isEmpty() && path.endsWith("/" + current)) {
            return current;
        }
        var name = servicePath.substring(servicePath.lastIndexOf('/') + 1);
        int service = name.isEmpty() ? -1 : path.lastIndexOf("/" + name + "/");
        if (service >= 0) {
            return path.substring(service + name.length() + 2);
        }
        int key = path.indexOf('(');
        return path.substring(path.lastIndexOf('/', key < 0 ? path.length() : key) + 1);
    }

    /** Percent-encodes what a request line cannot hold and leaves what is encoded already. */
    private static String encoded(String text) {
        var encoded = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int point = text.codePointAt(i);
            boolean plain = point < 128 && (Character.isLetterOrDigit(point) || ALLOWED.indexOf(point) >= 0);
            if (plain || (point == '%' && hexFollows(text, i + 1))) {
                encoded.append((char) point);
            } else {
                for (byte octet : Character.toString(point).getBytes(StandardCharsets.UTF_8)) {
                    encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
                }
            }
            i += Character.charCount(point);
        }
        return encoded.toString();
    }

    private static boolean hexFollows(String text, int start) {
        return start + 1 < text.length()
                && HexFormat.isHexDigit(text.charAt(start))
                && HexFormat.isHexDigit(text.charAt(start + 1));
    }
}
