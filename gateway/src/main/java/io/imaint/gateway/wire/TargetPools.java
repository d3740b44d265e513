package io.imaint.gateway.wire;

import io.imaint.gateway.flow.Body;
import io.imaint.gateway.flow.TargetFailure;
import io.netty.channel.socket.SocketChannel;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The connections of one event loop to all targets; used on its thread only. */
final class TargetPools implements Watched {
    private static final System.Logger LOG = System.getLogger(TargetPools.class.getName());

    private final Loop loop;
    private final WireLoops loops;
    private final WireLimits limits;
    private final TargetTls tls;
    private final Addresses addresses;
    private final Map<Origin, OriginPool> pools = new HashMap<>();
    private boolean closed;

    TargetPools(Loop loop, WireLoops loops, WireLimits limits, TargetTls tls, Addresses addresses) {
        this.loop = loop;
        this.loops = loops;
        this.limits = limits;
        this.tls = tls;
        this.addresses = addresses;
    }

    Loop loop() {
        return loop;
    }

    WireLimits limits() {
        return limits;
    }

    TargetTls tls() {
        return tls;
    }

    Addresses addresses() {
        return addresses;
    }

    Class<? extends SocketChannel> connecting() {
        return loops.connecting();
    }

    boolean closed() {
        return closed;
    }

    void send(Asked asked) {
        if (closed) {
            asked.failed(TargetFailure.Kind.UNREACHABLE, "the gateway stops");
        } else if (asked.call.locationId() != null) {
            asked.failed(TargetFailure.Kind.NO_CONNECTOR, "the target is on premise, and no connector reaches it");
        } else if (!Bytes.isToken(asked.verb)) {
            asked.failed(TargetFailure.Kind.INVALID, "'%s' is no method".formatted(asked.verb.strip()));
        } else if (asked.call.request().body() instanceof Body.Streamed body && !(body instanceof BodyStream)) {
            asked.failed(TargetFailure.Kind.INVALID, "the wire did not make the stream");
        } else {
            try {
                pool(asked.origin).send(asked);
            } catch (TargetFailure failure) {
                asked.failed(failure);
            } catch (RuntimeException defect) { // Who asked must not wait for ever.
                LOG.log(Level.ERROR, "a request could not be sent", defect);
                asked.failed(TargetFailure.Kind.UNREACHABLE, "the gateway failed; see its log");
            }
        }
    }

    private OriginPool pool(Origin origin) throws TargetFailure {
        var known = pools.get(origin);
        if (known == null) {
            // At least one for each loop, or some requests would have none.
            int most = Math.max(1, limits.connectionsPerOriginMax() / loops.size());
            known = new OriginPool(origin, this, most);
            pools.put(origin, known);
        }
        return known;
    }

    @Override
    public void watch(long now) {
        // Those without connections are forgotten: what a policy templates into a URL must not fill the memory.
        pools.values().removeIf(pool -> pool.watch(now));
    }

    void close() {
        closed = true;
        loop.remove(this);
        Set.copyOf(pools.values()).forEach(OriginPool::close);
    }

    int openConnections() {
        return pools.values().stream().mapToInt(OriginPool::openConnections).sum();
    }
}
