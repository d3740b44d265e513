package io.imaint.services.auth;

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

/** Goal: a key allows no more than it says and its owner is allowed. Method: the routes over HTTP. */
class ApiKeysIT {
    private static final String KEYS = "/api/api-keys";

    private AuthSystem system;
    private String maker;

    @BeforeEach
    void start(@TempDir Path directory) {
        system = new AuthSystem(directory);
        system.user("kim", "Kim Lee", "1000", "key-maker");
        maker = system.token("kim");
    }

    @AfterEach
    void stop() {
        system.close();
    }

    private AuthSystem.Reply create(String more) {
        return create(maker, more, Duration.ofDays(30));
    }

    private AuthSystem.Reply create(String token, String more, Duration life) {
        var json = "{\"name\": \"scada\", \"endsAt\": \"%s\"%s}"
                .formatted(system.clock.instant().plus(life), more);
        return system.call(token, "POST", KEYS, json);
    }

    private String key(String more) {
        var made = create(more);
        assertThat(made.status()).as(made.toString()).isEqualTo(201);
        return made.text("key");
    }

    private int notes(String key) {
        return system.call(key, "GET", "/api/notes", "").status();
    }

    @Test
    void isShownOnceAndActsForItsOwner() {
        var key = key(", \"permissions\": [\"notes.read\"]");

        assertThat(key).matches("imk_[0-9a-f]+_[0-9a-f]{64}_[0-9a-f]{8}");
        assertThat(system.call(key, "GET", "/api/notes", "").text("user")).isEqualTo("kim");
        assertThat(system.call(maker, "GET", KEYS, "").json().toString())
                .contains("scada")
                .doesNotContain(key.split("_", -1)[2]);
        assertThat(system.call(key, "GET", KEYS, "").status())
                .as("not among its permissions")
                .isEqualTo(403);
        assertThat(system.call(key, "GET", "/api/auth/sessions", "").status()).isEqualTo(403);
    }

    @Test
    void endsWhenItIsRevokedAndAtItsEnd() {
        var made = create(", \"permissions\": [\"notes.read\"]");
        var other = key(", \"permissions\": [\"notes.read\"]");
        assertThat(system.call(maker, "DELETE", made.header("location"), "").status())
                .isEqualTo(204);
        assertThat(notes(made.text("key"))).isEqualTo(401);
        assertThat(system.call(maker, "DELETE", made.header("location"), "").status())
                .isEqualTo(404);
        assertThat(notes(other)).isEqualTo(200);
        system.clock.advance(Duration.ofDays(31));
        assertThat(notes(other)).isEqualTo(401);
    }

    @Test
    void losesWhatItsOwnerLoses() {
        var key = key(", \"permissions\": [\"notes.read\"]");
        system.role("key-maker", "optional", "api-keys.edit");
        assertThat(notes(key)).isEqualTo(403);
        system.store
                .documents(UserCollections.USERS)
                .update("kim", stored -> Change.of(stored.value().raised(User.Status.DISABLED)));
        assertThat(notes(key)).isEqualTo(401);
    }

    @Test
    void isGoodFromItsNetworksOnly() {
        assertThat(notes(key(", \"permissions\": [\"notes.read\"], \"networks\": [\"127.0.0.0/8\", \"::1\"]")))
                .isEqualTo(200);
        assertThat(notes(key(", \"permissions\": [\"notes.read\"], \"networks\": [\"10.0.0.0/8\"]")))
                .isEqualTo(401);
    }

    @Test
    void givesNobodyMoreThanTheyHave() {
        for (var more : new String[] {
            ", \"permissions\": [\"users.edit\"]",
            ", \"permissions\": [\"nonsense\"]",
            ", \"permissions\": [\"notes.read\"], \"plants\": [\"2000\"]",
            ", \"permissions\": [\"notes.read\"], \"owner\": \"bela\"",
            ", \"permissions\": [\"notes.read\"], \"owner\": \"nobody\"",
            ", \"permissions\": [\"notes.read\"], \"networks\": [\"example.com\"]",
        }) {
            assertThat(create(more).status()).as(more).isEqualTo(422);
        }
        assertThat(create(maker, ", \"permissions\": [\"notes.read\"]", Duration.ofDays(400))
                        .status())
                .isEqualTo(422);
        assertThat(create(system.token("anna"), ", \"permissions\": [\"notes.read\"]", Duration.ofDays(1))
                        .status())
                .isEqualTo(403);
    }

    @Test
    void refusesKeysWithAChangedCharacter() {
        var key = key(", \"permissions\": [\"notes.read\"]");
        for (int i = 0; i < key.length(); i += 7) {
            var changed = key.substring(0, i) + (key.charAt(i) == '0' ? '1' : '0') + key.substring(i + 1);
            assertThat(notes(changed)).isEqualTo(401);
        }
    }
}
