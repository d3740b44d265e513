package io.imaint.services.preferences;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.kernel.identity.Caller;
import io.imaint.kernel.identity.Permission;
import io.imaint.kernel.identity.PlantScope;
import io.imaint.services.ApiClient;
import io.imaint.services.ServedPlant;
import io.imaint.services.seed.SeedSource;
import io.imaint.services.seed.Seeds;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Goal: the app knows what it can do for its user and where they work. Method: the routes over HTTP, seed data. */
class MobilePreferencesIT {
    private static final String PATH = "/api/mobile-preferences";
    private static final String CHOICES = PATH + "/choices";
    private static final String HAMBURG = "{\"plant\": \"1000\", \"shift\": \"early\"}";

    @RegisterExtension
    final ServedPlant plant = new ServedPlant(MobilePreferenceService.MODULE);

    private ApiClient otto;
    private ApiClient administrator;

    @BeforeEach
    void seed() {
        new Seeds(plant.store(), List.of(), InstantSource.system()).seed(SeedSource.PROGRAM);
        otto = caller("otto", PlantScope.of("1000"), "preferences.read", "work-orders.read");
        administrator = caller("administrator", PlantScope.ALL, "preferences.read", "preferences.edit");
    }

    private ApiClient caller(String id, PlantScope plants, String... permissions) {
        var held = Arrays.stream(permissions).map(Permission::new).collect(Collectors.toSet());
        return plant.as(new Caller(id, held, plants));
    }

