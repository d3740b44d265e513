package io.imaint.kernel.telemetry;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;

/** A record as a line of text: time, level, short name of the logger, message, request id, stack trace. */
final class TextLine extends Formatter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss.SSS").withZone(ZoneId.systemDefault());

    @Override
    public String format(LogRecord entry) {
        var line = new StringBuilder()
                .append(TIME.format(entry.getInstant()))
                .append(' ')
                .append("%-7s".formatted(LogFormat.level(entry)))
                .append(' ')
                .append(shortName(entry))
                .append(": ")
                .append(LogFormat.oneLine(formatMessage(entry)));
        RequestId.current().ifPresent(id -> line.append(" [").append(id).append(']'));
        line.append(System.lineSeparator());
        if (entry.getThrown() != null) {
            line.append(trace(entry.getThrown()));
        }
        return line.toString();
    }

    static String trace(Throwable thrown) {
        var trace = new StringWriter();
        thrown.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }

    private static String shortName(LogRecord entry) {
        var name = entry.getLoggerName() == null ? "" : entry.getLoggerName();
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
