package io.imaint.services.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: browsers take our options, and we take their answers as they are. Method: Chromium with a virtual authenticator. */
class PasskeyBrowserIT {
    @Test
    void registersAndSignsInWithAPasskeyOfABrowser(@TempDir Path directory, @TempDir Path profile) throws IOException {
        var program = Chromium.installed();
        assumeTrue(program.isPresent(), "skipped without Chromium; install it with: apt-get install chromium");
        try (var system = AuthSystem.onOwnPort(Files.createDirectory(directory.resolve("store")));
                var browser = new Chromium(program.get(), profile, system.page() + "/health/live")) {
            var client = new PasskeyClient(system);
            var token = system.token("anna");
            browser.addAuthenticator();
            assertThat(browser.evaluate("location.origin").asString()).isEqualTo(system.page());

            var created = browser.evaluate(
                    "navigator.credentials.create({publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(%s)}).then(made => made.toJSON())"
                            .formatted(client.creation(token)));
            var registered = client.register(token, created);
            assertThat(registered.status()).as(registered + " for " + created).isEqualTo(200);

            var signed = browser.evaluate(
                    "navigator.credentials.get({publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(%s)}).then(made => made.toJSON())"
                            .formatted(client.request("anna")));
            var opened = client.signIn(signed);
            assertThat(opened.status()).as(opened + " for " + signed).isEqualTo(200);
            assertThat(opened.text("secondFactor")).isEqualTo("shown");
        }
    }
}
