package io.imaint.gateway.policy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A user, or client, and the password from a header {@code Basic …}. */
record BasicCredentials(String user, String password) {
    private static final String SCHEME = "Basic ";

    /** Those of a header; null where it has none. */
    static @Nullable BasicCredentials parsed(@Nullable String header) {
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return null;
        }
        try {
            var decoded =
                    Base64.getDecoder().decode(header.substring(SCHEME.length()).strip());
            var pair = new String(decoded, StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0 ? null : new BasicCredentials(pair.substring(0, colon), pair.substring(colon + 1));
        } catch (IllegalArgumentException broken) {
            return null;
        }
    }

    /** The value of a header. */
    String header() {
        return SCHEME + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return user + ":***";
    }
}
