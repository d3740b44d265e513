package io.imaint.kernel.telemetry;

import java.util.LinkedHashMap;
import java.util.logging.Formatter;
import java.util.logging.LogRecord;
import tools.jackson.databind.json.JsonMapper;

/** A record as one JSON object on one line: time, level, logger, message, thread, requestId, exception. */
final class JsonLine extends Formatter {
    private static final JsonMapper JSON = new JsonMapper();

    @Override
    public String format(LogRecord entry) {
        var fields = new LinkedHashMap<String, String>();
        fields.put("time", entry.getInstant().toString());
        fields.put("level", LogFormat.level(entry));
        fields.put("logger", entry.getLoggerName() == null ? "" : entry.getLoggerName());
        fields.put("message", formatMessage(entry));
        fields.put("thread", Thread.currentThread().toString());
        RequestId.current().ifPresent(id -> fields.put("requestId", id));
        if (entry.getThrown() != null) {
            fields.put("exception", TextLine.trace(entry.getThrown()));
        }
        return JSON.writeValueAsString(fields) + "\n";
    }
}
