package io.imaint.gateway.insight;

import io.imaint.gateway.flow.FlowContext;
import io.imaint.gateway.flow.FlowObserver;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sees every request: adds to the figures, and records those that a trace asks for. */
public final class Insight implements FlowObserver {
    /** Traces at the same time. Each looks at every request. */
    static final int SESSIONS_MAX = 10;

    /** A trace holds up what it follows, so it ends by itself. */
    static final Duration DURATION_MAX = Duration.ofMinutes(10);

    /** Requests that one trace keeps. */
    static final int RECORDS_MAX = 100;

    private final InstantSource clock;
    private final Figures figures;
    private final List<TraceSession> sessions = new CopyOnWriteArrayList<>();

    public Insight(InstantSource clock) {
        this.clock = clock;
        this.figures = new Figures(clock);
    }

    public Figures figures() {
        return figures;
    }

    /**
     * Begins to follow requests.
     *
     * @param duration is cut to ten minutes
     * @param requests how many; is cut to 100
     * @param listener gets each record as it ends, on a thread that must not wait
     * @return empty when ten traces run already
     */
    public Optional<TraceSession> trace(
            TraceFilter filter, Duration duration, int requests, Consumer<TraceRecord> listener) {
        var now = clock.instant();
        sessions.removeIf(session -> now.isAfter(session.until().plus(DURATION_MAX)));
        if (sessions().size() >= SESSIONS_MAX) {
            return Optional.empty();
        }
        while (sessions.size() >= SESSIONS_MAX) { // An ended one makes room.
            sessions.stream().filter(session -> session.isOver(now)).findFirst().ifPresent(sessions::remove);
        }
        var length = duration.compareTo(DURATION_MAX) > 0 ? DURATION_MAX : duration;
        var session = new TraceSession(
                UUID.randomUUID().toString(), filter, now.plus(length), Math.clamp(requests, 1, RECORDS_MAX), listener);
        sessions.add(session);
        return Optional.of(session);
    }

    public Optional<TraceSession> session(String id) {
        return sessions.stream().filter(session -> session.id().equals(id)).findFirst();
    }

    /** Those that still take requests. */
    public List<TraceSession> sessions() {
        var now = clock.instant();
        return sessions.stream().filter(session -> !session.isOver(now)).toList();
    }

    public void end(String id) {
        sessions.removeIf(session -> session.id().equals(id));
    }

    @Override
    public @Nullable Trace begin(FlowContext context) {
        if (sessions.isEmpty()) {
            return null;
        }
        var now = clock.instant();
        var following = sessions.stream()
                .filter(session -> !session.isOver(now) && session.filter().matches(context) && session.takes())
                .toList();
        return following.isEmpty() ? null : new Recording(following, context);
    }

    @Override
    public void finished(Outcome outcome, @Nullable Trace trace, FlowContext context) {
        figures.add(outcome);
        if (trace instanceof Recording recording) {
            var record = Optional.of(recording.finished(outcome, context));
            recording
                    .sessions()
                    .forEach(session -> session.ended(
                            record.filter(ended -> session.filter().matches(outcome, context))));
        }
    }
}
