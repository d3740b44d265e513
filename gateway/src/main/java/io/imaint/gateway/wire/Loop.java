package io.imaint.gateway.wire;

import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Locale;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What the connections of one event loop share; used on its thread only. */
final class Loop {
    private static final System.Logger LOG = System.getLogger(Loop.class.getName());

    /** How exact deadlines are. */
    static final Duration WATCH_PERIOD = Duration.ofMillis(200);

    /** Connections that wait with what they send; on a busy loop the first must not wait for thousands. */
    private static final int UNFLUSHED_MAX = 32;

    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT);
    private static final FastThreadLocal<Loop> CURRENT = new FastThreadLocal<>();

    final EventLoop events;
    final HeadParser parser = new HeadParser();
    final HeadWriter writer = new HeadWriter();
    private final InstantSource clock;
    private final Set<Watched> watched = new HashSet<>();
    private final Queue<Channel> unflushed = new ArrayDeque<>();
    private boolean flushing;
    private long second = -1;
    private String date = "";

    Loop(EventLoop events, InstantSource clock) {
        this.events = events;
        this.clock = clock;
    }

    /** Begins to watch. */
    @SuppressWarnings("FutureReturnValueIgnored") // It ends with the loop.
    void start() {
        events.execute(() -> CURRENT.set(this));
        long period = WATCH_PERIOD.toMillis();
        events.scheduleWithFixedDelay(this::watch, period, period, TimeUnit.MILLISECONDS);
    }

    /** That of the current thread; null on other threads. */
    static @Nullable Loop current() {
        return CURRENT.getIfExists();
    }

    /** Runs a task on this loop's thread: now, if that is the current one. */
    void run(Runnable task) {
        if (events.inEventLoop()) {
            task.run();
        } else {
            events.execute(task);
        }
    }

    /**
     * Sends what was written to a channel when the loop has handled what came in with this turn. The system calls that send then come
     * one after the other: the first wakes the process at the other end, which the next ones find awake, and waking is what costs most.
     */
    void flush(Channel channel) {
        unflushed.add(channel);
        if (unflushed.size() >= UNFLUSHED_MAX) {
            flush();
        } else if (!flushing) {
            flushing = true;
            events.execute(() -> {
                flushing = false;
                flush();
            });
        }
    }

    private void flush() {
        for (var channel = unflushed.poll(); channel != null; channel = unflushed.poll()) {
            channel.flush();
        }
    }

    void add(Watched one) {
        watched.add(one);
    }

    void remove(Watched one) {
        watched.remove(one);
    }

    private void watch() {
        long now = System.nanoTime();
        for (var one : watched.toArray(new Watched[0])) { // Those that end are removed meanwhile.
            try {
                one.watch(now);
            } catch (RuntimeException defect) { // An exception would end the watch.
                LOG.log(Level.ERROR, "the watch over a connection failed", defect);
            }
        }
    }

    /** The value of a {@code Date} header. */
    String date() {
        long now = clock.millis() / 1_000;
        if (now != second) {
            second = now;
            date = DATE.format(Instant.ofEpochSecond(now).atZone(ZoneOffset.UTC));
        }
        return date;
    }
}
