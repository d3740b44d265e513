package io.imaint.services.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A number that an authenticator signs, so that its answer is good for one request.
 *
 * @param id the challenge itself, in Base64 for URLs
 * @param user whose passkey may answer
 * @param session in which a passkey is registered; null for a sign-in
 */
record PasskeyChallenge(String id, String user, @Nullable String session, Instant endsAt) {}
