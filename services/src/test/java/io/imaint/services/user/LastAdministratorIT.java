package io.imaint.services.user;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.services.ApiClient;
import io.imaint.services.ServedPlant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Goal: no change leaves the system without an active administrator. Method: every way to lose one, over HTTP. */
class LastAdministratorIT {
    private static final String ANNA = "/api/users/anna";

    @RegisterExtension
    final ServedPlant plant = new ServedPlant(UserService.MODULE);

    private ApiClient admin;

    @BeforeEach
    void fill() {
        Staff.fill(plant);
        admin = Staff.administrator(plant);
    }

    private void refused(ApiClient.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(409);
        assertThat(answer.json().get("code").asString()).isEqualTo("last-administrator");
    }

    @Test
    void cannotBeDisabledRemovedOrLoseTheRole() {
        Staff.active(admin, "anna", "administrator");
        Staff.active(admin, "ben", "reader");

        refused(admin.send("POST", ANNA + "/disable", null));
        refused(admin.send("DELETE", ANNA, null, "If-Match", "\"2\""));
        refused(admin.send("PATCH", ANNA, "{\"roles\": [\"reader\"]}", "If-Match", "\"2\""));
        assertThat(admin.get(ANNA).json().get("status").asString()).isEqualTo("active");
    }

    @Test
    void cannotLoseTheGroupThatGivesTheRole() {
        admin.send("POST", "/api/groups", "{\"id\": \"admins\", \"name\": \"Admins\", \"roles\": [\"administrator\"]}");
        admin.send("POST", "/api/users", "{\"id\": \"anna\", \"displayName\": \"Anna\", \"groups\": [\"admins\"]}");
        admin.send("POST", ANNA + "/enable", null);

        refused(admin.send("DELETE", "/api/groups/admins", null, "If-Match", "\"1\""));
        refused(admin.send("PATCH", "/api/groups/admins", "{\"roles\": []}", "If-Match", "\"1\""));
        refused(admin.send("PATCH", ANNA, "{\"groups\": []}", "If-Match", "\"2\""));

        Staff.active(admin, "ben", "administrator");
        assertThat(admin.send("DELETE", "/api/groups/admins", null, "If-Match", "\"1\"").status())
                .isEqualTo(204);
        assertThat(admin.get(ANNA).json().get("groups")).isEmpty();
    }

    @Test
    void cannotBeDisarmedByAChangeOfTheRole() {
        Staff.active(admin, "anna", "administrator");
        refused(admin.send("DELETE", "/api/roles/administrator", null, "If-Match", "\"1\""));
        refused(admin.send(
                "PATCH", "/api/roles/administrator", "{\"permissions\": [\"users.read\"]}", "If-Match", "\"1\""));
    }

    @Test
    void mayGoWhenAnotherActiveOneStays() {
        Staff.active(admin, "anna", "administrator");
        admin.send("POST", "/api/users", Staff.user("invited", "administrator"));
        refused(admin.send("POST", ANNA + "/disable", null));
        Staff.active(admin, "ben", "administrator");
        assertThat(admin.send("POST", ANNA + "/disable", null).status()).isEqualTo(200);
    }

    @Test
    void isKeptWhenTheLastTwoAreDisabledAtOnce() throws Exception {
        Staff.active(admin, "anna", "administrator");
        Staff.active(admin, "ben", "administrator");
        try (var both = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> anna = () -> admin.send("POST", ANNA + "/disable", null).status();
            Callable<Integer> ben = () -> admin.send("POST", "/api/users/ben/disable", null).status();
            var statuses = both.invokeAll(List.of(anna, ben)).stream()
                    .map(done -> done.resultNow())
                    .toList();
            assertThat(statuses).containsExactlyInAnyOrder(200, 409);
        }
    }
}
