package io.imaint.simulator.plant;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Which lines of a file fit an encoding.
 *
 * @param firstSpecial the first line with characters beyond ASCII that fits, from 1; 0 when there is none
 * @param firstOther the first line that does not fit; 0 when there is none
 */
record EncodingScan(long firstSpecial, long firstOther) {
    private static final int BUFFER = 1 << 16;

    /** Longer lines are checked in pieces, each of which ends with an ASCII character. */
    private static final int PIECE = 1 << 20;

    static EncodingScan of(Path path, Charset charset) throws IOException {
        if (charset.name().startsWith("UTF-16")) {
            return new EncodingScan(0, 0); // Its line ends are not single bytes, and half a character is no letter.
        }
        var decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        boolean controls = !charset.equals(StandardCharsets.UTF_8);
        var characters = CharBuffer.allocate(2 * PIECE);
        byte[] line = new byte[2 * PIECE];
        int length = 0;
        boolean special = false;
        long number = 1;
        long firstSpecial = 0;
        long firstOther = 0;
        try (InputStream in = new BufferedInputStream(Files.newInputStream(path), BUFFER)) {
            for (int b = in.read(); firstOther == 0 || firstSpecial == 0; b = in.read()) {
                if (b >= 0) {
                    special |= b >= 0x80;
                    line[length++] = (byte) b;
                }
                if (b < 0 || b == '\n' || (length >= PIECE && b < 0x80) || length == line.length) {
                    if (special) {
                        characters.clear();
                        decoder.reset();
                        boolean fits = !decoder.decode(ByteBuffer.wrap(line, 0, length), characters, true)
                                        .isError()
                                && !(controls && hasControl(characters));
                        firstSpecial = firstSpecial == 0 && fits ? number : firstSpecial;
                        firstOther = firstOther == 0 && !fits ? number : firstOther;
                    }
                    number += b == '\n' ? 1 : 0;
                    length = 0;
                    special = false;
                }
                if (b < 0) {
                    break;
                }
            }
        }
        return new EncodingScan(firstSpecial, firstOther);
    }

    /** Bytes that are no characters of a text; Java reads the gaps of Windows-1252 as control codes or refuses them. */
    private static boolean hasControl(CharBuffer characters) {
        for (int i = 0; i < characters.position(); i++) {
            if (characters.get(i) >= 0x80 && characters.get(i) < 0xA0) {
                return true;
            }
        }
        return false;
    }
}
