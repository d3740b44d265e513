package io.imaint.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.services.user.Role;
import io.imaint.services.user.User;
import io.imaint.services.user.UserCollections;
import io.imaint.store.Document;
import io.imaint.store.StoreService;
import io.imaint.store.StoreSettings;
import io.imaint.store.replica.Replicas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Goal: users are administered from the command line. Method: the commands over a store. */
class UserCommandsIT {
    @TempDir
    private Path folder;

    private String out = "";
    private String err = "";
    private String password = "";

    @BeforeEach
    void seed() throws IOException {
        try (var store = StoreService.open(new StoreSettings(folder, Optional.empty()))) {
            store.documents(UserCollections.ROLES).upsertAll(List.of(role(Role.ADMINISTRATOR), role("technician")));
            store.documents(Replicas.PLANTS)
                    .upsertAll(List.of(new Document().put("id", "1000").put("plant", "1000")));
        }
        password = Files.writeString(folder.resolve("password.txt"), "correct horse battery\n")
                .toString();
    }

    /** As the seed data brings it. */
    private static User invitedAdministrator() {
        return new User(
                "administrator",
                "Administrator",
                null,
                User.Status.INVITED,
                List.of(Role.ADMINISTRATOR),
                List.of(),
                true,
                List.of(),
                List.of(),
                null,
                "en",
                null,
                null,
                0,
                List.of(),
                false);
    }

    private static Role role(String id) {
        var permissions = List.of("users.read", "users.edit");
        return new Role(id, Map.of("en", id), Map.of(), null, "optional", permissions, false);
    }

    private int imaint(String... arguments) {
        var words = new ArrayList<>(List.of(arguments));
        words.addAll(List.of("--home", folder.toString()));
        var run = CommandOutput.of(words.toArray(String[]::new));
        out = run.out();
        err = run.err();
        return run.exit();
    }

    private JsonNode json() {
        return JsonMapper.shared().readTree(out);
    }

    private int create(String user, String... more) {
        var words = new ArrayList<>(List.of("users", "create", user, "--password-file", password));
        words.addAll(List.of(more));
        return imaint(words.toArray(String[]::new));
    }

    @Test
    void aUserIsCreatedWithRolesAndPlantsAndListed() {
        assertThat(create("anna", "--role", "technician", "--plant", "1000", "--display-name", "Żaneta"))
                .as(err)
                .isZero();
        assertThat(out + err).doesNotContain("correct horse");
        assertThat(imaint("users", "list", "--json")).isZero();
        assertThat(json().get(0).get("displayName").asString()).isEqualTo("Żaneta");
        assertThat(json().get(0).get("plants").toString()).isEqualTo("[\"1000\"]");
        assertThat(imaint("users")).isZero();
        assertThat(out).contains("anna", "technician", "1000");
    }

    @Test
    void anInvitedUserIsCompletedAndNobodyIsCreatedTwice() {
        try (var store = StoreService.open(new StoreSettings(folder, Optional.empty()))) {
            store.documents(UserCollections.USERS).upsertAll(List.of(invitedAdministrator()));
        }
        assertThat(create("administrator", "--role", "administrator", "--email", "a@b.c"))
                .as(err)
                .isZero();
        assertThat(imaint("users", "list", "--json")).isZero();
        assertThat(json().get(0).get("status").asString()).isEqualTo("active");
        assertThat(json().get(0).get("allPlants").asBoolean()).isTrue();
        assertThat(json().get(0).get("email").asString()).isEqualTo("a@b.c");
        assertThat(create("administrator", "--role", "administrator")).isEqualTo(1);
        assertThat(err).contains("administrator");
    }

    @Test
    void whoNeedsASecondFactorIsSaidAtOnce() {
        try (var store = StoreService.open(new StoreSettings(folder, Optional.empty()))) {
            store.documents(UserCollections.ROLES)
                    .upsertAll(List.of(new Role(
                            Role.ADMINISTRATOR,
                            Map.of("en", "Administrator"),
                            Map.of(),
                            null,
                            "required",
                            List.of("users.read", "users.edit"),
                            false)));
        }
        assertThat(create("boss", "--role", "administrator")).as(err).isZero();
        assertThat(out).isEqualTo("created boss: active\n");
        assertThat(err).contains("administrator demands a second factor", "boss", "authenticator app", "passkey");
        assertThat(create("anna", "--role", "technician")).isZero();
        assertThat(err).doesNotContain("second factor");
    }

    @Test
    void whatDoesNotExistIsNamed() {
        assertThat(create("anna", "--role", "king")).isEqualTo(1);
        assertThat(err).contains("king");
        assertThat(create("anna", "--role", "technician", "--plant", "9999")).isEqualTo(1);
        assertThat(err).contains("9999");
        assertThat(create("Anna", "--role", "technician")).isEqualTo(1);
        assertThat(imaint("users", "disable", "nobody")).isEqualTo(1);
    }

    @Test
    void wrongUseIsNotAFailure() {
        assertThat(create("anna")).isEqualTo(2);
        assertThat(create("anna", "--role", "technician", "--plant", "1000", "--all-plants"))
                .isEqualTo(2);
        assertThat(imaint("users", "create", "anna", "--role", "technician", "--password-file", "/no/such/file"))
                .isEqualTo(2);
    }

    @Test
    void theLastAdministratorStaysEnabled() {
        create("anna", "--role", "administrator");
        assertThat(imaint("users", "enable", "anna")).as(err).isZero();
        assertThat(imaint("users", "disable", "anna")).isEqualTo(1);
        assertThat(err).contains("last-administrator");
    }

    @Test
    void usersComeAndGoAsAFile() throws IOException {
        var file = folder.resolve("in.csv");
        Files.writeString(file, "id,displayName,roles\nanna,Anna,technician\nben,,\n");
        assertThat(imaint("users", "import", file.toString(), "--dry-run")).isEqualTo(1);
        assertThat(out).contains("would import: 1 created");
        assertThat(imaint("users", "import", file.toString(), "--all-or-nothing"))
                .isEqualTo(1);
        assertThat(imaint("users", "import", file.toString())).isEqualTo(1);
        assertThat(err).contains("in.csv:3: ");

        var exported = folder.resolve("out.csv");
        assertThat(imaint("users", "export", exported.toString())).as(err).isZero();
        assertThat(Files.readString(exported)).contains("anna,Anna");
        assertThat(imaint("users", "import", exported.toString(), "--json")).isZero();
        assertThat(json().get("unchanged").asInt()).isEqualTo(1);
        assertThat(imaint("users", "export", exported.toString())).isEqualTo(2);
    }

    @Test
    void rolesAreListed() {
        assertThat(imaint("roles", "list")).isZero();
        assertThat(out).contains("administrator", "technician");
        assertThat(imaint("roles", "--json")).isZero();
        assertThat(json()).hasSize(2);
    }

    @Test
    void everyCommandHasHelpWithAnExample() {
        for (var command : List.of(
                "users",
                "users list",
                "users create",
                "users disable",
                "users enable",
                "users import",
                "users export")) {
            var words = new ArrayList<>(List.of(command.split(" ", -1)));
            words.add("--help");
            assertThat(imaint(words.toArray(String[]::new))).isZero();
            assertThat(out).contains("Usage: imaint " + command).containsPattern("(?s)Example.*imaint users");
        }
    }
}
