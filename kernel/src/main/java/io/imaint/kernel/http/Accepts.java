package io.imaint.kernel.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What a client's Accept headers allow. */
final class Accepts {
    private Accepts() {}

    /** True when the client takes a media type; one that names nothing takes all. */
    static boolean mediaType(String accept, String mediaType) {
        if (accept.isBlank()) {
            return true;
        }
        var family = mediaType.substring(0, mediaType.indexOf('/')) + "/*";
        return quality(accept, List.of(mediaType, family, "*/*")) > 0;
    }

    /** True when a Content-Type names a media type; its parameters do not matter, since JSON is always in Unicode. */
    static boolean isMediaType(String contentType, String mediaType) {
        return contentType.split(";", -1)[0].strip().equalsIgnoreCase(mediaType);
    }

    /** True when the client says that it takes an encoding, such as gzip; one that names nothing gets plain bytes. */
    static boolean encoding(String acceptEncoding, String encoding) {
        return quality(acceptEncoding, List.of(encoding, "*")) > 0;
    }

    /** The quality that a header gives to the first of the names it has; 0 when it has none. */
    private static double quality(String header, List<String> names) {
        for (var name : names) {
            for (var range : header.split(",", -1)) {
                var pieces = range.strip().toLowerCase(Locale.ROOT).split("\\s*;\\s*", -1);
                if (pieces[0].equals(name)) {
                    return Arrays.stream(pieces)
                            .filter(piece -> piece.startsWith("q="))
                            .mapToDouble(piece -> number(piece.substring(2)))
                            .findFirst()
                            .orElse(1);
                }
            }
        }
        return 0;
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException malformed) {
            return 1; // A client that writes its wish wrongly still has it.
        }
    }
}
