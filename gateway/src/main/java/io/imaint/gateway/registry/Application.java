package io.imaint.gateway.registry;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What calls proxies in the name of a developer.
 *
 * @param id an UUID
 * @param developer the e-mail address
 * @param callbackUrl where authorization codes go; empty for none
 */
public record Application(
        String id,
        String name,
        String title,
        String developer,
        String callbackUrl,
        Status status,
        List<Credential> credentials,
        Map<String, String> attributes) {
    /** The same with other keys. */
    public Application with(List<Credential> others) {
        return new Application(id, name, title, developer, callbackUrl, status, List.copyOf(others), attributes);
    }

    /** The same, approved or revoked. */
    public Application with(Status other) {
        return new Application(id, name, title, developer, callbackUrl, other, credentials, attributes);
    }

    /** Whether something may be used. */
    public enum Status {
        APPROVED,
        PENDING,
        REVOKED
    }

    /**
     * A key and its secret; neither is kept.
     *
     * @param keyHash the SHA-256 of the key, in Base64 URL without padding; its id
     * @param keyHint the first four characters of the key, by which its owner knows it
     * @param secretHash likewise of the secret
     * @param products what it may call, and whether each is approved
     */
    public record Credential(
            String keyHash,
            String keyHint,
            String secretHash,
            Status status,
            Instant issuedAt,
            Optional<Instant> expiresAt,
            Map<String, Status> products) {}
}
