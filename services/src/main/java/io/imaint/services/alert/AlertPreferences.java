package io.imaint.services.alert;

import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one user wants to be informed.
 *
 * @param zone of the quiet hours; null takes the one in the settings
 * @param channels beside the inbox; a rule uses those of them that it names
 * @param email null takes the address in the directory
 */
record AlertPreferences(
        String user,
        String language,
        @Nullable String zone,
        List<Channel> channels,
        @Nullable QuietHours quietHours,
        @Nullable String email) {
    /** What holds for who has chosen nothing. */
    static AlertPreferences standard(String user) {
        return new AlertPreferences(user, AlertString.FALLBACK, null, List.of(Channel.EMAIL, Channel.PUSH), null, null);
    }

    ZoneId zoneOr(ZoneId standard) {
        return zone == null ? standard : ZoneId.of(zone);
    }
}
