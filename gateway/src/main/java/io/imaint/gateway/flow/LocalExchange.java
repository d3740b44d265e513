package io.imaint.gateway.flow;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A request that does not come over the wire, such as one of another proxy. Its answer is kept in memory. */
public final class LocalExchange implements Exchange {
    private final Message request;
    private final Client client;
    private final CompletableFuture<Message> answer = new CompletableFuture<>();

    public LocalExchange(Message request, Client client) {
        this.request = request;
        this.client = client;
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
    public boolean inMemory() {
        return true;
    }

    @Override
    public boolean isAbandoned() {
        return answer.isCancelled();
    }

    @Override
    public void respond(Message response, Runnable sent) {
        if (!answer.complete(response) && response.body() instanceof Body.Streamed unwanted) {
            unwanted.cancel();
        }
        sent.run();
    }

    /** Waits for the answer; after a failure the exchange is abandoned. */
    public Message await(Duration most) throws TimeoutException, InterruptedException {
        try {
            return answer.get(Math.max(0, most.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException | InterruptedException unanswered) {
            answer.cancel(false);
            throw unanswered;
        } catch (ExecutionException impossible) { // Nothing completes it so.
            throw new AssertionError(impossible);
        }
    }
}
