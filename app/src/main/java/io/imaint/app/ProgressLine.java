package io.imaint.app;

import io.imaint.integration.load.LoadListener;
import io.imaint.integration.state.RunResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The progress of loads: on a terminal one line that is rewritten in place, and everywhere a line for each integration
 * that ended. A failure that many integrations share is printed once; {@link #summary} counts it.
 */
final class ProgressLine implements LoadListener {
    private static final String CLEAR_LINE = "\r\u001b[K";

    /** What an eye can follow; more would only slow the load down. */
    private static final long REDRAW_NANOS = Duration.ofMillis(100).toNanos();

    private final Terminal terminal;
    private final Map<String, LoadListener.Progress> running = new TreeMap<>();
    private final Map<String, List<String>> unfinished = new LinkedHashMap<>();
    private int ended;
    private long drawnAt;
    private boolean shown;

    ProgressLine(Terminal terminal) {
        this.terminal = terminal;
        this.drawnAt = System.nanoTime() - REDRAW_NANOS;
    }

    @Override
    public synchronized void progressed(LoadListener.Progress now) {
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
    public synchronized void ended(RunResult result) {
        running.values().removeIf(part -> part.integration().equals(result.name()));
        clear();
        ended++;
        var kind = kind(result);
        if (kind.isEmpty()) {
            terminal.note("%-24s %s".formatted(result.name(), result.line()));
            return;
        }
        var names = unfinished.computeIfAbsent(kind, first -> new ArrayList<>());
        if (names.isEmpty()) {
            terminal.note("%-24s %s".formatted(result.name(), result.line()));
        }
        names.add(result.name());
    }

    /** What results that are not loads have in common; empty for a load. */
    private static String kind(RunResult result) {
        return switch (result) {
            case RunResult.Done done -> "";
            case RunResult.Failed failed -> failed.failure().code().slug();
            case RunResult.Cancelled stopped -> "stopped";
            case RunResult.RunningElsewhere elsewhere -> "running elsewhere";
            case RunResult.NotStarted notStarted -> "not started";
        };
    }

    /** How many integrations were not loaded, and which, for each reason; empty when all were loaded. */
    synchronized List<String> summary() {
        if (unfinished.isEmpty()) {
            return List.of();
        }
        var lines = new ArrayList<String>();
        lines.add("%d of %d integrations were not loaded; `imaint integrations` shows each reason."
                .formatted(unfinished.values().stream().mapToInt(List::size).sum(), ended));
        unfinished.forEach((kind, names) -> lines.addAll(
                TextTable.wrapped("%s (%d): %s".formatted(kind, names.size(), String.join(", ", names)), "  ")));
        return lines;
    }

    synchronized void clear() {
        if (shown) {
            terminal.err().print(CLEAR_LINE);
            terminal.err().flush();
            shown = false;
        }
    }

    private static String bar(LoadListener.Progress progress) {
        var percent = progress.total().isPresent() && progress.total().getAsLong() > 0
                ? " %3d %%".formatted(100 * progress.rows() / progress.total().getAsLong())
                : "";
        return "%s%s (%d rows/s)".formatted(progress.line(), percent, progress.rowsPerSecond());
    }
}
