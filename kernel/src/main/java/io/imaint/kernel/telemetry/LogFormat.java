package io.imaint.kernel.telemetry;

import java.util.logging.Level;
import java.util.logging.LogRecord;

/** The parts that both log formats share. */
final class LogFormat {
    private LogFormat() {}

    /** The level by its name in {@link System.Logger}. */
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

    /** The message with escaped line ends, so that no message can forge a record. */
    static String oneLine(String message) {
        return message.replace("\r", "\\r").replace("\n", "\\n");
    }
}