    private JsonNode feature(String platform, String key) {
        return otto.get(PATH + "?platform=" + platform)
                .json()
                .get("features")
                .valueStream()
                .filter(feature -> feature.get("key").asString().equals(key))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aFeatureIsOnOrOffForAReason() {
        var on = feature("android", "work-orders");
        assertThat(on.get("enabled").asBoolean()).isTrue();
        assertThat(on.get("reason").asString()).isEqualTo("on");
        assertThat(on.get("preference").asString()).isEqualTo("all");
        assertThat(on.at("/title/en").asString()).isEqualTo("Work orders");
        var forbidden = feature("android", "photos");
        assertThat(forbidden.get("enabled").asBoolean()).isFalse();
        assertThat(forbidden.get("reason").asString()).isEqualTo("permission-missing");
        assertThat(forbidden.get("permission").asString()).isEqualTo("attachments.add");
        assertThat(feature("all", "create-order").get("reason").asString()).isEqualTo("switched-off");
    }

    @Test
    void aPlatformHasItsOwnValuesAndThoseThatItExtends() {
        assertThat(feature("all", "nfc").get("enabled").asBoolean()).isFalse();
        assertThat(feature("android", "nfc").get("enabled").asBoolean()).isTrue();
        assertThat(feature("android", "nfc").get("preference").asString()).isEqualTo("android");
        var ios = otto.get(PATH + "?platform=ios").json();
        assertThat(ios.at("/defaults/sync/unsentWarningAfter").asString()).isEqualTo("PT2H");
        assertThat(ios.at("/defaults/sync/pollEvery").asString()).isEqualTo("PT1M");
        assertThat(ios.get("installedOnly").asBoolean()).isTrue();
        assertThat(ios.get("preferences").toString()).isEqualTo("[\"ios\",\"all\"]");
    }

    @Test
    void choicesAreStoredAndWhatIsMissingIsNamed() {
        assertThat(otto.get(PATH).json().get("missing").toString()).isEqualTo("[\"plant\"]");
        var none = otto.get(CHOICES);
        assertThat(none.header("etag")).isEqualTo("\"0\"");
        assertThat(none.json().get("plant").isNull()).isTrue();
        var chosen = otto.send("PUT", CHOICES, HAMBURG, "If-Match", none.header("etag"));
        assertThat(chosen.status()).as(chosen.text()).isEqualTo(200);
        var effective = otto.get(PATH).json();
        assertThat(effective.get("missing").size()).isZero();
        assertThat(effective.at("/choices/shift").asString()).isEqualTo("early");
        assertThat(caller("anna", PlantScope.ALL, "preferences.read")
                        .get(CHOICES)
                        .json()
                        .get("plant")
                        .isNull())
                .isTrue();
    }

    @Test
    void choicesAreChangedInTheRevisionThatTheDeviceSaw() {
        assertThat(otto.send("PUT", CHOICES, HAMBURG).status()).isEqualTo(428);
        assertThat(otto.send("PUT", CHOICES, HAMBURG, "If-Match", "\"0\"").status())
                .isEqualTo(200);
        assertThat(otto.send("PUT", CHOICES, HAMBURG, "If-Match", "\"0\"").status())
                .isEqualTo(412);
        assertThat(otto.send("PUT", CHOICES, "{}", "If-Match", "\"1\"").status())
                .isEqualTo(200);
    }

    @Test
    void onlyPlantsInScopeAreChosenAndALostOneIsForgotten() {
        var other = otto.send("PUT", CHOICES, "{\"plant\": \"2000\"}", "If-Match", "\"0\"");
        var missing = otto.send("PUT", CHOICES, "{\"plant\": \"9999\"}", "If-Match", "\"0\"");
        assertThat(other.status()).isEqualTo(missing.status()).isEqualTo(422);
        assertThat(other.json().get("errors").toString().replace("2000", "9999"))
                .isEqualTo(missing.json().get("errors").toString());
        assertThat(otto.send("PUT", CHOICES, HAMBURG, "If-Match", "\"0\"").status())
                .isEqualTo(200);
        var moved = caller("otto", PlantScope.of("2000"), "preferences.read");
        assertThat(moved.get(PATH).json().at("/choices/plant").isNull()).isTrue();
        assertThat(moved.get(PATH).json().get("missing").toString()).contains("plant");
    }

    @Test
    void administratorsSwitchAFeatureForEverybody() {
        var shown = administrator.get(PATH + "/android");
        assertThat(shown.text()).doesNotContain("_seed");
        var document = (ObjectNode) shown.json().get("document");
        document.withArray("features").addObject().put("key", "work-orders").put("enabled", false);
        var body = "{\"document\": %s}".formatted(document);
        assertThat(otto.send("PUT", PATH + "/android", body, "If-Match", shown.header("etag"))
                        .status())
                .isEqualTo(403);
        assertThat(administrator.send("PUT", PATH + "/android", body).status()).isEqualTo(428);
        var replaced = administrator.send("PUT", PATH + "/android", body, "If-Match", shown.header("etag"));
        assertThat(replaced.status()).as(replaced.text()).isEqualTo(200);
        assertThat(administrator
                        .send("PUT", PATH + "/android", body, "If-Match", shown.header("etag"))
                        .status())
                .isEqualTo(412);
        assertThat(feature("android", "work-orders").get("enabled").asBoolean()).isFalse();
        assertThat(feature("ios", "work-orders").get("enabled").asBoolean()).isTrue();
    }

    @Test
    void whatWasDeliveredIsKeptSoThatUpgradesStillMerge() {
        var seeds = new Seeds(plant.store(), List.of(), InstantSource.system());
        var shown = administrator.get(PATH + "/android");
        var body = "{\"document\": %s}"
                .formatted(shown.json().get("document").toString().replace("Android", "Robot"));
        assertThat(administrator
                        .send("PUT", PATH + "/android", body, "If-Match", shown.header("etag"))
                        .status())
                .isEqualTo(200);
        assertThat(seeds.standing())
                .filteredOn(standing -> standing.collection().equals("MobileAppPreference"))
                .allSatisfy(standing -> {
                    assertThat(standing.changed()).isEqualTo(1);
                    assertThat(standing.added()).isZero();
                });
        assertThat(seeds.seed(SeedSource.PROGRAM).nothing()).isTrue();
    }

    @Test
    void everythingThatIsWrongWithAPreferenceIsSaidAtOnce() {
        var tag = administrator.get(PATH + "/android").header("etag");
        var wrong = administrator.send("PUT", PATH + "/android", """
                {"document": {"id": "other", "platform": "phone", "title": {"en": "A"}, "extends": "nothing", "more": 1,
                 "features": [{"key": "nfc", "enabled": true}, {"key": "nfc", "enabled": true}], "defaults": {}}}""", "If-Match", tag);
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.json().get("errors").toString())
                .contains(
                        "/document/id", "/document/platform", "/document/extends", "/document/more", "/features/1/key");
        assertThat(administrator.get(PATH + "/none").status()).isEqualTo(404);
    }
}
