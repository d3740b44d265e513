package io.imaint.kernel.telemetry;

import io.imaint.kernel.settings.Settings;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * How the process logs.
 *
 * @param json JSON or text; empty to write text on a terminal and JSON elsewhere
 * @param level the lowest level that is written
 */
public record LogSettings(Optional<Boolean> json, Level level) {
    public static LogSettings read(Settings settings) {
        var format = settings.choice(
                "log-format",
                List.of("auto", "json", "text"),
                "auto",
                "format of log records; auto is text on a terminal and JSON elsewhere");
        var level = settings.choice(
                "log-level", List.of("debug", "info", "warning", "error"), "info", "lowest level that is logged");
        return new LogSettings(
                format.equals("auto") ? Optional.empty() : Optional.of(format.equals("json")),
                Level.valueOf(level.toUpperCase(Locale.ROOT)));
    }
}
