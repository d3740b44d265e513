package io.imaint.store;

import java.util.Optional;

/** Pieces of binary content as an engine keeps them: by the content's id and their number, from 0. */
interface Chunks {
    /** A piece and the SHA-256 of its bytes. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared.
    record Chunk(byte[] hash, byte[] bytes) {}

    /** Durable when this returns. */
    void write(String content, int number, Chunk chunk);

    Optional<Chunk> read(String content, int number);

    /** Removes all pieces of a content. */
    void remove(String content);
}
