package io.imaint.simulator.basis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.Optional;

/** A user and a password, as a header of basic authentication carries them. */
record Credentials(String user, String password) {
    private static final String SCHEME = "basic ";

    /** SAP's longest password has 40 characters; each may take 4 bytes, and a few more do no harm. */
    private static final int HEADER_LENGTH_MAX = 1024;

    /** Empty for a header of another scheme or form. */
    static Optional<Credentials> of(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                || authorization.length() > HEADER_LENGTH_MAX) {
            return Optional.empty();
        }
        byte[] decoded;
        try {
            decoded = Base64.getDecoder()
                    .decode(authorization.substring(SCHEME.length()).strip());
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
        var pair = new String(decoded, UTF_8);
        int colon = pair.indexOf(':');
        return colon < 0
                ? Optional.empty()
                : Optional.of(new Credentials(Account.name(pair.substring(0, colon)), pair.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return user + ":***";
    }
}
