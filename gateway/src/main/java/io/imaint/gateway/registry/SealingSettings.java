package io.imaint.gateway.registry;

import io.imaint.kernel.sealing.SealingKey;
import io.imaint.kernel.settings.Secret;
import io.imaint.kernel.settings.Settings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;

/**
 * Where the key of the gateway's secrets is.
 *
 * @param key empty for the one in the file
 * @param previous while the key is being exchanged, the one before
 */
public record SealingSettings(Optional<Secret> key, Optional<Secret> previous, Path file) {
    public static SealingSettings read(Settings settings) {
        var home = settings.path("home", Path.of(System.getProperty("user.home"), ".imaint"), "the data directory");
        return new SealingSettings(
                settings.secret(
                        "gateway-key",
                        "encrypts passwords, key value maps and private keys of the gateway; when not set, a key is made in the"
                                + " data directory"),
                settings.secret(
                        "gateway-key-previous", "the key before, while secrets are sealed anew with gateway-key"),
                home.resolve("gateway-key"));
    }

    /** Fails with {@link RegistryProblem#GATEWAY_KEY_UNUSABLE} when a key is too short or the file can't be read. */
    public Sealing sealing(SecureRandom random) {
        return new Sealing(
                SealingKey.of(key, file, random, RegistryProblem.GATEWAY_KEY_UNUSABLE),
                previous.map(secret -> new SealingKey(secret.reveal(), random, RegistryProblem.GATEWAY_KEY_UNUSABLE)));
    }
}
