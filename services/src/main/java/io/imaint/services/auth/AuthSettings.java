package io.imaint.services.auth;

import io.imaint.kernel.http.ApiSettings;
import io.imaint.kernel.settings.Secret;
import io.imaint.kernel.settings.Settings;
import io.imaint.store.StoreSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * What sign-in needs to know of its surroundings.
 *
 * @param keyFile holds the key of the secrets where {@code key} is not set
 * @param publicUrl where browsers reach the server; with https, cookies are sent over TLS only
 * @param port of the API, where browsers reach it without {@code publicUrl}
 * @param keyRotation how long a key signs tokens before the next one does
 */
public record AuthSettings(
        Path keyFile, Optional<Secret> key, Optional<URI> publicUrl, int port, Duration keyRotation) {
    private static final String KEY_FILE = "auth-key";

    public static AuthSettings read(Settings settings) {
        var file = StoreSettings.read(settings).directory().resolve(KEY_FILE);
        return new AuthSettings(
                settings.path("auth-key-file", file, "the file with the key that encrypts secrets of sign-in"),
                settings.secret("auth-key", "encrypts secrets of sign-in; the same in all processes (else a file)"),
                settings.address("public-url", "where browsers reach the server, such as https://imaint.example.com"),
                ApiSettings.read(settings).port(),
                settings.duration(
                        "signing-key-rotation",
                        Duration.ofDays(90),
                        Duration.ofDays(1),
                        Duration.ofDays(730),
                        "how long one key signs access tokens"));
    }

    /** Whether browsers reach the server over TLS. */
    public boolean secure() {
        return publicUrl.map(url -> "https".equals(url.getScheme())).orElse(false);
    }

    /**
     * This server as authenticators know it. Without an address for browsers it is for the own machine, under the name
     * that browsers take passkeys for; 127.0.0.1 is none.
     */
    RelyingParty relyingParty() {
        return RelyingParty.at(publicUrl.orElseGet(() -> URI.create("http://localhost:" + port)));
    }

    /** The issuer of access tokens. */
    String issuer() {
        return publicUrl.map(URI::toString).orElse("urn:imaintenance");
    }
}
