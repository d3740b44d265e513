package io.imaint.kernel.telemetry;

import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** The log of the process: lines of text for people, or one JSON object per line for machines. */
public final class Logs {
    /** Held, because the log manager forgets the level of a logger that nobody holds. */
    private static final Logger OURS = Logger.getLogger("io.imaint");

    /** Libraries that tell at INFO what our own start says better. */
    private static final List<Logger> TALKATIVE = List.of(
            Logger.getLogger("io.helidon"),
            Logger.getLogger("org.eclipse.jetty"),
            Logger.getLogger("org.mongodb.driver"));

    private Logs() {}

    /**
     * Sends all logs of the process to the given handlers, replacing what was configured before. Without a handler
     * nothing is logged.
     *
     * @param level the lowest level that is written for our own packages; others start at INFO
     */
    public static void configure(Level level, Handler... handlers) {
        LogManager.getLogManager().reset();
        for (var handler : handlers) {
            Logger.getLogger("").addHandler(handler);
        }
        Logger.getLogger("").setLevel(java.util.logging.Level.INFO);
        TALKATIVE.forEach(logger -> logger.setLevel(java.util.logging.Level.WARNING));
        OURS.setLevel(julLevel(level));
    }

    /** A handler that writes to a stream. */
    public static Handler to(PrintStream out, boolean json) {
        return new LogHandler(formatter(json), out);
    }

    /** A handler that appends to a file, created with its directory at the first record, and rotates it by size. */
    public static Handler to(Path file, boolean json) {
        return new LogFile(formatter(json), file);
    }

    private static Formatter formatter(boolean json) {
        return json ? new JsonLine() : new TextLine();
    }

    private static java.util.logging.Level julLevel(Level level) {
        return switch (level) {
            case ALL -> java.util.logging.Level.ALL;
            case TRACE -> java.util.logging.Level.FINER;
            case DEBUG -> java.util.logging.Level.FINE;
            case INFO -> java.util.logging.Level.INFO;
            case WARNING -> java.util.logging.Level.WARNING;
            case ERROR -> java.util.logging.Level.SEVERE;
            case OFF -> java.util.logging.Level.OFF;
        };
    }
}
