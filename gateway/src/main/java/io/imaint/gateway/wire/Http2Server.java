package io.imaint.gateway.wire;

import io.imaint.gateway.flow.Client;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;

/** HTTP/2 on a connection of a client. */
final class Http2Server {
    /** What one client may ask for at a time. */
    static final int STREAMS_MAX = 100;

    /** What a client may send ahead on a stream; its other connections wait for no one. */
    private static final int WINDOW = 256 << 10;

    /** Resets within {@link #RESETS_SECONDS}: more is the flood known as rapid reset. */
    private static final int RESETS_MAX = 200;

    private static final int RESETS_SECONDS = 10;

    /** Answers to pings and settings that wait because the client does not read. */
    private static final int CONTROL_FRAMES_MAX = 1_000;

    /** Empty data frames, and continuations with next to nothing in them, in a row. */
    private static final int EMPTY_FRAMES_MAX = 10;

    /** The beginning of {@code PRI * HTTP/2.0}, which is no request of HTTP/1. */
    private static final int PREFACE = 'P' << 24 | 'R' << 16 | 'I' << 8 | ' ';

    private Http2Server() {}

    /** Whether the client begins to speak HTTP/2. */
    static boolean begins(ByteBuf first) {
        return first.readableBytes() >= Integer.BYTES && first.getInt(first.readerIndex()) == PREFACE;
    }

    /** Adds what speaks HTTP/2 to a pipeline. */
    static void install(ChannelPipeline pipeline, ServerParts parts, Loop loop, Client client, Connections.Held held) {
        var settings = Http2Settings.defaultSettings()
                .maxConcurrentStreams(STREAMS_MAX)
                .initialWindowSize(WINDOW)
                .maxHeaderListSize(WireLimits.REQUEST_LINE_MAX + WireLimits.REQUEST_HEADERS_MAX);
        var codec = Http2FrameCodecBuilder.forServer()
                .initialSettings(settings)
                .decoderEnforceMaxRstFramesPerWindow(RESETS_MAX, RESETS_SECONDS)
                .encoderEnforceMaxQueuedControlFrames(CONTROL_FRAMES_MAX)
                .decoderEnforceMaxConsecutiveEmptyDataFrames(EMPTY_FRAMES_MAX)
                .decoderEnforceMaxSmallContinuationFrames(EMPTY_FRAMES_MAX)
                .gracefulShutdownTimeoutMillis(
                        parts.limits().clients().idleTimeout().toMillis())
                .build();
        var guard = new Http2Guard(parts, loop, held);
        pipeline.addLast(codec, guard, new Http2MultiplexHandler(new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel stream) {
                stream.pipeline().addLast(new Http2Stream(parts, loop, client, held, stream));
            }
        }));
    }
}
