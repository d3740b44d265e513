package io.imaint.services.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaint.kernel.identifiers.PlantCode;
import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.services.ApiClient;
import io.imaint.services.ApiClient.Answer;
import io.imaint.services.ServedPlant;
import io.imaint.services.audit.AuditService;
import io.imaint.services.seed.SeedSource;
import io.imaint.services.seed.Seeds;
import io.imaint.services.user.UserService;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Goal: every setting has one value for everybody everywhere, and anybody can see why. Method: the routes over HTTP. */
class SettingsIT {
    private static final String BUFFER = "/api/settings/rounds.buffer";
    private static final String GLOBAL = BUFFER + "/values/global/all";
    private static final String HAMBURG = BUFFER + "/values/plant/1000";
    private static final String LAYOUT = "/api/settings/lists.work-orders/values/global/all";

    @RegisterExtension
    final ServedPlant plant = new ServedPlant(SettingsService.module(UserService.MODULE), AuditService.MODULE);

    private ApiClient administrator;

    @BeforeEach
    void seed() {
        new Seeds(plant.store(), List.of(), InstantSource.system()).seed(SeedSource.PROGRAM);
        administrator = caller("administrator", PlantScope.ALL, "settings.read", "settings.edit");
        user("planner.anna", "planner");
        user("otto", "operator");
    }

    private ApiClient caller(String id, PlantScope plants, String... permissions) {
        var held = Arrays.stream(permissions).map(Permission::new).collect(Collectors.toSet());
        return plant.as(new Caller(id, held, plants));
    }

    private void user(String id, String role) {
        var all = plant.as(new Caller("maker", permission -> true, PlantScope.ALL));
        var made = all.send("POST", "/api/users", """
                {"id": "%s", "displayName": "%s", "roles": ["%s"], "plants": ["1000"]}""".formatted(id, id, role));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        assertThat(all.send("POST", "/api/users/" + id + "/enable", null).status())
                .isEqualTo(200);
    }

    private Answer set(String path, String value, String... headers) {
        return administrator.send("PUT", path, "{\"value\": %s}".formatted(value), headers);
    }

    private void given(String path, String value) {
        var made = set(path, value);
        assertThat(made.status()).as(made.text()).isEqualTo(200);
    }

    private OrganizationSettings settings() {
        return new OrganizationSettings(plant.store(), plant.the(UserService.MODULE));
    }

    @Test
    void everySettingIsListedWithItsDeliveredValue() {
        var listed = administrator.get("/api/settings");
        assertThat(listed.status()).as(listed.text()).isEqualTo(200);
        assertThat(listed.each("key")).hasSizeGreaterThan(75).contains("rounds.buffer");
        assertThat(listed.each("level")).containsOnly("delivered");
        assertThat(administrator.get("/api/settings?group=rounds&level=unit").each("group"))
                .isNotEmpty()
                .containsOnly("rounds");
    }

    @Test
    void everyDeliveredValueIsValid() {
        var rules = new SettingRules(plant.store());
        assertThat(settings().settings())
                .allSatisfy(setting -> assertThat(rules.findings(setting, setting.value()))
                        .as(setting.id())
                        .isEmpty());
    }

    @Test
    void theNarrowestValueHoldsAndTheExplanationSaysWhy() {
        given("/api/settings/suggestions.shown/values/global/all", "false");
        given("/api/settings/suggestions.shown/values/role/planner", "true");
        given("/api/settings/suggestions.shown/values/user/planner.anna", "false");

        var explained = administrator.get("/api/settings/suggestions.shown/explanation?user=planner.anna&plant=1000");
        assertThat(explained.status()).as(explained.text()).isEqualTo(200);
        assertThat(explained.json().get("value").asBoolean()).isFalse();
        assertThat(Answer.texts(explained.json().get("steps"), "level"))
                .containsExactly("user", "role", "plant", "global", "delivered");
        assertThat(explained.json().at("/steps/0/wins").asBoolean()).isTrue();
        assertThat(explained.json().at("/steps/1/value").asBoolean()).isTrue();
        assertThat(explained.json().at("/steps/2/value").isNull()).isTrue();
        assertThat(administrator
                        .get("/api/settings/suggestions.shown/explanation?user=otto")
                        .json()
                        .at("/steps/2/level")
                        .asString())
                .isEqualTo("global");
    }

