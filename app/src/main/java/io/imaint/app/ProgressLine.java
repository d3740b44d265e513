package io.imaint.app;

import io.imaint.integration.load.LoadListener;
import io.imaint.integration.load.LoadResult;
import io.imaint.integration.load.Progress;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How loads go on, for people: on a terminal one line that is rewritten in place, and in any case a line for each
 * integration that has ended.
 */
final class ProgressLine implements LoadListener {
    private static final String CLEAR_LINE = "\r\u001b[K";

    /** What an eye can follow; more would only slow the load down. */
    private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();

    private final Terminal terminal;
    private final Map<String, Progress> running = new TreeMap<>();
    private long drawnAt;
    private boolean shown;

    ProgressLine(Terminal terminal) {
        this.terminal = terminal;
        this.drawnAt = System.nanoTime() - REDRAW_NANOS;
    }

    @Override
    public synchronized void progressed(Progress now) {
        running.put(now.name(), now);
        long moment = System.nanoTime();
        if (terminal.interactive() && moment - drawnAt >= REDRAW_NANOS) {
            drawnAt = moment;
            shown = true;
            terminal.err()
                    .print(CLEAR_LINE
                            + running.values().stream().map(ProgressLine::bar).collect(Collectors.joining("   ")));
            terminal.err().flush();
        }
    }

    @Override
    public synchronized void ended(LoadResult result) {
        running.values().removeIf(part -> part.integration().equals(result.name()));
        clear();
        terminal.note("%-22s %s".formatted(result.name(), result.line()));
    }

    synchronized void clear() {
        if (shown) {
            terminal.err().print(CLEAR_LINE);
            terminal.err().flush();
            shown = false;
        }
    }

    private static String bar(Progress progress) {
        var percent = progress.total().isPresent() && progress.total().getAsLong() > 0
                ? " %3d %%".formatted(100 * progress.rows() / progress.total().getAsLong())
                : "";
        return "%s%s (%d rows/s)".formatted(progress.line(), percent, progress.rowsPerSecond());
    }
}
