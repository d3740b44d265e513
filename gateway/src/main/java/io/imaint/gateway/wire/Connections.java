package io.imaint.gateway.wire;

import io.imaint.kernel.http.server.ServerLimits;
import io.netty.channel.Channel;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The open connections of clients, and their limits: in all and of one address.
 *
 * <p>A connection over a limit takes the place of the oldest one that has not asked for anything yet, or else of the oldest
 * that asks for nothing now, so that connections which are only held keep nobody out. Where each is at work, the new one is
 * closed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // Netty reports failures on the pipeline.
final class Connections {
    private static final System.Logger LOG = System.getLogger(Connections.class.getName());

    private final ServerLimits limits;
    private final SequencedMap<Channel, Held> open = new LinkedHashMap<>();
    private final Map<InetAddress, Integer> ofAddress = new HashMap<>();
    private volatile boolean stopping;

    /** What others see of a connection. */
    static final class Held {
        private final Channel channel;
        private final InetAddress address;
        private volatile boolean asked;
        private final AtomicInteger running = new AtomicInteger();

        private Held(Channel channel, InetAddress address) {
            this.channel = channel;
            this.address = address;
        }

        /** A request has come. Called on the connection's thread only, as {@link #ends} is. */
        void begins() {
            if (!asked) {
                asked = true;
            }
            running.setRelease(running.getPlain() + 1); // One thread writes it.
        }

        /** A request was answered. */
        void ends() {
            running.setRelease(running.getPlain() - 1);
        }

        /** Whether anything was asked for. */
        boolean asked() {
            return asked;
        }

        private boolean silent() {
            return !asked;
        }

        boolean idle() {
            return running.get() == 0;
        }
    }

    Connections(ServerLimits limits) {
        this.limits = limits;
    }

    /** Whether the server is about to end: connections close after the answer they are at. */
    boolean stopping() {
        return stopping;
    }

    /** Adds a connection; one is closed when they become too many. */
    Held add(Channel channel, InetAddress address) {
        var held = new Held(channel, address);
        channel.closeFuture().addListener(closed -> remove(channel));
        opened(held).ifPresent(victim -> victim.channel.close());
        return held;
    }

    private synchronized Optional<Held> opened(Held held) {
        open.put(held.channel, held);
        int ofSame = ofAddress.merge(held.address, 1, Integer::sum);
        boolean tooMany =
                ofSame > limits.connectionsPerAddressMax() && !limits.proxy().test(held.address);
        if (!tooMany && open.size() <= limits.connectionsMax()) {
            return Optional.empty();
        }
        var others = open.values().stream()
                .filter(other ->
                        !other.channel.equals(held.channel) && (!tooMany || other.address.equals(held.address)))
                .toList();
        var victim = Stream.<Predicate<Held>>of(Held::silent, Held::idle)
                .flatMap(dispensable -> others.stream().filter(dispensable))
                .findFirst()
                .orElse(held);
        LOG.log(
                Level.DEBUG,
                "{0} connections are open, {1} from {2}; one is closed",
                open.size(),
                ofSame,
                held.address);
        remove(victim.channel);
        return Optional.of(victim);
    }

    private synchronized void remove(Channel channel) {
        var held = open.remove(channel);
        if (held != null) {
            ofAddress.computeIfPresent(held.address, (same, count) -> count == 1 ? null : count - 1);
        }
    }

    /** No connection takes another request. */
    void stop() {
        stopping = true;
    }

    synchronized int size() {
        return open.size();
    }

    synchronized List<Channel> all() {
        return List.copyOf(open.keySet());
    }
}
