package io.imaint.services.alert;

import java.util.Locale;

/** How urgent an alert is. A critical one passes quiet hours. */
enum Severity {
    INFO,
    WARNING,
    CRITICAL;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
