package io.imaint.kernel.telemetry;

import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.Logger;

/** The log of the process: lines for people on a terminal, one JSON object per line for machines. */
public final class Logs {
    /** Held, because the log manager forgets the level of a logger that nobody holds. */
    private static final Logger OURS = Logger.getLogger("io.imaint");

    /** Libraries that tell at INFO what our own start says better. */
    private static final List<Logger> TALKATIVE =
            List.of(Logger.getLogger("io.helidon"), Logger.getLogger("org.eclipse.jetty"));

    private Logs() {}

    /**
     * Sends all logs of the process to one stream, replacing what was configured before.
     *
     * @param json one JSON object per line, instead of text
     * @param level the lowest level that is written for our own packages; others start at INFO
     */
    public static void configure(boolean json, Level level, PrintStream out) {
        LogManager.getLogManager().reset();
        Handler handler = new LogHandler(json ? new JsonLine() : new TextLine(), out);
        Logger.getLogger("").addHandler(handler);
        Logger.getLogger("").setLevel(java.util.logging.Level.INFO);
        TALKATIVE.forEach(logger -> logger.setLevel(java.util.logging.Level.WARNING));
        OURS.setLevel(julLevel(level));
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
