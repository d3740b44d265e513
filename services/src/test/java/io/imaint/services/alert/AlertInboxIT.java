package io.imaint.services.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.PlantScope;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goal: an alert reaches whom it should, nobody else, and is taken care of once. Method: facts in, HTTP out. */
class AlertInboxIT {
    private AlertSystem system;

    @BeforeEach
    void start(@TempDir Path directory) {
        system = new AlertSystem(directory);
    }

    @AfterEach
    void stop() {
        system.close();
    }

    @Test
    void reachesUsersAndHoldersOfRoles() {
        system.rule("\"users\": [\"clara\"], \"roles\": [\"technician\"]");
        system.fail("1000", "hot");

        for (var user : new String[] {"anna", "anton", "clara"}) {
            system.awaitAlerts(user, 1);
        }
        assertThat(system.inbox("administrator")).isEmpty();
    }

    @Test
    void reachesTheUserWhomTheFactNames() {
        system.rule("\"userField\": \"reportedBy\"");
        system.fail("1000", "hot", 1, "anton");

        system.awaitAlerts("anton", 1);
        assertThat(system.inbox("anna")).isEmpty();
    }

    @Test
    void reachesNobodyWhoDoesNotSeeThePlant() {
        system.rule("\"users\": [\"bela\", \"clara\"], \"roles\": [\"technician\"], \"userField\": \"reportedBy\"");
        system.fail("1000", "hot", 1, "bela");

        system.awaitAlerts("clara", 1);
        assertThat(system.inbox("bela")).isEmpty();
    }

    @Test
    void reachesOnlyWhoSeesEverythingWhenAFactHasNoPlant() {
        system.rule("\"users\": [\"anna\", \"administrator\"]");
        system.fail(null, "hot", 1, "");

        system.awaitAlerts("administrator", 1);
        assertThat(system.inbox("anna")).isEmpty();
    }

    @Test
    void hidesAlertsOfAPlantThatTheUserNoLongerSees() {
        system.rule("\"users\": [\"anna\"]");
        system.fail("1000", "hot");
        var id = onlyAlert("anna");

        system.crew.move("anna", PlantScope.of("2000"));

        assertThat(system.inbox("anna")).isEmpty();
        assertThat(system.call("anna", "GET", "/api/alerts", "")
                        .json()
                        .get("total")
                        .asLong())
                .isZero();
        assertThat(act("anna", id, "acknowledge")).isEqualTo(404);
    }

    @Test
    void appliesARuleToItsPlantsAndConditionsOnly() {
        system.rule("\"users\": [\"clara\"], \"plants\": [\"1000\"],"
                + "\"conditions\": [{\"field\": \"severity\", \"operator\": \"at-least\", \"values\": [\"3\"]}]");
        system.fail("1000", "mild", 2, "");
        system.fail("2000", "elsewhere", 5, "");
        system.fail("1000", "bad", 3, "");

        system.awaitAlerts("clara", 1);
        assertThat(system.inbox("clara").getFirst().get("body").asString()).contains("M000003");
    }

    @Test
    void isTakenOnByOneForAll() {
        system.rule("\"roles\": [\"technician\", \"supervisor\"]");
        system.fail("1000", "hot");
        var id = onlyAlert("anna");
        system.awaitAlerts("clara", 1);

        assertThat(act("anna", id, "acknowledge")).isEqualTo(200);

        assertThat(state("anna")).isEqualTo("acknowledged");
        AlertSystem.eventually().untilAsserted(() -> assertThat(state("clara")).isEqualTo("acknowledged"));
        assertThat(system.inbox("clara").getFirst().get("handledBy").asString()).isEqualTo("anna");
        assertThat(act("clara", id, "acknowledge")).as("again").isEqualTo(200);
        assertThat(system.inbox("clara").getFirst().get("handledBy").asString()).isEqualTo("anna");
    }

    @Test
    void isReadByEachForThemselves() {
        system.rule("\"roles\": [\"technician\"]");
        system.fail("1000", "hot");
        var id = onlyAlert("anna");
        system.awaitAlerts("anton", 1);

        assertThat(act("anna", id, "read")).isEqualTo(200);

        assertThat(state("anna")).isEqualTo("read");
        assertThat(state("anton")).isEqualTo("open");
    }

    @Test
    void comesBackWhenASnoozeEnds() {
        system.rule("\"users\": [\"anna\"]");
        system.fail("1000", "hot");
        var id = onlyAlert("anna");
        var until = system.clock.instant().plus(Duration.ofHours(1));
        var snoozed =
                system.call("anna", "POST", "/api/alerts/" + id + "/snooze", "{\"until\": \"%s\"}".formatted(until));
        assertThat(snoozed.json().get("state").asString())
                .as(snoozed.toString())
                .isEqualTo("snoozed");

        system.clock.advance(Duration.ofMinutes(61));

        AlertSystem.eventually().untilAsserted(() -> assertThat(state("anna")).isEqualTo("open"));
    }

    @Test
    void snoozesForNoTimeThatIsOverOrFarAway() {
        system.rule("\"users\": [\"anna\"]");
        system.fail("1000", "hot");
        var path = "/api/alerts/" + onlyAlert("anna") + "/snooze";
        for (var until : new String[] {"2020-01-01T00:00:00Z", "2999-01-01T00:00:00Z"}) {
            assertThat(system.call("anna", "POST", path, "{\"until\": \"%s\"}".formatted(until))
                            .status())
                    .isEqualTo(409);
        }
    }

