package io.imaint.gateway.management;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaint.gateway.registry.KeyValueMap;
import io.imaint.kernel.settings.Secret;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class MapsAndCertificatesIT {
    private static final String CREDENTIALS = """
            {"scope": "ENVIRONMENT", "name": "iCWPCredentials", "encrypted": true,
             "entries": [{"key": "UserID", "value": "ICWP"}, {"key": "Password", "value": "geheim"}]}""";

    private final ManagementSystem system = new ManagementSystem();

    @AfterEach
    void stop() {
        system.close();
    }

    private KeyValueMap map() {
        return system.registry
                .map(KeyValueMap.Scope.ENVIRONMENT, "", "iCWPCredentials")
                .orElseThrow();
    }

    @Test
    void neverShowsTheValuesOfAnEncryptedMap() {
        var made = system.admin().post("/key-value-maps", CREDENTIALS);

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        var place = made.response().headers().firstValue("Location").orElseThrow();
        assertThat(place).isEqualTo("/api/api-management/key-value-maps/ENVIRONMENT/iCWPCredentials");
        var shown = system.admin().get("/key-value-maps/environment/iCWPCredentials");
        assertThat(shown.text()).contains("UserID", "Password").doesNotContain("geheim", "\"ICWP\"");
        assertThat(map().entries().get("Password")).extracting(Secret::reveal).isEqualTo("geheim");
        assertThat(system.admin().get("/key-value-maps").each("count")).containsExactly("2");
    }

    @Test
    void keepsTheValuesThatAreNotSent() {
        var etag = system.admin().post("/key-value-maps", CREDENTIALS).etag();

        var changed = system.admin()
                .put(
                        "/key-value-maps/ENVIRONMENT/iCWPCredentials",
                        "{\"entries\": [{\"key\": \"Password\", \"value\": null}, {\"key\": \"new\", \"value\": \"1\"}]}",
                        etag);

        assertThat(changed.status()).as(changed.text()).isEqualTo(200);
        assertThat(map().entries()).containsOnlyKeys("Password", "new");
        assertThat(map().entries().get("Password")).extracting(Secret::reveal).isEqualTo("geheim");
        var wrong = system.admin()
                .put(
                        "/key-value-maps/ENVIRONMENT/iCWPCredentials",
                        "{\"entries\": [{\"key\": \"x\", \"value\": null}, {\"key\": \"new\"}, {\"key\": \"new\"}]}",
                        changed.etag());
        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.text()).contains("/entries/0/value", "/entries/2/key");
    }

    @Test
    void showsTheValuesOfAnOpenMapOfAProxy() {
        var made = system.admin()
                .post(
                        "/key-value-maps",
                        "{\"scope\": \"APIPROXY\", \"scopeId\": \"Demo\", \"name\": \"kvmap\", \"encrypted\": false,"
                                + " \"entries\": [{\"key\": \"a\", \"value\": \"1\"}]}");

        assertThat(made.status()).as(made.text()).isEqualTo(201);
        var shown = system.admin().get("/key-value-maps/APIPROXY/kvmap?scopeId=Demo");
        assertThat(shown.text("/entries/0/value")).isEqualTo("1");
        assertThat(system.admin().get("/key-value-maps/APIPROXY/kvmap").status())
                .isEqualTo(404);
        assertThat(system.admin()
                        .delete("/key-value-maps/APIPROXY/kvmap?scopeId=Demo", shown.etag())
                        .status())
                .isEqualTo(204);
        var wrong = system.admin().post("/key-value-maps", "{\"scope\": \"APIPROXY\", \"name\": \"m\"}");
        assertThat(wrong.text()).contains("/scopeId");
    }

    private static String json(String text) {
        return new JsonMapper().writeValueAsString(text);
    }

    private String upload(String certificate) {
        return "{\"certificates\": %s}".formatted(json(certificate));
    }

    @Test
    void warnsOfACertificateThirtyDaysBeforeItsEnd() {
        var etag = system.admin()
                .post("/certificate-stores", "{\"name\": \"trust\"}")
                .etag();

        var put = system.admin()
                .put("/certificate-stores/trust/entries/sap", upload(SampleCertificates.CERTIFICATE), etag);

        assertThat(put.status()).as(put.text()).isEqualTo(200);
        assertThat(put.text("/entries/0/subject")).isEqualTo("CN=sap.example.com");
        assertThat(put.text("/entries/0/validTo")).isEqualTo(SampleCertificates.END.toString());
        assertThat(put.json().at("/entries/0/warning").isNull()).isTrue();
        system.now = SampleCertificates.END.minus(Duration.ofDays(30)).minusSeconds(1);
        assertThat(system.admin().get("/certificate-stores").each("expiring")).containsExactly("0");
        system.now = SampleCertificates.END.minus(Duration.ofDays(29)).minusSeconds(1);
        assertThat(system.admin().get("/certificate-stores/trust").text("/entries/0/warning"))
                .isEqualTo("It expires in 29 days. Replace it.");
        system.now = SampleCertificates.END;
        assertThat(system.admin().get("/certificate-stores/trust").text("/entries/0/warning"))
                .isEqualTo("It has expired. Replace it.");
    }

    @Test
    void takesAPrivateKeyThatBelongsToItsCertificateAndNeverShowsIt() {
        var etag = system.admin()
                .post("/certificate-stores", "{\"name\": \"own\"}")
                .etag();
        var entry = "{\"certificates\": %s, \"privateKey\": %s}";
        var certificate = json(SampleCertificates.CERTIFICATE);

        var foreign = system.admin()
                .put(
                        "/certificate-stores/own/entries/me",
                        entry.formatted(certificate, json(SampleCertificates.OTHER_KEY)),
                        etag);
        var none = system.admin()
                .put("/certificate-stores/own/entries/me", entry.formatted(certificate, "\"no key\""), etag);
        var mine = system.admin()
                .put(
                        "/certificate-stores/own/entries/me",
                        entry.formatted(certificate, json(SampleCertificates.KEY)),
                        etag);

        assertThat(foreign.status()).isEqualTo(422);
        assertThat(foreign.text()).contains("/privateKey", "does not belong");
        assertThat(none.text()).contains("/privateKey", "PKCS #8");
        assertThat(mine.status()).as(mine.text()).isEqualTo(200);
        assertThat(mine.json().at("/entries/0/own").asBoolean()).isTrue();
        assertThat(mine.text()).doesNotContain("PRIVATE KEY");
        assertThat(system.registry.certificates("own").orElseThrow().keys().values())
                .singleElement()
                .satisfies(pair -> assertThat(pair.privateKey().reveal()).contains("PRIVATE KEY"));
        assertThat(system.admin()
                        .delete("/certificate-stores/own/entries/me", mine.etag())
                        .status())
                .isEqualTo(204);
        assertThat(system.registry.certificates("own").orElseThrow().keys()).isEmpty();
    }

    @Test
    void refusesWhatIsNoCertificate() {
        var etag = system.admin()
                .post("/certificate-stores", "{\"name\": \"trust\"}")
                .etag();

        var wrong = system.admin().put("/certificate-stores/trust/entries/x", upload("none"), etag);
        var several = system.admin()
                .put(
                        "/certificate-stores/trust/entries/x",
                        upload(SampleCertificates.CERTIFICATE + SampleCertificates.CERTIFICATE),
                        etag);

        assertThat(wrong.status()).isEqualTo(422);
        assertThat(wrong.text()).contains("/certificates");
        assertThat(several.text()).contains("several");
    }

    @Test
    void keepsACertificateStoreThatAProviderUses() {
        system.admin().post("/certificate-stores", "{\"name\": \"trust\"}");
        var made = system.admin()
                .post(
                        "/providers",
                        "{\"name\": \"S4\", \"settings\": %s}"
                                .formatted(ProvidersIT.settings(1, ", \"trustStore\": \"trust\"")));
        assertThat(made.status()).as(made.text()).isEqualTo(201);
        var etag = system.admin().get("/certificate-stores/trust").etag();

        var refused = system.admin().delete("/certificate-stores/trust", etag);

        assertThat(refused.text("/code")).isEqualTo("api-entity-in-use");
        system.admin().delete("/providers/S4", made.etag());
        assertThat(system.admin().delete("/certificate-stores/trust", etag).status())
                .isEqualTo(204);
    }
}
