package io.imaint.gateway.registry;

import io.imaint.kernel.problem.Failure;
import io.imaint.kernel.sealing.SealingKey;
import io.imaint.kernel.settings.Secret;
import java.util.Optional;

/**
 * Encrypts the secrets that the gateway keeps. While the key is exchanged there are two: new secrets are sealed by the first
 * one, and what the one before has sealed can still be opened.
 *
 * @param previous empty unless the key is being exchanged
 */
public record Sealing(SealingKey key, Optional<SealingKey> previous) {
    public Sealing(SealingKey key) {
        this(key, Optional.empty());
    }

    /** @param owner the record and the field; a sealed text is opened there only */
    String seal(String owner, Secret secret) {
        return key.seal(owner, secret.reveal());
    }

    /** Fails with {@link RegistryProblem#GATEWAY_KEY_UNUSABLE} when neither key has sealed it. */
    Secret open(String owner, String sealed) {
        try {
            return new Secret(key.open(owner, sealed));
        } catch (Failure other) {
            return previous.map(before -> new Secret(before.open(owner, sealed)))
                    .orElseThrow(() -> other);
        }
    }

    /** Whether the present key has sealed it. */
    boolean current(String owner, String sealed) {
        try {
            var unused = key.open(owner, sealed);
            return true;
        } catch (Failure other) {
            return false;
        }
    }
}
