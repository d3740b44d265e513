package io.imaint.gateway.wire;

import io.imaint.gateway.flow.Client;
import io.imaint.gateway.flow.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.util.ReferenceCountUtil;
import java.lang.System.Logger.Level;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request of a client over HTTP/2. */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures on the pipeline.
final class Http2Stream extends ChannelInboundHandlerAdapter
        implements Watched, ServerExchange.Answerer, BodyStream.Producer, BodyWriter.Form {
    private static final System.Logger LOG = System.getLogger(Http2Stream.class.getName());

    private final ServerParts parts;
    private final Loop loop;
    private final Client client;
    private final Connections.Held held;
    private final Channel stream;
    private @Nullable Message request;
    private @Nullable ServerExchange exchange;
    private @Nullable BodyIntake intake;
    private @Nullable BodyWriter writer;
    private boolean closed;

    Http2Stream(ServerParts parts, Loop loop, Client client, Connections.Held held, Channel stream) {
        this.parts = parts;
        this.loop = loop;
        this.client = client;
        this.held = held;
        this.stream = stream;
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        held.begins();
        loop.add(this);
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
        try {
            switch (frame) {
                case Http2HeadersFrame headers when request == null -> head(headers);
                case Http2HeadersFrame trailers -> bodyEnds(trailers.isEndStream());
                case Http2DataFrame data -> {
                    body(data.content().retainedSlice());
                    bodyEnds(data.isEndStream());
                }
                default -> {}
            }
        } catch (Refused refused) {
            refuse(refused.refusal());
        } catch (RuntimeException defect) {
            LOG.log(Level.ERROR, "a request could not be taken", defect);
            refuse(Refusal.FAILED);
        } finally {
            ReferenceCountUtil.release(frame);
        }
    }

    private void head(Http2HeadersFrame frame) throws Refused {
        var message = Http2Heads.request(frame.headers());
        request = message;
        var refusal = parts.refusal(message, client);
        if (frame.isEndStream()) {
            handle(message, refusal);
            return;
        }
        var limits = parts.limits();
        boolean streams = refusal.isPresent() || parts.handler().streams(message);
        long length = Http2Heads.length(message);
        if (length > (streams ? limits.streamedSizeMax() : limits.bodySizeMax())) {
            throw new Refused(Refusal.TOO_BIG_BODY);
        }
        if (streams) {
            var body = new BodyStream(length, this);
            intake = BodyIntake.stream(limits, body);
            message.body(body);
            handle(message, refusal);
        } else {
            intake = BodyIntake.memory(limits, length);
        }
    }

    private void body(ByteBuf piece) throws Refused {
        if (intake == null) {
            piece.release();
            return;
        }
        if (!intake.add(piece)) {
            throw new Refused(Refusal.TOO_BIG_BODY);
        }
        if (intake != null) {
            stream.config().setAutoRead(!intake.paused());
        }
    }

    private void bodyEnds(boolean ends) {
        var whole = intake;
        if (!ends || whole == null) {
            return;
        }
        intake = null;
        whole.finish();
        if (!whole.streams()) {
            var message = Objects.requireNonNull(request);
            message.body(whole.body());
            handle(message, Optional.empty());
        }
    }

    private void handle(Message message, Optional<Message> refusal) {
        var handled = new ServerExchange(loop.events, this, message, client);
        exchange = handled;
        parts.handle(handled, refusal);
    }

    @Override
    public void send(ServerExchange answered, Message answer, Runnable sent) {
        if (closed) {
            ServerExchange.drop(answer);
            sent.run();
            return;
        }
        long length;
        try {
            length = answered.length(answer);
        } catch (IllegalArgumentException foreign) {
            LOG.log(Level.ERROR, "an answer can't be sent", foreign);
            send(answered, Refusal.FAILED.answer(), sent);
            return;
        }
        answered.dropUnread(answer);
        boolean bare = answered.bare(answer) || length == 0;
        var headers = Http2Heads.answer(answer, length, loop.date());
        var head = stream.write(new DefaultHttp2HeadersFrame(headers, bare));
        if (bare) {
            ServerExchange.drop(answer);
            head.addListener(written -> sent.run());
            stream.flush();
            answered();
            return;
        }
        Source source = answer.body() instanceof BodyStream body ? body : new BytesSource(answer.bytes());
        writer = new BodyWriter(stream, source, this, new BodyWriter.Done() {
            @Override
            public void sent(ChannelFuture end) {
                end.addListener(written -> sent.run());
                writer = null;
                answered();
            }

            @Override
            public void failed() {
                writer = null;
                sent.run();
                if (!closed) {
                    reset(Http2Error.INTERNAL_ERROR);
                }
            }
        });
        writer.start();
        stream.flush();
    }

    /** The answer was written; what the client still sends is not wanted. */
    private void answered() {
        if (intake != null) {
            intake.fail();
            intake = null;
            reset(Http2Error.NO_ERROR);
        }
    }

    private void reset(Http2Error error) {
        stream.writeAndFlush(new DefaultHttp2ResetFrame(error));
    }

    private void refuse(Refusal refusal) {
        var refused = exchange;
        if (refused == null) {
            var message = request == null ? Message.request("GET", "/", "") : request;
            refused = new ServerExchange(loop.events, this, message, client);
            exchange = refused;
        }
        if (intake != null) {
            intake.fail();
        }
        if (refused.abandon()) {
            send(refused, refusal.answer(), () -> {});
        } else {
            reset(Http2Error.CANCEL);
        }
    }

    @Override
    public void write(Channel channel, ByteBuf piece) {
        channel.write(new DefaultHttp2DataFrame(piece));
    }

    @Override
    public ChannelFuture end(Channel channel) {
        return channel.write(new DefaultHttp2DataFrame(Unpooled.EMPTY_BUFFER, true));
    }

    @Override
    public void resume() {
        loop.run(() -> {
            if (intake != null) {
                intake.resume();
                stream.config().setAutoRead(true);
            }
        });
    }

    @Override
    public void cancelled() {
        resume(); // What still comes is dropped.
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (writer != null && stream.isWritable()) {
            writer.drain();
        }
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof Http2ResetFrame) {
            context.close();
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        LOG.log(Level.DEBUG, "a stream of HTTP/2 failed", cause);
        context.close();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        if (closed) {
            return;
        }
        closed = true;
        held.ends();
        loop.remove(this);
        if (exchange != null) {
            exchange.abandon();
        }
        if (intake != null) {
            intake.fail();
            intake = null;
        }
        if (writer != null) {
            writer.cancel();
            writer = null;
        }
    }

    @Override
    public void watch(long now) {
        if (intake != null && intake.tooSlow(now)) {
            refuse(Refusal.BODY_TOO_SLOW);
        } else if (exchange != null && exchange.late(now, parts.limits().answerTimeout())) {
            refuse(Refusal.NO_ANSWER);
        }
    }
}
