package io.imaint.kernel.http;

import java.io.IOException;
import java.io.OutputStream;

/** What follows an answer's head. */
sealed interface Content {
    /** Bytes that are all there; they may be compressed. */
    @SuppressWarnings("ArrayRecordComponent") // Answers are sent, never compared.
    record Whole(byte[] bytes) implements Content {}

    /**
     * Bytes that are made while they are sent, on the request's thread. They are sent as they are. One that fails
     * breaks the connection off, so that the client does not take a part for the whole.
     *
     * @param size how many they are; {@link #SIZE_UNKNOWN} where only the end will tell
     */
    record Written(long size, Writer writer) implements Content {
        static final long SIZE_UNKNOWN = -1;
    }

    /** Writes a content; it need not flush or close. */
    interface Writer {
        void writeTo(OutputStream out) throws IOException;
    }
}
