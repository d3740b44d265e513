package io.imaint.gateway.wire;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/** Gives a body piece by piece to the connection that sends it. */
sealed interface Source permits BodyStream, BytesSource {
    /** The number of bytes; -1 when nobody knows yet. */
    long length();

    /** Begins; {@code wake} is called on any thread whenever there may be more. */
    void open(Runnable wake);

    /** The next piece, which the caller releases; null when none is there now. */
    @Nullable
    ByteBuf poll();

    /** Whether all pieces were given. */
    boolean ended();

    /** Whether the rest will never come. */
    boolean failed();

    /** The rest is not wanted. */
    void cancel();
}
