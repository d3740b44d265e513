package io.imaint.services.auth;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One user at one device, from the sign-in until it ends. A browser proves it by a cookie, an app by refresh tokens.
 *
 * @param device what the client calls itself
 * @param factors how the user proved who they are, as RFC 8176 writes it: {@code pwd}, {@code otp}, {@code pop}
 * @param enrolling whether a role demands a second factor that the user has yet to set up; nothing else is allowed until
 *     then
 * @param secretHash of the cookie or the newest refresh token
 * @param previousHash of the refresh token before; null before the first rotation
 * @param sealedSuccessor the newest refresh token's secret, which only the previous token opens
 * @param rotatedAt when the newest refresh token was given out
 * @param idleEnd when it ends unless it is used; {@code absoluteEnd} when it ends in any case
 * @param endsAt the earlier of the two
 */
record Session(
        String id,
        String user,
        String device,
        boolean browser,
        List<String> factors,
        boolean enrolling,
        String secretHash,
        @Nullable String previousHash,
        @Nullable String sealedSuccessor,
        Instant signedInAt,
        Instant rotatedAt,
        Instant idleEnd,
        Instant absoluteEnd,
        Instant endsAt) {
    Session {
        factors = List.copyOf(factors);
    }

    /** Phones are used for weeks without a network; browsers stand in halls where many people pass. */
    static Duration idle(boolean browser) {
        return browser ? Duration.ofHours(12) : Duration.ofDays(14);
    }

    static Duration absolute(boolean browser) {
        return browser ? Duration.ofDays(7) : Duration.ofDays(90);
    }

    /** This session with another refresh token. */
    Session rotated(String nextHash, String sealed, Instant now) {
        var idle = now.plus(idle(browser));
        return new Session(
                id,
                user,
                device,
                browser,
                factors,
                enrolling,
                nextHash,
                secretHash,
                sealed,
                signedInAt,
                now,
                idle,
                absoluteEnd,
                idle.isBefore(absoluteEnd) ? idle : absoluteEnd);
    }

    /** This session, used just now. */
    Session used(Instant now) {
        var idle = now.plus(idle(browser));
        return new Session(
                id,
                user,
                device,
                browser,
                factors,
                enrolling,
                secretHash,
                previousHash,
                sealedSuccessor,
                signedInAt,
                rotatedAt,
                idle,
                absoluteEnd,
                idle.isBefore(absoluteEnd) ? idle : absoluteEnd);
    }

    /** This session after the user has shown a second factor. */
    Session confirmed(List<String> shown) {
        return new Session(
                id,
                user,
                device,
                browser,
                shown,
                false,
                secretHash,
                previousHash,
                sealedSuccessor,
                signedInAt,
                rotatedAt,
                idleEnd,
                absoluteEnd,
                endsAt);
    }

    boolean open(Instant now) {
        return now.isBefore(endsAt);
    }
}
