package io.imaint.services.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.services.user.UserCollections;
import io.imaint.store.Condition;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Goal: what works against the provider of {@link OidcIT}, which a library plays, works against a product that customers
 * run. Method: the steps of {@link OidcIT} through the pages of a Keycloak that the test starts itself.
 */
@Tag("long")
class KeycloakIT {
    private static final int PORT = OidcSystem.freePort();

    private static Keycloak keycloak;

    private OidcSystem system;

    @BeforeAll
    @Timeout(value = 10, unit = TimeUnit.MINUTES) // Longer than Keycloak takes on a busy machine.
    static void startKeycloak(@TempDir Path directory) {
        keycloak = Keycloak.start(directory, "http://127.0.0.1:" + PORT);
    }

    @AfterAll
    static void stopKeycloak() {
        if (keycloak != null) {
            keycloak.close();
        }
    }

    @BeforeEach
    void start(@TempDir Path directory) {
        system = new OidcSystem(directory, PORT, keycloak.issuer());
    }

    @AfterEach
    void stop() {
        system.close();
    }

    @Test
    void createsAUserWithTheGroupsOfTheMappingAndKnowsThemAgain() {
        var first = system.end(keycloak.signIn(system, system.begin()));
        assertThat(system.who(first)).contains("\"user\":\"ada@example.com\"", "\"technician\"");
        var second = system.end(keycloak.signIn(system, system.begin()));
        assertThat(system.who(second)).contains("\"user\":\"ada@example.com\"");
        assertThat(system.store.documents(UserCollections.USERS).count(Condition.ALL))
                .isEqualTo(1);
    }

    @Test
    void asksWithAProofThatTheProviderDemandsAndANonceThatItSendsBack() {
        var begun = system.begin();
        var unproven = system.get(begun.url().replace("code_challenge=", "no_challenge="), "");
        assertThat(OidcSystem.location(unproven)).contains("error=invalid_request");
        var otherNonce = begun.at(begun.url().replaceFirst("nonce=[^&]+", "nonce=another-nonce-of-this-length"));
        assertThat(system.end(keycloak.signIn(system, otherNonce)).statusCode()).isEqualTo(401);
        assertThat(system.store.documents(UserCollections.USERS).count(Condition.ALL))
                .isZero();
    }

    @Test
    void refusesAnotherStateAndACodeThatWasUsed() {
        var answered = keycloak.signIn(system, system.begin());
        var forged = answered.at(answered.url().replaceFirst("state=[^&]+", "state=another"));
        assertThat(system.end(forged).statusCode()).isEqualTo(401);
        assertThat(system.end(answered).statusCode()).isEqualTo(302);
        assertThat(system.end(answered).statusCode()).isEqualTo(401);
    }

    @Test
    void takesTokensOfAKeyThatTheProviderRotatedTo() {
        assertThat(system.who(system.end(keycloak.signIn(system, system.begin()))))
                .contains("ada@example.com");
        keycloak.rotateKey();
        assertThat(system.who(system.end(keycloak.signIn(system, system.begin()))))
                .contains("ada@example.com");
    }

    @Test
    void signsOutAtTheProviderTooSoThatItAsksForThePasswordAgain() {
        var signedIn = keycloak.signIn(system, system.begin());
        var out = system.call("POST", "/api/auth/sign-out", "", OidcSystem.cookies(system.end(signedIn)));
        int open = keycloak.sessions().size();
        var offered = OidcSystem.json(out).get("providerSignOut").asString();
        var there = system.get(offered, "");
        assertThat(there.statusCode()).as(there.body()).isEqualTo(302);
        assertThat(OidcSystem.location(there)).isEqualTo(system.address() + "/");
        assertThat(keycloak.sessions()).hasSize(open - 1);
    }

    @Test
    void endsTheSessionThatAnAdministratorOfTheProviderEnds() {
        var others = keycloak.sessions();
        var session = OidcSystem.cookies(system.end(keycloak.signIn(system, system.begin())));
        assertThat(system.get(system.address() + "/api/who", session).statusCode())
                .isEqualTo(200);
        var opened = new HashSet<>(keycloak.sessions());
        opened.removeAll(others);
        assertThat(opened).hasSize(1);
        keycloak.endSession(opened.iterator().next());
        assertThat(system.get(system.address() + "/api/who", session).statusCode())
                .isEqualTo(401);
    }
}
