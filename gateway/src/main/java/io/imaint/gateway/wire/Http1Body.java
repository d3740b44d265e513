package io.imaint.gateway.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;

/** Forms of bodies in HTTP/1. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures on the pipeline.
enum Http1Body implements BodyWriter.Form {
    /** The head announces the length, or the end of the connection does. */
    PLAIN {
        @Override
        public void write(Channel channel, ByteBuf piece) {
            channel.write(piece, channel.voidPromise());
        }

        @Override
        public ChannelFuture end(Channel channel) {
            return channel.write(Unpooled.EMPTY_BUFFER);
        }
    },
    CHUNKED {
        @Override
        public void write(Channel channel, ByteBuf piece) {
            if (!piece.isReadable()) { // An empty chunk would be the end.
                piece.release();
                return;
            }
            var size = channel.alloc().directBuffer(16);
            size.writeCharSequence(Integer.toHexString(piece.readableBytes()), US_ASCII);
            size.writeShort(LINE);
            channel.write(size, channel.voidPromise());
            channel.write(piece, channel.voidPromise());
            channel.write(channel.alloc().directBuffer(2).writeShort(LINE), channel.voidPromise());
        }

        @Override
        public ChannelFuture end(Channel channel) {
            var end = channel.alloc().directBuffer(5);
            end.writeByte('0').writeShort(LINE).writeShort(LINE);
            return channel.write(end);
        }
    };

    /** CR and LF. */
    private static final int LINE = 0x0d0a;
}
