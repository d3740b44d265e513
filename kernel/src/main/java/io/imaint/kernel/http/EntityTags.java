package io.imaint.kernel.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Entity tags, as the headers ETag, If-Match, If-None-Match and If-Range hold them. Source: RFC 9110, section 8.8.3. */
final class EntityTags {
    /** One tag of a list, with what may stand before and after it. */
    private static final Pattern TAG = Pattern.compile("\\s*(W/)?\"([\\x21\\x23-\\x7e\\x80-\\xff]*)\"\\s*(?:,|$)");

    static final String ANY = "*";

    private EntityTags() {}

    static String tag(String version) {
        return '"' + version + '"';
    }

    /** The tags of a header, weak ones with their mark; empty when it is malformed. */
    static Optional<List<String>> read(String header) {
        var tags = new ArrayList<String>();
        var matcher = TAG.matcher(header);
        int at = 0;
        while (at < header.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                return Optional.empty();
            }
            tags.add((matcher.group(1) == null ? "" : "W/") + tag(matcher.group(2)));
            at = matcher.end();
        }
        return tags.isEmpty() ? Optional.empty() : Optional.of(tags);
    }

    /** True when the client has this version already; a malformed header says nothing. */
    static boolean noneMatch(String ifNoneMatch, String tag) {
        return ifNoneMatch.strip().equals(ANY)
                || read(ifNoneMatch).orElse(List.of()).stream()
                        .anyMatch(known -> known.equals(tag) || known.equals("W/" + tag));
    }
}
