package io.imaint.services.auth;

import static io.imaint.services.auth.AuthSystem.PASSWORD;
import static io.imaint.services.auth.AuthSystem.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.services.user.User;
import io.imaint.services.user.UserCollections;
import io.imaint.store.Documents.Change;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: only who knows the password gets in, and guessing keeps nobody else out. Method: the routes over HTTP. */
class SignInIT {
    private AuthSystem system;

    @BeforeEach
    void start(@TempDir Path directory) {
        system = new AuthSystem(directory);
    }

    @AfterEach
    void stop() {
        system.close();
    }

    @Test
    void signsInAndActsWithTheRightsOfTheRole() {
        var reply = system.signIn("Anna ", PASSWORD);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(200);
        assertThat(reply.json().required("expiresIn").asInt()).isEqualTo(600);
        var notes = system.call(reply.text("accessToken"), "GET", "/api/notes", "");
        assertThat(notes.status()).as(notes.toString()).isEqualTo(200);
        assertThat(notes.text("user")).isEqualTo("anna");
        assertThat(notes.json().at("/plants/0").asString()).isEqualTo("1000");
        var keys = system.call(reply.text("accessToken"), "GET", "/api/api-keys", "");
        assertThat(keys.status()).isEqualTo(403);
        assertThat(keys.text("detail")).contains("api-keys.edit");
    }

    @Test
    void saysTheSameWhateverIsWrong() {
        system.store
                .documents(UserCollections.USERS)
                .update("bela", stored -> Change.of(stored.value().raised(User.Status.DISABLED)));
        var password = system.signIn("anna", "wrong horse 1234 x");
        var user = system.signIn("nobody", PASSWORD);
        var disabled = system.signIn("bela", PASSWORD);

        assertThat(password.status()).isEqualTo(401);
        assertThat(user.status()).isEqualTo(401);
        assertThat(disabled.status()).isEqualTo(401);
        assertThat(user.text("detail")).isEqualTo(password.text("detail")).isEqualTo(disabled.text("detail"));
        assertThat(user.text("code")).isEqualTo(password.text("code"));
    }

    @Test
    void throttlesTenThousandGuessesWhileOthersSignIn() {
        var device = system.signIn("anna", PASSWORD).cookies();
        int before = system.auth.hashesComputed();
        int throttled = 0;
        for (int guess = 0; guess < 10_000; guess++) {
            var reply = system.signIn("anna", "guess number %05d".formatted(guess));
            assertThat(reply.status()).isIn(401, 429);
            if (reply.status() == 429) {
                throttled++;
                assertThat(Integer.parseInt(reply.header("retry-after"))).isBetween(1, 901);
            }
            system.clock.advance(Duration.ofMillis(500));
        }

        assertThat(system.auth.hashesComputed() - before).isLessThan(300);
        assertThat(throttled).isGreaterThan(9_000);
        assertThat(system.signIn("bela", PASSWORD).status()).isEqualTo(200);
        assertThat(system.signIn("anna", PASSWORD, "Cookie", device).status()).isEqualTo(200);
        assertThat(system.signIn("anna", PASSWORD).status()).isEqualTo(429);
        assertThat(system.signIn("bela", "x", "Cookie", device).status()).isEqualTo(401);
    }

    @Test
    void countsAWrongPasswordThatIsRepeatedOnce() {
        int before = system.auth.hashesComputed();
        for (int i = 0; i < 50; i++) {
            assertThat(system.signIn("anna", "an old password of hers").status())
                    .isEqualTo(401);
        }
        assertThat(system.auth.hashesComputed() - before).isEqualTo(1);
        assertThat(system.signIn("anna", PASSWORD).status()).isEqualTo(200);
    }

    @Test
    void keepsATrustedCookieOfAnotherUserFromPassingTheThrottle() {
        var device = system.signIn("bela", PASSWORD).cookies();
        for (int guess = 0; guess < 10; guess++) {
            system.signIn("anna", "guess number %05d".formatted(guess));
        }
        assertThat(system.signIn("anna", PASSWORD, "Cookie", device).status()).isEqualTo(429);
    }