    @Test
    void valuesOfASuperiorLocationHoldBelowIt() {
        given("/api/settings/measurements.jump-factor/values/location/HH-PUMP", "\"5.5\"");
        var below = administrator.get("/api/settings/measurements.jump-factor/explanation?location=HH-PUMP-01");
        assertThat(below.json().get("value").asString()).isEqualTo("5.5");
        assertThat(Answer.texts(below.json().get("steps"), "subject"))
                .containsExactly("HH-PUMP-01", "HH-PUMP", "HH", "1000", "all", "");
        var beside = administrator.get("/api/settings/measurements.jump-factor/explanation?location=HH-HALL");
        assertThat(beside.json().get("value").asString()).isEqualTo("3");
    }

    @Test
    void otherServicesAskForTypedValues() {
        given(HAMBURG, "\"PT45M\"");
        assertThat(settings().of("rounds.buffer", null, new PlantCode("1000")).duration())
                .isEqualTo(Duration.ofMinutes(45));
        assertThat(settings().of("rounds.buffer", "otto", null).duration()).isEqualTo(Duration.ofMinutes(30));
        assertThat(settings().of("attachments.size-max", null, null).integer()).isEqualTo(20_971_520);
        assertThat(settings().of("suggestions.confidence-min", null, null).decimal())
                .isEqualTo("0.6");
        assertThat(settings().of("planning.readiness", null, null).words()).contains("parts");
        assertThat(settings().of("safety.second-person", null, null).flag()).isTrue();
        assertThat(settings().of("organization.shift-templates", null, null).items())
                .isNotEmpty();
        assertThatThrownBy(() -> settings().of("rounds.buffer", null, null).flag())
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void aValueIsChangedInTheRevisionThatTheClientSaw() {
        given(GLOBAL, "\"PT45M\"");
        assertThat(set(GLOBAL, "\"PT50M\"").status()).isEqualTo(428);
        assertThat(set(GLOBAL, "\"PT50M\"", "If-Match", "\"7\"").status()).isEqualTo(412);
        var tag = administrator.get(GLOBAL).header("etag");
        assertThat(set(GLOBAL, "\"PT50M\"", "If-Match", tag).status()).isEqualTo(200);
        assertThat(administrator.send("DELETE", GLOBAL, null).status()).isEqualTo(428);
        assertThat(administrator.send("DELETE", GLOBAL, null, "If-Match", tag).status())
                .isEqualTo(412);
        assertThat(administrator
                        .send("DELETE", GLOBAL, null, "If-Match", "\"2\"")
                        .status())
                .isEqualTo(204);
        assertThat(administrator.get(GLOBAL).status()).isEqualTo(404);
        assertThat(administrator.get(BUFFER).json().get("value").asString()).isEqualTo("PT30M");
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        var wrong = set(BUFFER + "/values/location/XX", "\"soon\"");
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.json().get("code").asString()).isEqualTo("setting-value-invalid");
        assertThat(wrong.json().get("errors").toString()).contains("level", "subject", "/value");
    }

    @Test
    void valuesHaveTheTypeAndRangeOfTheirSetting() {
        assertThat(set("/api/settings/attachments.count-max/values/global/all", "0")
                        .status())
                .isEqualTo(422);
        assertThat(set("/api/settings/attachments.count-max/values/global/all", "\"7\"")
                        .status())
                .isEqualTo(422);
        assertThat(set("/api/settings/suggestions.confidence-min/values/global/all", "\"1.01\"")
                        .text())
                .contains("from 0 to 1");
        assertThat(set("/api/settings/formats.dates/values/global/all", "\"roman\"")
                        .text())
                .contains("one of by-language");
        assertThat(set("/api/settings/formats.language/values/global/all", "\"xx\"")
                        .text())
                .contains("no document of Language");
        assertThat(set("/api/settings/planning.readiness/values/global/all", "[\"luck\"]")
                        .text())
                .contains("/value/0");
        assertThat(set("/api/settings/notifications.type-default/values/global/all", "\"toolong\"")
                        .status())
                .isEqualTo(422);
        assertThat(set(LAYOUT, """
                {"object": "work-order", "columns": ["nonsense"], "sort": [], "filters": []}""").text()).contains("/value/columns/0");
        assertThat(set("/api/settings/rounds.skip-reasons/values/global/all", """
                [{"key": "a", "text": {"en": "A"}}, {"key": "a", "text": {"en": "B"}}]""")
                        .text())
                .contains("/value/1/key");
        assertThat(set("/api/settings/no.such/values/global/all", "1").status()).isEqualTo(404);
    }

