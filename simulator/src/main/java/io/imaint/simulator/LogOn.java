package io.imaint.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.util.Base64;
import java.util.Locale;

/** Basic authentication against the one user of the simulated system. */
final class LogOn {
    private static final String SCHEME = "basic ";

    private final String user;
    private final byte[] password;

    LogOn(SimulatorSettings settings) {
        this.user = settings.user();
        this.password = settings.password().reveal().getBytes(UTF_8);
    }

    /** True when an Authorization header carries the user, in any case, and the password, in its own. */
    boolean permits(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        byte[] decoded;
        try {
            decoded = Base64.getDecoder()
                    .decode(authorization.substring(SCHEME.length()).strip());
        } catch (IllegalArgumentException refused) {
            return false;
        }
        var pair = new String(decoded, UTF_8);
        int colon = pair.indexOf(':');
        return colon >= 0
                && pair.substring(0, colon).toUpperCase(Locale.ROOT).equals(user)
                && MessageDigest.isEqual(pair.substring(colon + 1).getBytes(UTF_8), password);
    }
}
