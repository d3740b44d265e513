package io.imaint.gateway.wire;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.imaint.gateway.flow.Client;
import io.imaint.gateway.flow.Message;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection of HTTP/1. It takes one request after the other: what a client has sent ahead waits here, so answers
 * are in order.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures on the pipeline.
final class ServerConnection extends ChannelInboundHandlerAdapter
        implements Watched, ServerExchange.Answerer, BodyStream.Producer {
    private static final System.Logger LOG = System.getLogger(ServerConnection.class.getName());

    /** What is read ahead of the request that is at work; then the client has to wait. */
    private static final int AHEAD_MAX = 64 << 10;

    /**
     * After a refusal the rest of the request is read and dropped for this long: a connection closed with bytes unread is
     * reset, and the client would never see why.
     */
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private static final byte[] CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n".getBytes(US_ASCII);

    private final ServerParts parts;
    private final Client client;
    private final Connections.Held held;
    private final SocketChannel channel;
    private final Loop loop;
    private final Http1Output output;
    private final Cumulation in = new Cumulation();
    private @Nullable ServerExchange current;
    private @Nullable Http1Intake intake;
    private boolean keepAlive = true;
    private boolean oldClient;
    private boolean advancing;
    private boolean closing;
    private boolean touched = true;
    private long since;

    ServerConnection(ServerParts parts, Loop loop, Client client, Connections.Held held, SocketChannel channel) {
        this.parts = parts;
        this.loop = loop;
        this.client = client;
        this.held = held;
        this.channel = channel;
        this.output = new Http1Output(channel, parts.limits().clients().idleTimeout());
    }

    @Override
    public void handlerAdded(ChannelHandlerContext ignored) {
        loop.add(this);
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext ignored) {
        loop.remove(this);
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext ignored, Object event) {
        if (event == Stopping.NOW && current == null && intake == null) {
            channel.close();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext ignored, Object message) {
        var bytes = (ByteBuf) message;
        if (closing) {
            bytes.release();
            return;
        }
        touched |= in.isEmpty() && current == null && intake == null;
        in.add(channel.alloc(), bytes);
        advance();
    }

    /** Does what can be done with what has come. */
    private void advance() {
        if (advancing) {
            return;
        }
        advancing = true;
        try {
            boolean more = true;
            for (var bytes = in.bytes(); more && bytes != null && !closing; bytes = in.bytes()) {
                more = intake != null ? readBody(bytes, intake) : current == null && readHead(bytes);
                in.trim();
            }
        } catch (Refused refused) {
            refuse(refused.refusal());
        } finally {
            advancing = false;
        }
        updateReading();
    }

    /** Reads only as long as what comes has a place. */
    private void updateReading() {
        boolean full = intake == null ? in.size() > AHEAD_MAX : intake.paused();
        var config = channel.config();
        if (config.isAutoRead() == full) {
            config.setAutoRead(!full);
        }
    }

    private boolean readHead(ByteBuf bytes) throws Refused {
        if (!channel.isWritable()) {
            return false; // The client does not read its answers.
        }
        if (!held.asked() && client.tls().isEmpty() && Http2Server.begins(bytes)) {
            switchToHttp2();
            return false;
        }
        while (bytes.readableBytes() >= 2 && bytes.getShort(bytes.readerIndex()) == 0x0d0a) {
            bytes.skipBytes(2); // Some clients end a body with an empty line.
        }
        int end = in.headEnd();
        if (end < 0) {
            HeadParser.checkUnfinished(bytes);
            return false;
        }
        var head = loop.parser.request(bytes, end);
        held.begins();
        keepAlive = head.keepAlive();
        oldClient = head.message().version().equals("1.0");
        var refusal = parts.refusal(head.message(), client);
        if (head.framing() == 0) {
            handle(head.message(), refusal);
        } else {
            beginBody(head, refusal);
        }
        return true;
    }

    /** The client knows that this server speaks HTTP/2. */
    private void switchToHttp2() {
        var pipeline = channel.pipeline();
        Http2Server.install(pipeline, parts, loop, client, held);
        pipeline.context(this).fireChannelRead(in.take());
        pipeline.remove(this);
    }

    private void beginBody(RequestHead head, Optional<Message> refusal) throws Refused {
        var body = Http1Intake.begin(head, parts, this, refusal.isPresent());
        intake = body;
        if (head.expects() && refusal.isEmpty()) {
            channel.write(channel.alloc().directBuffer(CONTINUE.length).writeBytes(CONTINUE), channel.voidPromise());
            loop.flush(channel);
        }
        if (body.streams()) {
            handle(body.request(), refusal);
        }
    }

    /** Reads what there is of a body; whether it is whole. */
    private boolean readBody(ByteBuf bytes, Http1Intake body) throws Refused {
        if (!body.read(bytes) || closing) {
            return false;
        }
        intake = null;
        body.finish();
        if (!body.streams()) {
            handle(body.request(), Optional.empty());
        }
        return true;
    }

    private void handle(Message request, Optional<Message> refusal) {
        var exchange = new ServerExchange(loop.events, this, request, client);
        current = exchange;
        parts.handle(exchange, refusal);
    }

    @Override
    public void send(ServerExchange exchange, Message answer, Runnable sent) {
        if (exchange != current || closing) {
            ServerExchange.drop(answer);
            sent.run();
            return;
        }
        long length;
        try {
            length = exchange.length(answer);
        } catch (IllegalArgumentException foreign) {
            LOG.log(Level.ERROR, "an answer can't be sent", foreign);
            send(exchange, Refusal.FAILED.answer(), sent);
            return;
        }
        exchange.dropUnread(answer);
        keepAlive &= intake == null && !parts.connections().stopping() && !(oldClient && length == HeadWriter.CHUNKED);
        write(exchange, answer, length, sent);
    }

    private void write(ServerExchange exchange, Message answer, long length, Runnable sent) {
        var connection = keepAlive ? oldClient ? "keep-alive" : "" : "close";
        boolean chunked = length == HeadWriter.CHUNKED && !oldClient;
        boolean bare = exchange.bare(answer);
        var out = output.buffer(answer, bare ? 0 : length);
        long told = length == HeadWriter.CHUNKED && !chunked ? HeadWriter.NONE : length;
        loop.writer.answer(out, answer, told, connection, loop.date());
        if (bare) {
            ServerExchange.drop(answer);
        } else if (!Http1Output.append(out, answer)) {
            output.stream(out, answer, chunked, done(sent));
            return;
        }
        channel.write(out).addListener(written -> sent.run());
        loop.flush(channel);
        finished();
    }

    private BodyWriter.Done done(Runnable sent) {
        return new BodyWriter.Done() {
            @Override
            public void sent(ChannelFuture end) {
                end.addListener(written -> sent.run());
                finished();
            }

            @Override
            public void failed() {
                sent.run();
                channel.close(); // The client sees that the body is not whole.
            }
        };
    }

    /** The answer was written. */
    private void finished() {
        current = null;
        touched = true;
        held.ends();
        if (!keepAlive) {
            end();
        } else {
            advance();
        }
    }

    /** Closes after what was written has left. */
    private void end() {
        boolean unread = intake != null || !in.isEmpty();
        closing = true;
        dropInput();
        var flushed = channel.writeAndFlush(Unpooled.EMPTY_BUFFER);
        if (!unread) {
            flushed.addListener(ChannelFutureListener.CLOSE);
            return;
        }
        channel.config().setAutoRead(true);
        if (client.tls().isEmpty()) {
            flushed.addListener(written -> channel.shutdownOutput());
        }
    }

    private void dropInput() {
        in.release();
        if (intake != null) {
            intake.fail();
            intake = null;
        }
    }

    /** Answers a request that is not served, and takes no other. */
    private void refuse(Refusal refusal) {
        if (intake != null) {
            intake.fail();
        }
        var exchange = current;
        if (exchange == null) {
            if (intake == null) {
                held.begins();
            }
            var message = intake == null ? Message.request("GET", "/", "") : intake.request();
            exchange = new ServerExchange(loop.events, this, message, client);
            current = exchange;
        }
        if (!exchange.abandon()) { // The answer is on its way.
            channel.close();
            return;
        }
        keepAlive = false;
        var answer = refusal.answer();
        write(exchange, answer, exchange.length(answer), () -> {});
    }

    @Override
    public void resume() {
        loop.run(() -> {
            if (intake != null) {
                intake.resume();
                advance();
            }
        });
    }

    @Override
    public void cancelled() {
        loop.run(() -> {
            if (intake != null && intake.streams()) {
                intake.resume(); // What still comes is dropped, until the answer was sent.
                updateReading();
            }
        });
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext ignored) {
        if (channel.isWritable() && !output.drain()) {
            advance();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext ignored) {
        closing = true;
        loop.remove(this);
        if (current != null) {
            current.abandon();
        }
        dropInput();
        output.cancel();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ignored, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.log(Level.WARNING, "a client's connection failed", cause);
        }
        channel.close();
    }

    @Override
    public void watch(long now) {
        if (touched) {
            touched = false;
            since = now;
        }
        var limits = parts.limits();
        long waited = now - since;
        if (output.stuck(now)) {
            channel.close();
        } else if (closing) {
            if (waited > LINGER_NANOS) {
                channel.close();
            }
        } else if (intake != null) {
            if (intake.tooSlow(now)) {
                refuse(Refusal.BODY_TOO_SLOW);
            }
        } else if (current != null && current.late(now, limits.answerTimeout())) {
            refuse(Refusal.NO_ANSWER);
        } else if (current == null) {
            boolean head = !in.isEmpty() || !held.asked();
            if (waited
                    > (head ? limits.clients().headTimeout() : limits.clients().idleTimeout()).toNanos()) {
                channel.close();
            }
        }
    }
}
