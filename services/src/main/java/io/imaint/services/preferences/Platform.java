package io.imaint.services.preferences;

import java.util.Locale;

/** What the mobile app runs on; {@link #ALL} is the base of the others. */
enum Platform {
    ALL,
    ANDROID,
    IOS,
    DESKTOP;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
