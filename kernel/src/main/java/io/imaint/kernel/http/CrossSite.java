package io.imaint.kernel.http;

import java.util.Locale;
import java.util.Set;

/**
 * Tells requests of our own pages from those that another site's page makes a browser send, which would carry the
 * session's cookie too. A page of another site can neither forge {@code Sec-Fetch-Site} and {@code Origin} nor set a
 * header of its own without being allowed to.
 */
final class CrossSite {
    static final String CLIENT = "X-Imaint-Client";

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    private CrossSite() {}

    /** Whether a request that is authenticated by a cookie may have been forged. */
    static boolean suspected(Request request) {
        if (SAFE.contains(request.method())) {
            return false;
        }
        return request.header(CLIENT).isBlank() || !sameOrigin(request);
    }

    private static boolean sameOrigin(Request request) {
        var site = request.header("Sec-Fetch-Site");
        if (!site.isEmpty()) {
            return site.equals("same-origin");
        }
        var origin = request.header("Origin").toLowerCase(Locale.ROOT);
        var host = request.header("Host").toLowerCase(Locale.ROOT);
        return !host.isEmpty() && (origin.equals("http://" + host) || origin.equals("https://" + host));
    }
}
