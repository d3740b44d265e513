package io.imaint.integration.inbound;

import io.imaint.integration.load.LoadListener;
import io.imaint.integration.state.RunResult;
import io.imaint.kernel.http.EventSink;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Streams the state of all integrations and its changes. The states, which show what other processes do, are read once a
 * second for all clients together. A client that reconnects first gets the current states.
 */
final class InboundEvents implements LoadListener {
    private static final Duration LOOK = Duration.ofSeconds(1);

    /** Often enough for a progress display; a load reports more often. */
    private static final Duration PROGRESS_MIN = Duration.ofMillis(250);

    private final Supplier<List<IntegrationView>> states;
    private final InstantSource clock;
    private final Set<EventSink<InboundEvent>> followers = ConcurrentHashMap.newKeySet();
    private final Map<String, Instant> progressedAt = new ConcurrentHashMap<>();
    private List<IntegrationView> seen = List.of();
    private Instant seenAt = Instant.MIN;

    InboundEvents(Supplier<List<IntegrationView>> states, InstantSource clock) {
        this.states = states;
        this.clock = clock;
    }

    /** Streams changes until the client disconnects. */
    void follow(EventSink<InboundEvent> sink) {
        var sent = new HashMap<String, IntegrationView>();
        followers.add(sink);
        try {
            do {
                sendChanges(sink, sent);
            } while (!sink.awaitEnd(LOOK));
        } finally {
            followers.remove(sink);
        }
    }

    private void sendChanges(EventSink<InboundEvent> sink, Map<String, IntegrationView> sent) {
        var now = seen();
        for (var view : now) {
            if (!view.equals(sent.put(view.name(), view))) {
                send(sink, new InboundEvent.Changed(view));
            }
        }
        var names = now.stream().map(IntegrationView::name).toList();
        for (var name : List.copyOf(sent.keySet())) {
            if (!names.contains(name)) {
                sent.remove(name);
                send(sink, new InboundEvent.Removed(name));
            }
        }
    }

    private synchronized List<IntegrationView> seen() {
        var now = clock.instant();
        if (!seenAt.plus(LOOK.dividedBy(2)).isAfter(now) || seenAt.isAfter(now)) {
            seen = states.get();
            seenAt = now;
        }
        return seen;
    }

    @Override
    public void progressed(LoadListener.Progress progress) {
        if (followers.isEmpty()) {
            return;
        }
        var now = clock.instant();
        var before = progressedAt.get(progress.name());
        if (before == null || !before.plus(PROGRESS_MIN).isAfter(now)) {
            progressedAt.put(progress.name(), now);
            toAll(InboundEvent.Progressed.of(progress));
        }
    }

    @Override
    public void ended(RunResult result) {
        progressedAt.keySet().removeIf(partition -> partition.startsWith(result.name()));
        toAll(new InboundEvent.Ended(result.name(), result.line()));
    }

    private void toAll(InboundEvent event) {
        followers.forEach(sink -> send(sink, event));
    }

    private static void send(EventSink<InboundEvent> sink, InboundEvent event) {
        sink.send("", event.event(), event);
    }
}
