package io.imaint.services.auth;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A user's session at a provider, in which they signed in here.
 *
 * @param subject who they are there
 * @param session the provider's id of it; null where it has none
 * @param signOut where a browser is sent to end it; null where the provider has no such place
 */
public record ProviderSession(
        String issuer,
        String subject,
        @Nullable String session,
        @Nullable URI signOut) {}
