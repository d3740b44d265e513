package io.imaint.gateway.flow;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The body of a message: bytes in memory, or a stream that passes by unread. */
public sealed interface Body {
    Body EMPTY = new Bytes(new byte[0]);

    /** In memory; never changed. */
    record Bytes(byte[] bytes) implements Body {
        @Override
        public String toString() {
            return bytes.length + " bytes";
        }
    }

    /** What the wire passes on from one connection to another. No policy sees it. */
    non-sealed interface Streamed extends Body {
        /** The rest is not wanted: the connection that it comes from is released. Does nothing when the body is whole. */
        void cancel();
    }

    static Body of(String text) {
        return of(text, StandardCharsets.UTF_8);
    }

    static Body of(String text, Charset charset) {
        return text.isEmpty() ? EMPTY : new Bytes(text.getBytes(charset));
    }
}