    @Test
    void refusesWhatTheTableForbids() {
        system.rule("\"users\": [\"anna\"]");
        system.fail("1000", "hot");
        var id = onlyAlert("anna");
        assertThat(act("anna", id, "close")).isEqualTo(200);

        var refused = system.call("anna", "POST", "/api/alerts/" + id + "/acknowledge", "");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().get("code").asString()).isEqualTo("alert-transition-refused");
        assertThat(act("anna", id, "close")).as("again").isEqualTo(200);
    }

    @Test
    void knowsNoAlertOfSomebodyElse() {
        system.rule("\"users\": [\"anna\"]");
        system.fail("1000", "hot");
        var id = onlyAlert("anna");

        assertThat(system.call("anton", "GET", "/api/alerts/" + id, "").status())
                .isEqualTo(404);
        for (var action : new String[] {"read", "acknowledge", "close"}) {
            assertThat(act("anton", id, action)).as(action).isEqualTo(404);
        }
        assertThat(act("guest", id, "acknowledge")).isEqualTo(403);
    }

    @Test
    void listsAlertsByState() {
        system.rule("\"users\": [\"anna\"]");
        system.fail("1000", "first");
        var id = onlyAlert("anna");
        system.fail("1000", "second");
        system.awaitAlerts("anna", 2);
        act("anna", id, "acknowledge");

        var open = system.call("anna", "GET", "/api/alerts?state=open", "").json();
        assertThat(open.get("total").asLong()).isEqualTo(1);
        var done =
                system.call("anna", "GET", "/api/alerts?state=acknowledged", "").json();
        assertThat(done.at("/items/0/id").asString()).isEqualTo(id);
        assertThat(system.call("anna", "GET", "/api/alerts?state=loud", "").status())
                .isEqualTo(400);
    }

    @Test
    void speaksTheReadersLanguage() {
        system.rule("\"users\": [\"anna\", \"anton\"]");
        system.call("anna", "PUT", "/api/alert-preferences", "{\"language\": \"hi-IN\", \"channels\": []}");
        system.fail("1000", "hot");
        system.awaitAlerts("anna", 1);
        system.awaitAlerts("anton", 1);

        assertThat(system.inbox("anna").getFirst().get("body").asString()).contains("घटनाओं की संख्या: 1");
        assertThat(system.inbox("anton").getFirst().get("body").asString()).contains("Number of events: 1.");
    }

    @Test
    void replacesOnlyPreferencesThatTheClientSaw() {
        var path = "/api/alert-preferences";
        assertThat(system.call("anna", "GET", path, "").header("etag")).isEqualTo("\"0\"");
        var first = system.call("anna", "PUT", path, "{\"channels\": []}");
        assertThat(first.status()).as(first.toString()).isEqualTo(200);
        assertThat(first.header("etag")).isEqualTo("\"1\"");
        assertThat(system.call("anna", "PUT", path, "{\"channels\": []}").status())
                .isEqualTo(428);
        for (var old : new String[] {"\"0\"", "\"7\""}) {
            var lost = system.call("anna", "PUT", path, "{\"channels\": []}", "If-Match", old);
            assertThat(lost.status()).isEqualTo(412);
            assertThat(lost.header("etag")).isEqualTo("\"1\"");
        }
        var next = system.call("anna", "PUT", path, "{\"channels\": [\"push\"]}", "If-Match", "\"1\"");
        assertThat(next.header("etag")).isEqualTo("\"2\"");
    }

    @Test
    void escalatesWhatNobodyAcknowledges() {
        system.rule("\"roles\": [\"technician\"], \"escalation\": {\"after\": \"PT30M\", \"roles\": [\"supervisor\"]}");
        system.fail("1000", "hot");
        onlyAlert("anna");
        assertThat(system.inbox("clara")).isEmpty();

        system.clock.advance(Duration.ofMinutes(31));

        system.awaitAlerts("clara", 1);
        assertThat(state("clara")).isEqualTo("escalated");
        AlertSystem.eventually().untilAsserted(() -> assertThat(state("anna")).isEqualTo("escalated"));
    }

    @Test
    void escalatesNothingThatSomebodyTookOn() {
        system.rule("\"roles\": [\"technician\"], \"escalation\": {\"after\": \"PT30M\", \"roles\": [\"supervisor\"]}");
        system.fail("1000", "hot");
        act("anna", onlyAlert("anna"), "acknowledge");
        system.rule(
                "\"users\": [\"clara\"], \"conditions\": [{\"field\": \"reason\", \"operator\": \"equal\", \"values\": [\"later\"]}]");

        system.clock.advance(Duration.ofMinutes(31));
        system.fail("2000", "later");

        system.awaitAlerts("clara", 1);
        assertThat(system.inbox("clara").getFirst().get("plant").asString()).isEqualTo("2000");
    }

    private String onlyAlert(String user) {
        system.awaitAlerts(user, 1);
        return system.inbox(user).getFirst().get("id").asString();
    }

    private String state(String user) {
        return system.inbox(user).getFirst().get("state").asString();
    }

    private int act(String user, String id, String action) {
        return system.call(user, "POST", "/api/alerts/" + id + "/" + action, "").status();
    }
}
