package io.imaint.gateway.registry;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An access token, a refresh token or an authorization code. The token itself is not kept.
 *
 * @param hash the SHA-256 of the token, in Base64 URL without padding; the key
 * @param kind what it is
 * @param keyHash of the application's key
 * @param grantType such as {@code client_credentials}
 * @param user the end user whom the application acts for; empty for none
 * @param expiresAt empty for never
 * @param refreshHash of the refresh token that belongs to it; empty for none
 * @param redirectUri that came with the request for an authorization code
 * @param refreshCount how often it was refreshed
 */
public record AccessToken(
        String hash,
        Kind kind,
        String keyHash,
        String applicationId,
        List<String> products,
        List<String> scopes,
        String grantType,
        String user,
        Instant issuedAt,
        Optional<Instant> expiresAt,
        Optional<String> refreshHash,
        String redirectUri,
        int refreshCount,
        Application.Status status,
        Map<String, String> attributes) {
    /** The same, approved or revoked. */
    public AccessToken with(Application.Status changed) {
        return changed(refreshCount, changed, attributes);
    }

    /** The same with other attributes. */
    public AccessToken with(Map<String, String> changed) {
        return changed(refreshCount, status, Map.copyOf(changed));
    }

    /** The same, refreshed once more. */
    public AccessToken refreshed() {
        return changed(refreshCount + 1, status, attributes);
    }

    private AccessToken changed(int refreshes, Application.Status now, Map<String, String> described) {
        return new AccessToken(
                hash,
                kind,
                keyHash,
                applicationId,
                products,
                scopes,
                grantType,
                user,
                issuedAt,
                expiresAt,
                refreshHash,
                redirectUri,
                refreshes,
                now,
                described);
    }

    /** What a token is for. */
    public enum Kind {
        ACCESS,
        REFRESH,
        CODE
    }
}