    @Test
    void aPlantHasAnIanaTimeZoneAndElseThatOfTheInstallation() {
        var zone = "/api/settings/formats.plant-time-zone";
        for (var wrong : List.of("Mars/Base", "europe/berlin", "+02:00", "")) {
            var refused = set(zone + "/values/plant/1000", "\"%s\"".formatted(wrong));
            assertThat(refused.status()).as(wrong).isEqualTo(422);
            assertThat(Answer.texts(refused.json().get("errors"), "parameter"))
                    .as(wrong)
                    .containsExactly("/value");
        }
        assertThat(set(zone + "/values/user/otto", "\"UTC\"").status()).isEqualTo(422);
        given(zone + "/values/global/all", "\"Europe/Berlin\"");
        given(zone + "/values/plant/2000", "\"Asia/Kolkata\"");

        var otto = caller("otto", PlantScope.of("1000", "2000"), "settings.read");
        assertThat(zoneShown(otto, "1000")).isEqualTo("Europe/Berlin");
        assertThat(zoneShown(otto, "2000")).isEqualTo("Asia/Kolkata");
    }

    /** As the portal asks for it. */
    private static String zoneShown(ApiClient caller, String plant) {
        var shown = caller.get("/api/settings?group=formats&plant=" + plant);
        assertThat(shown.status()).as(shown.text()).isEqualTo(200);
        return shown.json()
                .get("items")
                .valueStream()
                .filter(setting -> setting.get("key").asString().equals("formats.plant-time-zone"))
                .map(setting -> setting.get("value").asString())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aCallerSetsForTheirPlantsOnly() {
        var hamburg = caller("hans", PlantScope.of("1000"), "settings.read", "settings.edit");
        var value = "{\"value\": \"PT45M\"}";
        assertThat(hamburg.send("PUT", HAMBURG, value).status()).isEqualTo(200);
        assertThat(hamburg.send("PUT", GLOBAL, value).json().get("code").asString())
                .isEqualTo("plant-out-of-scope");
        var other = hamburg.send("PUT", BUFFER + "/values/plant/2000", value);
        var missing = hamburg.send("PUT", BUFFER + "/values/plant/9999", value);
        assertThat(other.status()).isEqualTo(missing.status()).isEqualTo(422);
        assertThat(other.json().get("errors").toString().replace("2000", "9999"))
                .isEqualTo(missing.json().get("errors").toString());
        given(BUFFER + "/values/plant/2000", "\"PT45M\"");
        assertThat(hamburg.get(BUFFER + "/values/plant/2000").status()).isEqualTo(404);
        assertThat(hamburg.send("DELETE", BUFFER + "/values/plant/2000", null, "If-Match", "\"1\"")
                        .status())
                .isEqualTo(404);
        assertThat(hamburg.get(BUFFER + "/explanation?plant=2000").status()).isEqualTo(422);
    }

    @Test
    void usersSetTheirOwnValuesWithoutThePermissionToEdit() {
        var otto = caller("otto", PlantScope.of("1000"), "settings.read");
        var own = "/api/settings/formats.language/values/user/otto";
        assertThat(otto.send("PUT", own, "{\"value\": \"de\"}").status()).isEqualTo(200);
        var shown = otto.get("/api/settings/formats.language");
        assertThat(shown.status()).as(shown.text()).isEqualTo(200);
        assertThat(shown.json().get("value").asString()).isEqualTo("de");
        assertThat(otto.get(own).header("etag")).isEqualTo("\"1\"");
        var refused =
                otto.send("PUT", "/api/settings/formats.language/values/user/planner.anna", "{\"value\": \"de\"}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.json().get("detail").asString()).contains("settings.edit");
        assertThat(otto.send("PUT", HAMBURG, "{\"value\": \"PT1H\"}").status()).isEqualTo(403);
        assertThat(otto.send("PUT", BUFFER + "/values/user/otto", "{\"value\": \"PT1H\"}")
                        .status())
                .isEqualTo(422);
        assertThat(otto.get(BUFFER + "/explanation?user=planner.anna").status()).isEqualTo(403);
        assertThat(otto.send("DELETE", own, null, "If-Match", "\"1\"").status()).isEqualTo(204);
    }

    @Test
    void everyChangeIsAuditedWithBeforeAndAfter() {
        given(HAMBURG, "\"PT45M\"");
        assertThat(set(HAMBURG, "\"PT50M\"", "If-Match", "\"1\"").status()).isEqualTo(200);
        var auditor = caller("auditor", PlantScope.ALL, "audit.read");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(
                                auditor.get("/api/audit?by=administrator").text())
                        .contains("SettingValues", "PT45M", "PT50M"));
    }
}
