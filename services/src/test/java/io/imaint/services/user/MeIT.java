package io.imaint.services.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.Caller;
import io.imaint.services.ApiClient;
import io.imaint.services.ServedPlant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Goal: callers see and change themselves, and nobody else. Method: the routes over HTTP, a real store. */
class MeIT {
    private static final String ME = "/api/me";

    @RegisterExtension
    final ServedPlant plant = new ServedPlant(UserService.MODULE);

    private ApiClient admin;

    @BeforeEach
    void fill() {
        Staff.fill(plant);
        admin = Staff.administrator(plant);
    }

    private ApiClient anna(String plants) {
        admin.send("POST", "/api/groups", "{\"id\": \"crew\", \"name\": \"Crew\", \"plants\": [\"2000\"]}");
        admin.send("POST", "/api/users", """
                {"id": "anna", "displayName": "Anna", "roles": ["reader"], "groups": ["crew"], "plants": [%s]}""".formatted(plants));
        admin.send("POST", "/api/users/anna/enable", null);
        Caller caller = plant.the(UserService.MODULE).caller("anna", null).orElseThrow();
        return plant.as(caller);
    }

    @Test
    void showsRolesPermissionsAndPlants() {
        var me = anna("\"1000\"").get(ME).json();
        assertThat(me.get("id").asString()).isEqualTo("anna");
        assertThat(me.get("roles").toString()).isEqualTo("[\"reader\"]");
        assertThat(me.get("permissions").toString()).isEqualTo("[\"users.read\"]");
        assertThat(me.get("plants").toString()).isEqualTo("[\"1000\",\"2000\"]");
        assertThat(me.get("language").asString()).isEqualTo("en");
    }

    @Test
    void showsTheStartPageOfTheFirstRoleThatNamesOne() {
        var anna = anna("\"1000\"");
        assertThat(anna.get(ME).json().get("startPage").isNull()).isTrue();
        var reader = Staff.role("reader", List.of("users.read"));
        plant.store()
                .documents(UserCollections.ROLES)
                .upsertAll(List.of(new Role(
                        reader.id(),
                        reader.name(),
                        reader.description(),
                        "/orders",
                        reader.secondFactor(),
                        reader.permissions(),
                        reader.machine())));
        assertThat(anna.get(ME).json().get("startPage").asString()).isEqualTo("/orders");
    }

    @Test
    void showsTheHolderOfTheAdministratorsTokenBeforeThereAreUsers() {
        var me = admin.get(ME);
        assertThat(me.status()).as(me.text()).isEqualTo(200);
        assertThat(me.json().get("displayName").asString()).isEqualTo("Administrator");
        assertThat(me.json().get("roles").toString()).isEqualTo("[\"administrator\"]");
        assertThat(me.json().get("permissions").toString()).contains("users.edit");
        assertThat(me.json().get("allPlants").asBoolean()).isTrue();
        assertThat(admin.send("PATCH", ME, "{\"language\": \"de\"}").status()).isEqualTo(404);
    }

    @Test
    void refusesWhoHasNotSignedIn() {
        assertThat(plant.anonymous().get(ME).status()).isEqualTo(401);
        assertThat(plant.anonymous().send("PATCH", ME, "{}").status()).isEqualTo(401);
    }

    @Test
    void changesLanguageTimeZoneAndShownPlantsAndNoRights() {
        var anna = anna("\"1000\"");
        var changed = anna.send(
                "PATCH", ME, "{\"language\": \"hi\", \"timeZone\": \"Asia/Kolkata\", \"shownPlants\": [\"1000\"]}");
        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        var me = anna.get(ME).json();
        assertThat(me.get("language").asString()).isEqualTo("hi");
        assertThat(me.get("timeZone").asString()).isEqualTo("Asia/Kolkata");
        assertThat(me.get("shownPlants").toString()).isEqualTo("[\"1000\"]");

        assertThat(anna.send("PATCH", ME, "{\"roles\": [\"administrator\"]}").status())
                .isEqualTo(400);
        assertThat(anna.send("PATCH", ME, "{\"timeZone\": \"Mars\"}").status()).isEqualTo(400);
    }

    @Test
    void showsNoPlantThatTheUserMayNotSee() {
        assertThat(anna("").send("PATCH", ME, "{\"shownPlants\": [\"1000\"]}").status())
                .isEqualTo(422);
    }

    @Test
    void keepsTheDirectorysAdministratorUntilSomebodyTookThePlace() {
        var users = plant.the(UserService.MODULE);
        assertThat(users.person("administrator")).isPresent();
        assertThat(users.holding("administrator")).hasSize(1);

        Staff.active(admin, "administrator", "reader");
        assertThat(users.person("administrator").orElseThrow().roles()).containsExactly("reader");
        assertThat(users.holding("administrator")).isEmpty();
    }
}
