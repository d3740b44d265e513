package io.imaint.services.auth;

import io.imaint.kernel.http.Cookie;
import java.time.Duration;

/**
 * The cookies of this server. Over TLS the prefix {@code __Host-} keeps other hosts of the domain from setting them;
 * browsers refuse it on plain http, which is for the own machine only.
 *
 * @param secure whether browsers reach the server over TLS
 */
record CookieNames(boolean secure) {
    private static final Duration DEVICE_LIFE = Duration.ofDays(365);

    String session() {
        return secure ? "__Host-imaint" : "imaint";
    }

    /** The device that a user has signed in from. */
    String device() {
        return session() + "-device";
    }

    Cookie session(String value) {
        return new Cookie(session(), value, Session.absolute(true), secure, false);
    }

    Cookie device(String value) {
        return new Cookie(device(), value, DEVICE_LIFE, secure, false);
    }

    Cookie removed(String name) {
        return new Cookie(name, "", Duration.ZERO, secure, false);
    }
}
