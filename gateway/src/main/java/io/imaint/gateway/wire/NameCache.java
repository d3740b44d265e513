package io.imaint.gateway.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Keeps the texts of words that come in every message, such as names of headers, so that none is made anew. */
final class NameCache {
    /** A power of two; a word that meets another in its place replaces it. */
    private static final int PLACES = 512;

    /** Longer words are rare. */
    private static final int LENGTH_MAX = 64;

    /** A word and its bytes. */
    private static final class Word {
        private final byte[] bytes;
        private final String text;

        Word(byte[] bytes, String text) {
            this.bytes = bytes;
            this.text = text;
        }
    }

    private final @Nullable Word[] words = new @Nullable Word[PLACES];

    String text(byte[] from, int start, int end) {
        int length = end - start;
        if (length == 0 || length > LENGTH_MAX) {
            return new String(from, start, length, ISO_8859_1);
        }
        int hash = length * 31 + from[start] * 7 + from[start + length / 2] * 131 + from[end - 1] * 1021;
        int place = (hash ^ (hash >>> 9)) & (PLACES - 1);
        var known = words[place];
        if (known != null && Arrays.equals(known.bytes, 0, known.bytes.length, from, start, end)) {
            return known.text;
        }
        var text = new String(from, start, length, ISO_8859_1);
        words[place] = new Word(Arrays.copyOfRange(from, start, end), text);
        return text;
    }
}
