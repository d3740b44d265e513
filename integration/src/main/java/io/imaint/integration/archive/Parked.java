package io.imaint.integration.archive;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;

/** The data of a SAP system that waits in a file until the store holds it again. */
public record Parked(Path file, DumpHeader header) {
    /** Of the checksum behind a name, so that two names that look alike stay apart. */
    private static final int SUM_BYTES = 4;

    /** File systems allow 255 bytes; a name should still fit on a line. */
    private static final int WORDS_MAX = 80;

    /** A system's identity as a file's name. */
    static String slug(String system) {
        var words =
                system.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
        var sum = DumpWriter.sha256().digest(system.getBytes(StandardCharsets.UTF_8));
        return "%s-%s"
                .formatted(
                        words.substring(0, Math.min(WORDS_MAX, words.length())),
                        HexFormat.of().formatHex(sum, 0, SUM_BYTES));
    }
}
