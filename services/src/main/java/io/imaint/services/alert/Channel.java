package io.imaint.services.alert;

import java.util.Locale;

/** A way in which alerts leave the app. The inbox is not one: every recipient has it. */
enum Channel {
    EMAIL,
    PUSH,
    WEBHOOK;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
