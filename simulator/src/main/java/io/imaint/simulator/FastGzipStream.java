package io.imaint.simulator;

import java.io.IOException;
import java.io.OutputStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** Gzip at its fastest level: over a local line the processor is what is scarce. */
final class FastGzipStream extends GZIPOutputStream {
    private static final int BUFFER_BYTES = 32 * 1024;

    FastGzipStream(OutputStream out) throws IOException {
        super(out, BUFFER_BYTES);
        def.setLevel(Deflater.BEST_SPEED);
    }

    /** Whether an Accept-Encoding header permits gzip. */
    static boolean acceptedBy(String acceptEncoding) {
        for (var coding : acceptEncoding.split(",", -1)) {
            var words = coding.strip().split("\\s*;\\s*", -1);
            if (words[0].equalsIgnoreCase("gzip")) {
                return words.length == 1 || !words[1].matches("q=0(\\.0*)?");
            }
        }
        return false;
    }
}
