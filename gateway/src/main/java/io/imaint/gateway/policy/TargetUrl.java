package io.imaint.gateway.policy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A URL that a callout or a script asks.
 *
 * @param origin scheme, host and port, such as {@code https://sap.example.com:44300}
 * @param path encoded; at least a slash
 * @param query encoded, without question mark
 */
record TargetUrl(String origin, String path, String query) {
    /** No user information: credentials in URLs end up in logs. */
    private static final Pattern URL = Pattern.compile(
            "(https?)://([A-Za-z0-9._~-]+|\\[[0-9A-Fa-f:.]+])(:\\d{1,5})?(/[^?#]*)?(?:\\?([^#]*))?(?:#.*)?",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** The parts of a URL; empty when it is none of HTTP. */
    static Optional<TargetUrl> parse(String text) {
        var match = URL.matcher(text.strip());
        if (!match.matches()) {
            return Optional.empty();
        }
        var path = match.group(4);
        var query = match.group(5);
        var port = match.group(3);
        return Optional.of(new TargetUrl(
                match.group(1) + "://" + match.group(2) + (port == null ? "" : port),
                path == null ? "/" : encoded(path),
                query == null ? "" : encoded(query)));
    }

    /** Escapes what may not stand in a request line; what is escaped already stays. */
    static String encoded(String text) {
        if (text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            return text;
        }
        var encoded = new StringBuilder();
        for (byte one : text.getBytes(StandardCharsets.UTF_8)) {
            if (one > ' ' && one < 0x7f) {
                encoded.append((char) one);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(one));
            }
        }
        return encoded.toString();
    }

    /** The query with more behind it. */
    String queryWith(String more) {
        return query.isEmpty() ? more : more.isEmpty() ? query : query + "&" + more;
    }
}
