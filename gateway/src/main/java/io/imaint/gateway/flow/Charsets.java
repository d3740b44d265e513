package io.imaint.gateway.flow;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The charsets of payloads. In requests, those that only some programs know are not known: what the gateway checked would be another text than
 * what the target reads. All of these can be written as well as read.
 */
final class Charsets {
    /** Bytes of one character, at most. */
    static final int BYTES_MAX = 4;

    private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

    private static final Map<String, Charset> BY_NAME = Map.ofEntries(
            Map.entry("utf-8", StandardCharsets.UTF_8),
            Map.entry("utf8", StandardCharsets.UTF_8),
            Map.entry("us-ascii", StandardCharsets.US_ASCII),
            Map.entry("ascii", StandardCharsets.US_ASCII),
            Map.entry("iso-8859-1", StandardCharsets.ISO_8859_1),
            Map.entry("latin1", StandardCharsets.ISO_8859_1),
            Map.entry("windows-1252", WINDOWS_1252),
            Map.entry("cp1252", WINDOWS_1252),
            Map.entry("utf-16", StandardCharsets.UTF_16),
            Map.entry("utf-16le", StandardCharsets.UTF_16LE),
            Map.entry("utf-16be", StandardCharsets.UTF_16BE));

    /** A parameter of a type; its value may be in quotes. */
    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*+([^\\s=;]*+)\\s*+=\\s*+(\"(?:[^\"\\\\]|\\\\.)*+\"|[^;\"]*+)");

    private Charsets() {}

    /** The charset of a type such as {@code text/plain; charset=utf-8}, UTF-8 where it names none; empty when it is not known. */
    static Optional<Charset> of(String type) {
        if (!type.toLowerCase(Locale.ROOT).contains("charset")) {
            return Optional.of(StandardCharsets.UTF_8);
        }
        Charset found = null;
        for (var name : names(type)) {
            var named = BY_NAME.get(name);
            if (named == null || (found != null && !found.equals(named))) {
                return Optional.empty();
            }
            found = named;
        }
        return Optional.of(found == null ? StandardCharsets.UTF_8 : found);
    }

    /** The charset of a response, of which nothing is checked: any that can be read and written; empty when there is none. */
    static Optional<Charset> ofTarget(String type) {
        try {
            return names(type).stream().findFirst().map(Charset::forName).filter(Charset::canEncode);
        } catch (IllegalArgumentException unknown) {
            return Optional.empty();
        }
    }

    private static List<String> names(String type) {
        var names = new ArrayList<String>();
        for (var parameter = PARAMETER.matcher(type); parameter.find(); ) {
            if (parameter.group(1).equalsIgnoreCase("charset")) {
                names.add(parameter.group(2).strip().replace("\"", "").toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }
}
