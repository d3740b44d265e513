package io.imaint.kernel.telemetry;

import java.io.PrintStream;
import java.util.logging.Formatter;
import java.util.logging.Handler;
import java.util.logging.LogRecord;

/** Writes each record to a stream in one call. */
final class LogHandler extends Handler {
    private final PrintStream out;

    LogHandler(Formatter line, PrintStream out) {
        this.out = out;
        setFormatter(line);
    }

    @Override
    public void publish(LogRecord entry) {
        if (isLoggable(entry)) {
            // One call per record: PrintStream writes it under its own lock, so lines of two threads never mix.
            out.print(getFormatter().format(entry));
        }
    }

    @Override
    public void flush() {
        out.flush();
    }

    @Override
    public void close() {
        flush();
    }
}
