package io.imaint.gateway.wire;

import io.netty.channel.EventLoop;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Finds the addresses of hosts. Asking waits, so it is done beside the event loops. */
final class Addresses {
    /** Shorter than the time of life of usual records. */
    private static final long KEPT_NANOS = Duration.ofSeconds(10).toNanos();

    /** Hosts whose addresses are kept; with more, all are asked anew. */
    private static final int KEPT_MAX = 1_000;

    /** Takes the addresses, or none and why. */
    interface Found {
        void found(List<InetAddress> addresses, String failure);
    }

    private record Kept(List<InetAddress> addresses, long since) {}

    private final ConcurrentMap<String, Kept> kept = new ConcurrentHashMap<>();

    /** Gives the addresses of a host on the thread of an event loop. */
    void resolve(String host, EventLoop events, Found found) {
        var literal = NetUtil.createInetAddressFromIpAddressString(host);
        if (literal != null) {
            found.found(List.of(literal), "");
            return;
        }
        var known = kept.get(host);
        if (known != null && System.nanoTime() - known.since < KEPT_NANOS) {
            found.found(known.addresses, "");
            return;
        }
        Thread.ofVirtual().name("gateway-resolve").start(() -> ask(host, events, found));
    }

    private void ask(String host, EventLoop events, Found found) {
        try {
            var addresses = List.of(InetAddress.getAllByName(host));
            if (kept.size() >= KEPT_MAX) {
                kept.clear();
            }
            kept.put(host, new Kept(addresses, System.nanoTime()));
            events.execute(() -> found.found(addresses, ""));
        } catch (UnknownHostException unknown) {
            events.execute(() -> found.found(List.of(), "the host '%s' is unknown".formatted(host)));
        }
    }
}
