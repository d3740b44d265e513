package io.imaint.gateway.management;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** A file of a bundle in a list. */
record ProxyFile(String path, long size, boolean text) {
    static ProxyFile of(String path, byte[] bytes) {
        return new ProxyFile(path, bytes.length, text(bytes).isPresent());
    }

    /** The text of a file in UTF-8; empty where it is none. */
    static Optional<String> text(byte[] bytes) {
        try {
            var text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
        } catch (CharacterCodingException other) {
            return Optional.empty();
        }
    }
}
