package io.imaint.services.auth;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The {@link ProviderSession} that one of our sessions came from.
 *
 * @param id the id of our session
 * @param providerSession the provider's id of its session
 * @param sealedSignOut where a browser is sent to end it, encrypted because the address holds a token
 * @param endsAt when our session ends in any case
 */
record SessionOrigin(
        String id,
        String issuer,
        String subject,
        @Nullable String providerSession,
        @Nullable String sealedSignOut,
        Instant endsAt) {}
