package io.imaint.kernel.http;

import java.io.IOException;
import java.io.InputStream;

/**
 * Bytes to be sent as a file, whole or the range that the client asks for.
 *
 * @param fileName as the client is to save it
 * @param mediaType of the bytes
 * @param size of the whole in bytes
 * @param version changes whenever the bytes change, as in {@link Versioned}; a digest for example
 */
public record Download(String fileName, String mediaType, long size, String version, Source source) {
    /** Where the bytes come from. */
    @FunctionalInterface
    public interface Source {
        /** The bytes from an offset on; closed after use, not always at its end. */
        InputStream from(long offset) throws IOException;
    }
}
