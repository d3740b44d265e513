package io.imaint.gateway.wire;

import io.imaint.gateway.flow.Message;
import io.imaint.gateway.flow.TargetCall;
import io.imaint.gateway.flow.TargetFailure;
import io.imaint.gateway.flow.Targets;
import io.netty.channel.EventLoop;
import java.util.IdentityHashMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Sends requests to targets over HTTP/1.1, with and without TLS, on connections that are kept. A request that a client's
 * connection begins goes out on the same thread, so nothing is handed over.
 */
public final class TargetClient implements Targets, AutoCloseable {
    private final WireLoops loops;
    private final IdentityHashMap<EventLoop, TargetPools> pools = new IdentityHashMap<>();

    public TargetClient(WireLoops loops, WireLimits limits, TlsMaterial material) {
        this.loops = loops;
        var tls = new TargetTls(material);
        var addresses = new Addresses();
        for (var executor : loops.group()) {
            var loop = loops.of((EventLoop) executor);
            var own = new TargetPools(loop, loops, limits, tls, addresses);
            pools.put(loop.events, own);
            loop.events.execute(() -> loop.add(own));
        }
    }

    @Override
    public void send(TargetCall call, Reply reply) {
        send(new Asked(call, reply));
    }

    private void send(Asked asked) {
        var loop = loops.nearest();
        var own = pools.get(loop.events);
        if (own == null) {
            throw new IllegalStateException("the event loop belongs to others");
        }
        if (loop.events.inEventLoop()) {
            own.send(asked);
        } else {
            loop.events.execute(() -> own.send(asked));
        }
    }

    @Override
    public Message exchange(TargetCall call) throws TargetFailure, InterruptedException {
        if (Loop.current() != null) {
            throw new IllegalStateException("an event loop must not wait for a target");
        }
        var waiting = new CompletableFuture<Message>();
        send(call, new Reply() {
            @Override
            public void answered(Message response) {
                if (!waiting.complete(response) && response.body() instanceof BodyStream unwanted) {
                    unwanted.cancel();
                }
            }

            @Override
            public void failed(TargetFailure failure) {
                waiting.completeExceptionally(failure);
            }
        });
        try {
            return waiting.get();
        } catch (InterruptedException interrupted) {
            waiting.cancel(false); // The answer still comes, or times out; nobody takes it.
            throw interrupted;
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof TargetFailure failure) {
                throw failure;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }

    /** The open connections to targets. */
    int openConnections() {
        return pools.values().stream()
                .mapToInt(own -> {
                    var counted = new CompletableFuture<Integer>();
                    own.loop().events.execute(() -> counted.complete(own.openConnections()));
                    return counted.join();
                })
                .sum();
    }

    /** Closes all connections; requests that run fail. */
    @Override
    public void close() {
        for (var own : pools.values()) {
            var closed = new CompletableFuture<Boolean>();
            own.loop().events.execute(() -> {
                own.close();
                closed.complete(true);
            });
            closed.join();
        }
    }
}