    @Test
    void changesThePasswordAndEndsAllSessions() {
        var token = system.token("anna");
        var fresh = "violet tractor 19 hums";
        var weak =
                system.call(token, "POST", "/api/auth/password", body("current", PASSWORD, "password", "password1234"));
        assertThat(weak.status()).isEqualTo(422);
        assertThat(weak.json().at("/errors/0/message").asString() + weak.json()).contains("guess");
        var wrong = system.call(token, "POST", "/api/auth/password", body("current", "not it", "password", fresh));
        assertThat(wrong.status()).isEqualTo(401);
        var changed = system.call(token, "POST", "/api/auth/password", body("current", PASSWORD, "password", fresh));

        assertThat(changed.status()).as(changed.toString()).isEqualTo(204);
        assertThat(system.call(token, "GET", "/api/notes", "").status()).isEqualTo(401);
        assertThat(system.signIn("anna", PASSWORD).status()).isEqualTo(401);
        assertThat(system.signIn("anna", fresh).status()).isEqualTo(200);
    }

    @Test
    void setsAPasswordByACodeOnce() {
        var token = system.token("anna");
        var made = system.call("administrator", "POST", "/api/auth/reset-codes", body("user", "anna"));
        assertThat(made.status()).as(made.toString()).isEqualTo(200);
        assertThat(system.call(token, "POST", "/api/auth/reset-codes", body("user", "bela"))
                        .status())
                .isEqualTo(403);
        var reset = body("user", "anna", "code", made.text("code"), "password", "violet tractor 19 hums");

        assertThat(system.call("", "POST", "/api/auth/password-reset", reset).status())
                .isEqualTo(204);
        assertThat(system.call("", "POST", "/api/auth/password-reset", reset).status())
                .isEqualTo(401);
        assertThat(system.call(token, "GET", "/api/notes", "").status()).isEqualTo(401);
        assertThat(system.signIn("anna", "violet tractor 19 hums").status()).isEqualTo(200);
    }

    /** Who has the code is that user. */
    @Test
    void givesResetCodesOnlyForUsersWhoHoldNoMoreThanTheCaller() {
        system.role("help-desk", "optional", "passwords.reset", "notes.read");
        system.role("boss", "optional", "notes.read", "audit.read");
        system.user("hella", "Hella Desk", "1000", "help-desk");
        system.user("carl", "Carl Boss", "1000", "boss");
        var desk = system.token("hella");

        assertThat(resetCode(desk, "anna").status()).isEqualTo(200);
        var boss = resetCode(desk, "carl");
        assertThat(boss.status()).isEqualTo(403);
        assertThat(boss.text("code")).isEqualTo("rights-not-held");
        assertThat(boss.text("detail")).contains("audit.read");
        var otherPlant = resetCode(desk, "bela");
        assertThat(otherPlant.status()).isEqualTo(403);
        assertThat(otherPlant.text("detail")).contains("plant 2000");
        assertThat(resetCode("administrator", "carl").status()).isEqualTo(200);
    }

    private AuthSystem.Reply resetCode(String token, String user) {
        return system.call(token, "POST", "/api/auth/reset-codes", body("user", user));
    }

    @Test
    void refusesAResetCodeThatIsTooOld() {
        var made = system.call("administrator", "POST", "/api/auth/reset-codes", body("user", "anna"));
        system.clock.advance(Duration.ofMinutes(31));
        var reset = body("user", "anna", "code", made.text("code"), "password", "violet tractor 19 hums");
        assertThat(system.call("", "POST", "/api/auth/password-reset", reset).status())
                .isEqualTo(401);
    }

    @Test
    void storesNoPasswordThatAnybodyCouldRead() {
        var stored = system.store
                .documents(AuthCollections.CREDENTIALS)
                .find("anna")
                .orElseThrow()
                .value()
                .password();
        assertThat(stored).isNotNull();
        assertThat(stored.hash()).startsWith("$argon2id$v=19$m=16,t=1,p=1$").doesNotContain(PASSWORD);
    }
}
