package io.imaint.services.auth;

import static io.imaint.services.auth.AuthSystem.PASSWORD;
import static io.imaint.services.auth.AuthSystem.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.services.auth.AuthSystem.Reply;
import io.imaint.services.user.Role;
import io.imaint.services.user.User;
import io.imaint.services.user.UserCollections;
import io.imaint.store.Condition;
import io.imaint.store.Documents.Change;
import io.imaint.store.Query;
import io.imaint.store.StoredFact;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: who reads the terminal makes one administrator, and nobody else does. Method: the routes over HTTP. */
class FirstRunIT {
    private AuthSystem system;

    @BeforeEach
    void start(@TempDir Path directory) {
        system = new AuthSystem(directory);
        system.role(
                Role.ADMINISTRATOR,
                "optional",
                "notes.read",
                "users.read",
                "users.edit",
                "roles.read",
                "roles.edit",
                "groups.read",
                "groups.edit");
    }

    @AfterEach
    void stop() {
        system.close();
    }

    private String code() {
        return system.auth.firstRun().open().orElseThrow().code();
    }

    private Reply make(String code, String user, String password) {
        return system.call("", "POST", "/api/first-run", body("code", code, "user", user, "password", password));
    }

    private boolean needed() {
        return system.call("", "GET", "/api/first-run", "")
                .json()
                .required("needed")
                .asBoolean();
    }

    private List<User> administrators() {
        return system.store.documents(UserCollections.USERS).list(Query.where(Condition.ALL)).values().stream()
                .filter(user -> user.roles().contains(Role.ADMINISTRATOR))
                .toList();
    }

    @Test
    void makesTheFirstAdministratorWhoThenSignsIn() {
        assertThat(needed()).isTrue();
        var made = make(code(), " Carla ", PASSWORD);
        assertThat(made.status()).as(made.toString()).isEqualTo(204);
        assertThat(needed()).isFalse();
        assertThat(system.signIn("carla", PASSWORD).status()).isEqualTo(200);
        assertThat(administrators()).hasSize(1).first().satisfies(user -> {
            assertThat(user.status()).isEqualTo(User.Status.ACTIVE);
            assertThat(user.allPlants()).isTrue();
        });
    }

    @Test
    void completesTheInvitationOfTheSeedData() {
        system.user("administrator", "Administrator", "1000", Role.ADMINISTRATOR);
        system.store
                .documents(UserCollections.USERS)
                .update("administrator", stored -> Change.of(stored.value().raised(User.Status.INVITED)));
        assertThat(needed()).isTrue();
        assertThat(make(code(), "administrator", PASSWORD).status()).isEqualTo(204);
        assertThat(administrators()).hasSize(1);
    }

    @Test
    void takesACodeOnce() {
        var code = code();
        assertThat(make(code, "carla", PASSWORD).status()).isEqualTo(204);
        var again = make(code, "mallory", PASSWORD);
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("code")).isEqualTo("first-run-over");
        assertThat(system.auth.firstRun().open()).isEmpty();
        assertThat(administrators()).hasSize(1);
    }

    @Test
    void takesOnlyTheNewestCodeAndForAnHour() {
        var old = code();
        var code = code();
        assertThat(make(old, "carla", PASSWORD).text("code")).isEqualTo("first-run-code-invalid");
        assertThat(make("x", "carla", PASSWORD).status()).isEqualTo(401);
        system.clock.advance(Duration.ofMinutes(61));
        assertThat(make(code, "carla", PASSWORD).status()).isEqualTo(401);
        assertThat(administrators()).isEmpty();
        assertThat(needed()).isTrue();
    }

    @Test
    void isOverWhenAnAdministratorCameInAnotherWay() {
        var code = code();
        system.user("carla", "Carla", "1000", Role.ADMINISTRATOR);
        assertThat(make(code, "mallory", PASSWORD).status()).isEqualTo(409);
        system.store
                .documents(UserCollections.USERS)
                .update("carla", stored -> Change.of(stored.value().raised(User.Status.DISABLED)));
        assertThat(make(code, "mallory", PASSWORD).status()).isEqualTo(409);
    }

    @Test
    void aRefusedUserOrPasswordLeavesTheCodeGood() {
        var code = code();
        assertThat(make(code, "carla", "short").text("code")).isEqualTo("password-weak");
        assertThat(make(code, "no such name!", PASSWORD).status()).isEqualTo(400);
        assertThat(make(code, "anna", PASSWORD).text("code")).isEqualTo("id-taken");
        for (int i = 0; i < 6; i++) { // Who has the code is not slowed down by what is wrong beside it.
            assertThat(make(code, "carla", "short").status()).isEqualTo(422);
        }
        assertThat(make(code, "carla", PASSWORD).status()).isEqualTo(204);
    }

    @Test
    void guessingIsSlowedDown() {
        var code = code();
        for (int i = 0; i < 5; i++) {
            assertThat(make("guess-" + i, "mallory", PASSWORD).status()).isEqualTo(401);
        }
        var throttled = make(code, "carla", PASSWORD);
        assertThat(throttled.status()).isEqualTo(429);
        assertThat(throttled.text("code")).isEqualTo("sign-in-throttled");
        system.clock.advance(Duration.ofMinutes(1));
        assertThat(make(code, "carla", PASSWORD).status()).isEqualTo(204);
    }

    @Test
    void ofSeveralAtTheSameMomentOneIsMade() throws Exception {
        var code = code();
        try (var senders = Executors.newVirtualThreadPerTaskExecutor()) {
            var sent = senders.invokeAll(List.<Callable<Integer>>of(
                    () -> make(code, "carla", PASSWORD).status(),
                    () -> make(code, "dora", PASSWORD).status(),
                    () -> make(code, "emil", PASSWORD).status(),
                    () -> make(code, "carla", PASSWORD).status()));
            var statuses = new ArrayList<Integer>();
            for (var one : sent) {
                statuses.add(one.get());
            }
            assertThat(statuses).containsOnlyOnce(204);
        }
        assertThat(administrators()).hasSize(1);
    }

    @Test
    void theTrailHasWhatHappenedButNoCode() {
        var code = code();
        assertThat(make(code, "carla", PASSWORD).status()).isEqualTo(204);
        var facts = system.store.facts().after(0, 1_000);
        assertThat(facts)
                .filteredOn(
                        fact -> fact.collection().equals("User") && fact.key().equals("carla"))
                .isNotEmpty()
                .allSatisfy(fact -> assertThat(fact.by().id()).isEqualTo("system:first-run"))
                .anySatisfy(fact -> assertThat(fact.by().address()).isNotEmpty());
        assertThat(facts.stream().map(StoredFact::data).map(Object::toString))
                .noneMatch(data -> data.contains(code) || data.contains(RandomTokens.hash(code)));
        assertThat(system.store.documents(FirstRun.TYPE).find("setup")).isEmpty();
    }
}
