package io.imaint.gateway.wire;

import io.imaint.gateway.flow.Body;
import io.imaint.gateway.flow.Client;
import io.imaint.gateway.flow.Exchange;
import io.imaint.gateway.flow.Message;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;

/** One request on its connection, until it is answered. */
final class ServerExchange implements Exchange {
    /** The connection, or the stream of one, that sends the answer. */
    interface Answerer {
        /** Called on the connection's thread. */
        void send(ServerExchange exchange, Message answer, Runnable sent);
    }

    private final EventLoop events;
    private final Answerer answerer;
    private final Message request;
    private final Client client;
    private final boolean head;
    private final boolean streams;
    private final long since = System.nanoTime();
    private final AtomicBoolean answered = new AtomicBoolean();
    private volatile boolean abandoned;

    ServerExchange(EventLoop events, Answerer answerer, Message request, Client client) {
        this.events = events;
        this.answerer = answerer;
        this.request = request;
        this.client = client;
        this.streams = request.body() instanceof Body.Streamed;
        this.head = request.verb().equals("HEAD"); // Policies may change the message's verb.
    }

    @Override
    public Message request() {
        return request;
    }

    @Override
    public Client client() {
        return client;
    }

    @Override
    public void respond(Message response, Runnable sent) {
        if (!claim()) {
            drop(response);
            sent.run(); // The connection has answered by itself, as when the body broke off.
            return;
        }
        if (events.inEventLoop()) {
            answerer.send(this, response, sent);
        } else {
            events.execute(() -> answerer.send(this, response, sent));
        }
    }

    /** Drops a body that is not sent. */
    static void drop(Message answer) {
        if (answer.body() instanceof Body.Streamed unwanted) {
            unwanted.cancel();
        }
    }

    /** Whether nobody has answered for too long. While a body passes by, the other ends see to it that it goes on. */
    boolean late(long now, Duration most) {
        return !streams && !answered.get() && now - since > most.toNanos();
    }

    /** True for the first who answers. */
    private boolean claim() {
        return answered.compareAndSet(false, true);
    }

    /** Gives the request up: the client has left, or the connection answers in place of the handler. False when it is answered already. */
    boolean abandon() {
        if (!claim()) {
            return false;
        }
        abandoned = true;
        return true;
    }

    @Override
    public boolean isAbandoned() {
        return abandoned;
    }

    /**
     * The length that the head of an answer announces.
     *
     * @return of the body; {@link HeadWriter#CHUNKED} when nobody knows; {@link HeadWriter#NONE} when the head announces none
     */
    long length(Message answer) {
        if (answer.status() == 204 || answer.status() == 304 || answer.status() < 200) {
            return HeadWriter.NONE;
        }
        long length = switch (answer.body()) {
            case Body.Bytes known -> known.bytes().length;
            case BodyStream stream -> stream.length();
            case Body.Streamed unknown -> throw new IllegalArgumentException("the wire did not make this stream");
        };
        return head && length == 0 ? announced(answer) : length;
    }

    /** The length that a target announced in its answer to HEAD. */
    private static long announced(Message answer) {
        var length = answer.headers().line("Content-Length");
        return length == null || !length.matches("\\d{1,18}") ? HeadWriter.NONE : Long.parseLong(length);
    }

    /** Drops what the client still sends when nobody has wanted it for this answer. */
    void dropUnread(Message answer) {
        if (request.body() instanceof BodyStream unread && !unread.opened() && !unread.equals(answer.body())) {
            unread.cancel();
        }
    }

    /** Whether the answer goes without a body, whatever its message has. */
    boolean bare(Message answer) {
        return head || answer.status() == 204 || answer.status() == 304 || answer.status() < 200;
    }
}
