package io.imaint.simulator.odata;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoding of addresses, read strictly: what is not valid UTF-8 is refused, never replaced. */
final class PercentEncoding {
    private PercentEncoding() {}

    /** The text of a path segment. */
    static String decodedSegment(String raw) {
        return decoded(raw, false);
    }

    /** The text of a query's name or value, in which plus stands for a space. */
    static String decodedQuery(String raw) {
        return decoded(raw, true);
    }

    private static String decoded(String raw, boolean plusIsSpace) {
        if (raw.indexOf('%') < 0 && raw.indexOf('+') < 0) {
            return raw;
        }
        var bytes = raw.getBytes(StandardCharsets.UTF_8);
        int length = 0;
        for (int i = 0; i < bytes.length; i++) {
            byte b = bytes[i];
            if (b == '%') {
                int high = i + 2 <= bytes.length - 1 ? Character.digit(bytes[i + 1], 16) : -1;
                int low = i + 2 <= bytes.length - 1 ? Character.digit(bytes[i + 2], 16) : -1;
                if (high < 0 || low < 0) {
                    throw malformed();
                }
                b = (byte) ((high << 4) | low);
                i += 2;
            } else if (b == '+' && plusIsSpace) {
                b = ' ';
            }
            bytes[length++] = b;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, 0, length))
                    .toString();
        } catch (CharacterCodingException refused) {
            throw malformed();
        }
    }

    private static ODataFault malformed() {
        return ODataFault.uriSyntax("Malformed percent-encoding in the request URI");
    }
}
