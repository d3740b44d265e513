package io.imaint.integration.odata;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;

/** The body of an answer after decompression, with an end to its size so that a small answer cannot fill the memory. */
final class Decoded extends InputStream {
    private static final int GZIP_BUFFER_BYTES = 32 << 10;

    private final InputStream in;
    private final long bytesMax;
    private long count;

    /** Takes the value of the Content-Encoding header. */
    Decoded(InputStream body, String encoding, long bytesMax) throws IOException {
        this.bytesMax = bytesMax;
        this.in = switch (encoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> body;
            case "gzip", "x-gzip" -> new GZIPInputStream(body, GZIP_BUFFER_BYTES);
            case "deflate" -> new InflaterInputStream(body);
            default ->
                throw ODataProblem.SAP_ANSWER_MALFORMED.because(
                        "it is encoded as '%s', but gzip or deflate was requested".formatted(encoding));
        };
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = in.read(bytes, offset, length);
        count += Math.max(read, 0);
        if (count > bytesMax) {
            throw ODataProblem.SAP_ANSWER_TOO_LARGE.because("it exceeds %,d bytes".formatted(bytesMax));
        }
        return read;
    }
}
