package io.imaint.services.auth;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * This server as authenticators know it.
 *
 * @param origin where its pages are, as browsers write it: scheme, host, and a port that is not the scheme's own
 * @param id the host; passkeys are made for it and are no use for any other
 */
record RelyingParty(String origin, String id) {
    private static final String TLS = "https";
    private static final String LOCALHOST = "localhost";

    /** Four numbers, or anything with a colon, in brackets or not. */
    private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|.*:.*");

    /** The relying party whose pages are below an http or https URL. */
    static RelyingParty at(URI url) {
        var scheme = url.getScheme().toLowerCase(Locale.ROOT);
        var host = url.getHost().toLowerCase(Locale.ROOT);
        int own = scheme.equals(TLS) ? 443 : 80;
        boolean plain = url.getPort() < 0 || url.getPort() == own;
        return new RelyingParty(scheme + "://" + host + (plain ? "" : ":" + url.getPort()), host);
    }

    /** Whether browsers offer passkeys there: they need a name, and TLS or the own machine. */
    boolean usable() {
        return !ADDRESS.matcher(id).matches()
                && (origin.startsWith(TLS + ":") || id.equals(LOCALHOST) || id.endsWith("." + LOCALHOST));
    }
}
