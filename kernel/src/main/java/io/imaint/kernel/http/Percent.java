package io.imaint.kernel.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Percent-decoding that refuses what is not UTF-8 instead of guessing. */
final class Percent {
    private Percent() {}

    /** A part of a path decoded; empty when it is malformed. */
    static Optional<String> path(String encoded) {
        return decoded(encoded, false);
    }

    /** A name or value of a query decoded, where a plus is a blank; empty when it is malformed. */
    static Optional<String> query(String encoded) {
        return decoded(encoded, true);
    }

    private static Optional<String> decoded(String encoded, boolean plusIsBlank) {
        var bytes = ByteBuffer.allocate(encoded.length() * 3);
        for (int i = 0; i < encoded.length(); i++) {
            char given = encoded.charAt(i);
            if (given == '%') {
                int high = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 1), 16) : -1;
                int low = i + 2 < encoded.length() ? Character.digit(encoded.charAt(i + 2), 16) : -1;
                if (high < 0 || low < 0) {
                    return Optional.empty();
                }
                bytes.put((byte) (high << 4 | low));
                i += 2;
            } else if (given == '+' && plusIsBlank) {
                bytes.put((byte) ' ');
            } else if (given < 0x80) {
                bytes.put((byte) given);
            } else {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(
                    StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
        } catch (CharacterCodingException refused) {
            return Optional.empty();
        }
    }
}
