package io.imaint.kernel.telemetry;

import java.util.logging.Level;
import java.util.logging.LogRecord;

/** The words that both kinds of log line share. */
final class LogFormat {
    private LogFormat() {}

    /** The level in the words of {@link System.Logger}, which the code uses. */
    static String level(LogRecord entry) {
        int level = entry.getLevel().intValue();
        if (level >= Level.SEVERE.intValue()) {
            return "ERROR";
        } else if (level >= Level.WARNING.intValue()) {
            return "WARNING";
        } else if (level >= Level.INFO.intValue()) {
            return "INFO";
        }
        return level >= Level.FINE.intValue() ? "DEBUG" : "TRACE";
    }

    /** The message with its line ends made visible, so that no message can forge a line of its own. */
    static String oneLine(String message) {
        return message.replace("\r", "\\r").replace("\n", "\\n");
    }
}
